import Glibc
import Logging

/// Making a new cluster, all or nothing.
///
/// `initdb` works in a folder of a temporary name; only when everything in it is on the disk is it renamed. A cluster that has its
/// name is therefore whole, whenever the power failed.
struct Initialisation {
    let folder: ClusterFolder
    let account: ServerAccount
    let programs: PostgresPrograms
    let logger: Logger
    /// Whether the cluster has to survive a power failure; a test's cluster, which runs with `fsync=off`, need not.
    let isDurable: Bool

    /// Removes what starters that died have left. Called while the lock is held: no living starter has such a folder then.
    static func removeUnfinished(
        in folder: ClusterFolder, as account: ServerAccount, logger: Logger
    ) async throws(EmbeddedPostgresError) {
        for name in try Folder.entries(of: folder.path) where name.hasPrefix(folder.unfinishedPrefix) {
            let path = "\(folder.path)/\(name)"
            logger.notice("removing an unfinished cluster", metadata: ["path": "\(path)"])
            // The dead starter's initdb may still be at work, and puts a file back while its folder is being removed.
            for attempt in 1...5 {
                try ServerProcesses.living(in: path).signal(SIGKILL, in: path)
                let result = try await account.run("rm", ["-rf", "--", path])
                if result.isSuccess { break }
                if attempt == 5 { logger.warning("could not remove it", metadata: ["reason": "\(result.output)"]) }
                try await Pause.short()
            }
        }
    }

    /// Makes the cluster.
    ///
    /// - Throws: `initialisationFailed`, and `system` when the result cannot be written or renamed.
    func make() async throws(EmbeddedPostgresError) {
        let unfinished = "\(folder.path)/\(folder.unfinishedPrefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let result = try await account.run(programs.path(of: "initdb"), arguments(for: unfinished))
        guard result.isSuccess else {
            _ = try? await account.run("rm", ["-rf", "--", unfinished])
            throw .initialisationFailed(output: result.output)
        }
        try File.append(Self.ownSettings, to: unfinished + "/postgresql.conf")
        guard rename(unfinished, folder.data) == 0 else { throw .system(operation: "move into place", path: folder.data, code: errno) }
        if isDurable { try Folder.sync(folder.path) }
        logger.info("made a PostgreSQL cluster", metadata: ["path": "\(folder.data)", "version": "\(programs.majorVersion)"])
    }

    /// Danish rules of sorting come from ICU, which is the same on every machine; the C library's locales may be missing and
    /// change under an existing index. `C.UTF-8` is always there and leaves the log in English.
    ///
    /// Local connections are trusted: they can only come through the socket, in a folder that the operating system opens to the
    /// owner and root alone (`ClusterFolder.prepare`), and either could read the data files anyway. A password would have to lie
    /// in a file beside them. Connections over TCP are rejected, should somebody ever start the server by hand with an address.
    private func arguments(for path: String) -> [String] {
        [
            "--pgdata=\(path)", "--username=postgres", "--encoding=UTF8", "--data-checksums", "--locale-provider=icu",
            "--icu-locale=da-DK", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject", "--no-instructions",
        ] + (isDurable ? [] : ["--no-sync"])
    }

    /// Written into the cluster, so that it stays private also when it is started by hand. The socket's folder is not: it follows
    /// the state folder when that is moved, and is given at each start.
    private static let ownSettings = """

        # This cluster is private to the user who runs it: no network, and a socket that only they can open.
        listen_addresses = ''
        unix_socket_permissions = 0700

        """
}
