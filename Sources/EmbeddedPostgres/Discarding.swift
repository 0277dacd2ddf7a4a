import Glibc

extension EmbeddedCluster {
    /// Ends the server at once and removes the whole state folder, without waiting for any task: for the end of a process, where
    /// no task runs any more. Nothing of the cluster is left, so nothing is worth saving. Errors are not reported; there is nobody
    /// left to hear them.
    ///
    /// Only for clusters that were made to be thrown away.
    package func discard() {
        // Two rounds a tenth of a second suffice; the bound is for a machine that is busy with something else.
        for _ in 0..<600 {
            let processes = ServerProcesses.living(in: folder.data)
            if processes.isEmpty { break }
            try? processes.signal(SIGKILL, in: folder.data)
            usleep(10_000)
        }
        if let account = try? ServerAccount.running(clusterAt: folder.path) {
            let socket = SocketFolder(of: folder, owner: account.userID)
            if socket.isTrusted() { Self.removeTree(socket.path) }
        }
        Self.removeTree(folder.state)
    }

    /// `rm` and not a walk of our own: it is made not to be led astray by links that somebody else puts there meanwhile.
    private static func removeTree(_ path: String) {
        let words: [String] = ["rm", "-rf", "--", path]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        let noEnvironment: [UnsafeMutablePointer<CChar>?] = [nil]
        guard posix_spawnp(&child, "rm", nil, nil, arguments, noEnvironment) == 0 else { return }
        waitpid(child, nil, 0)
    }
}
