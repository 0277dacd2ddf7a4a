import Glibc
import Logging

/// The files in which PostgreSQL notes its process number, and which it believes too much.
///
/// A server that finds one with the number of a living process refuses to start, though after a crash the number may belong to a
/// zombie that nobody reaped or to some other program. A number that no process has, it judges rightly by itself, with a further
/// look at shared memory; those files are left to it.
struct LockFiles {
    let data: String
    let socket: SocketFolder
    let logger: Logger

    /// Removes the notes that stand in the way. Only to be called under the lock and when no process of the server lives.
    ///
    /// - Throws: `socketFolderRefused` when a living server of another cluster has the socket, `system`, `cancelled`.
    func removeStale(until deadline: ContinuousClock.Instant) async throws(EmbeddedPostgresError) {
        if livingProcess(namedIn: "\(data)/postmaster.pid") != nil { try remove("\(data)/postmaster.pid") }
        guard let id = livingProcess(namedIn: socket.lockFile) else { return }
        if ServerProcesses.isBereaved(id) {
            // Its cluster was deleted, and it does not know yet. It removes its socket as it ends: wait, or it would remove ours.
            logger.notice("stopping a server whose cluster was deleted", metadata: ["process": "\(id)"])
            kill(id, SIGQUIT)
            while ServerProcesses.isLiving(id) && ContinuousClock.now < deadline { try await Pause.short() }
        }
        if ServerProcesses.isLiving(id) {
            throw .socketFolderRefused(path: socket.path, reason: "the server of another cluster, process \(id), uses it")
        }
        try remove(socket.lockFile)
        try remove(socket.socket)
    }

    /// The living process or zombie that the file names, if it names one.
    private func livingProcess(namedIn path: String) -> pid_t? {
        guard let text = File.text(of: path, limit: 4096), let id = pid_t(text.prefix { $0.isNumber }), id > 1 else { return nil }
        return kill(id, 0) == 0 || errno == EPERM ? id : nil
    }

    private func remove(_ path: String) throws(EmbeddedPostgresError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .system(operation: "remove", path: path, code: errno) }
        logger.notice("removed a stale lock file", metadata: ["path": "\(path)"])
    }
}
