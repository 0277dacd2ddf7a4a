import Glibc

/// The lock round starting and stopping: of two programs at once one works and the other finds the work done.
///
/// The kernel holds it for this process alone and lets go of it when the process ends, however it ends, so it is never stale. The
/// file is closed on exec: a server that inherited it would hold its own lock for as long as it runs.
struct StartLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for the lock.
    ///
    /// - Throws: `locked` when somebody else still has it at `deadline`, `cancelled`, `system` when the file cannot be opened.
    static func acquire(
        _ folder: ClusterFolder, for account: ServerAccount, until deadline: ContinuousClock.Instant
    ) async throws(EmbeddedPostgresError) -> StartLock {
        let descriptor = try File.open(folder.lock, O_RDWR | O_CREAT, to: "open")
        // Owned from here on, so that leaving by an error closes the file.
        let lock = StartLock(descriptor: descriptor)
        // The owner of the cluster may come without root next time.
        if account.isOther, fchown(descriptor, account.userID, account.groupID) != 0 {
            throw .system(operation: "change the owner of", path: folder.lock, code: errno)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw .system(operation: "lock", path: folder.lock, code: errno) }
            guard ContinuousClock.now < deadline else { throw .locked(path: folder.lock) }
            try await Pause.short()
        }
        return lock
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }
}
