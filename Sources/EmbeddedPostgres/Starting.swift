import Glibc
import Logging
public import Postgres

extension EmbeddedCluster {
    /// Makes sure that the server is up, making the cluster first where there is none. Where it is up already this takes one
    /// connection.
    ///
    /// - Returns: How to connect as the superuser to the database `postgres`.
    /// - Throws: Every case of `EmbeddedPostgresError` but those of stopping and of tools.
    @discardableResult
    public func start() async throws(EmbeddedPostgresError) -> ConnectionConfiguration {
        let account = try ServerAccount.running(clusterAt: folder.path)
        let socket = SocketFolder(of: folder, owner: account.userID)
        if await probe(socket).answer() == nil { try await startLocked(account, socket) }
        return configuration(user: Self.superuser, database: "postgres")
    }

    private func startLocked(_ account: ServerAccount, _ socket: SocketFolder) async throws(EmbeddedPostgresError) {
        let deadline = ContinuousClock.now + patience
        try await folder.prepare(for: account)
        let lock = try await StartLock.acquire(folder, for: account, until: deadline)
        try await start(account, socket, until: deadline)
        // Held until here: another starter comes in when there is a server to be found.
        _ = consume lock
    }

    private func start(
        _ account: ServerAccount, _ socket: SocketFolder, until deadline: ContinuousClock.Instant
    ) async throws(EmbeddedPostgresError) {
        try await Initialisation.removeUnfinished(in: folder, as: account, logger: logger)
        let programs = try await PostgresPrograms.matching(folder.majorVersion(), at: folder.data)
        if try folder.majorVersion() == nil {
            let isDurable = settings["fsync"] != "off"
            try await Initialisation(folder: folder, account: account, programs: programs, logger: logger, isDurable: isDurable).make()
        }
        let launch = Launch(folder: folder, socket: socket, account: account, programs: programs, settings: settings)
        try await bringUp(launch, until: deadline)
    }

    /// So often a server that ends without a word is started before it is given up.
    private static let mostStarts = 3

    /// Looks again and again at what there is, and does what it calls for, until a server answers.
    ///
    /// A loop and not a sequence, because what there is changes by itself: a server that was just starting may die, one that was
    /// shutting down ends, and what a dead starter set off may appear late.
    private func bringUp(_ launch: Launch, until deadline: ContinuousClock.Instant) async throws(EmbeddedPostgresError) {
        let log = ServerLog(path: folder.log)
        var logStart: Int?
        var starts = 0
        while true {
            let processes = ServerProcesses.living(in: folder.data)
            if let postmaster = processes.postmaster {
                if saysReady(postmaster) {
                    if await probe(launch.socket).answer() != nil { return }
                    if File.identity(at: launch.socket.socket) == nil {
                        // The folder was cleared, or moved, and it cannot make its socket again: only a new server can.
                        logger.notice("stopping a server that lost its socket", metadata: ["process": "\(postmaster)"])
                        try await end(processes, with: SIGINT, until: deadline)
                        continue
                    }
                }
                guard ContinuousClock.now < deadline else {
                    throw .startTimedOut(process: postmaster, log: log.lastLines(since: logStart ?? 0))
                }
            } else if processes.isEmpty {
                if let logStart {
                    // A server that cannot run says why. One that ends without a word was ended from outside, by a signal or for want of memory.
                    guard log.size == logStart, starts < Self.mostStarts else {
                        throw .startFailed(log: log.lastLines(since: logStart))
                    }
                    logger.notice("PostgreSQL ended while it started, without a word: once more", metadata: ["path": "\(folder.data)"])
                }
                try launch.socket.prepare(for: launch.account)
                try await LockFiles(data: folder.data, socket: launch.socket, logger: logger).removeStale(until: deadline)
                logger.debug("starting PostgreSQL", metadata: ["path": "\(folder.data)"])
                logStart = try await launch.begin()
                starts += 1
            } else {
                try await endOrphans(processes, until: deadline)
            }
            try await Pause.short()
        }
    }

    /// Whether the server, which lives, notes that it takes connections. Nobody is told that it is up on the strength of this; it
    /// spares a recovering server, and its log, a connection every few milliseconds.
    private func saysReady(_ postmaster: Int32) -> Bool {
        // A dead server's note says so for ever: the number in the first line must be the living one's.
        guard let note = File.text(of: folder.data + "/postmaster.pid", limit: 4096) else { return false }
        return note.hasPrefix("\(postmaster)\n") && note.contains("\nready")
    }
}
