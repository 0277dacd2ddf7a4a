import Glibc
import Logging

/// How a server treats those who are connected when it stops.
public enum StopMode: Sendable {
    /// Waits until everybody has left.
    case smart
    /// Takes open transactions back and closes the connections. The usual way.
    case fast
    /// Ends at once, without tidying up; the next start recovers from the log. Nothing that was committed is lost.
    case immediate

    fileprivate var signal: Int32 {
        switch self {
        case .smart: SIGTERM
        case .fast: SIGINT
        case .immediate: SIGQUIT
        }
    }
}

extension EmbeddedCluster {
    /// Makes sure that no process of the server lives. Where none does, this does nothing.
    ///
    /// - Throws: `stopTimedOut`, `locked`, `ownedByAnother`, `accountMissing`, `cancelled`, `system`.
    public func stop(_ mode: StopMode = .fast) async throws(EmbeddedPostgresError) {
        let account = try ServerAccount.running(clusterAt: folder.path)
        guard try File.status(of: folder.data) != nil else { return }
        let deadline = ContinuousClock.now + patience
        let lock = try await StartLock.acquire(folder, for: account, until: deadline)
        let processes = ServerProcesses.living(in: folder.data)
        if let postmaster = processes.postmaster {
            logger.debug("stopping PostgreSQL", metadata: ["process": "\(postmaster)"])
            try await end(processes, with: mode.signal, until: deadline)
        } else {
            try await endOrphans(processes, until: deadline)
        }
        // Held until here: a starter would otherwise find a server that is about to go.
        _ = consume lock
    }

    /// Signals the server and waits until it and all its processes are gone.
    ///
    /// - Throws: `stopTimedOut`, `cancelled`, `system`.
    func end(_ processes: ServerProcesses, with signal: Int32, until deadline: ContinuousClock.Instant) async throws(EmbeddedPostgresError)
    {
        let server = ServerProcesses(members: processes.members.filter(\.isPostmaster))
        try server.signal(signal, in: folder.data)
        while true {
            let left = ServerProcesses.living(in: folder.data)
            if left.isEmpty { return }
            // Killed while it stopped: its children are orphans now.
            if left.postmaster == nil { return try await endOrphans(left, until: deadline) }
            guard ContinuousClock.now < deadline else { throw .stopTimedOut(processes: left.ids) }
            try await Pause.short()
        }
    }

    /// Waits for the processes that a killed server left behind, and ends those that stay.
    ///
    /// Most notice within a moment that their server is gone. One that is busy does not, and as long as it works on the shared
    /// memory of the old server a new one must not start. Killing it loses nothing: all of them work on memory that the new
    /// server throws away, and what was committed is in the log.
    ///
    /// - Throws: `stopTimedOut`, `cancelled`, `system`.
    func endOrphans(_ orphans: ServerProcesses, until deadline: ContinuousClock.Instant) async throws(EmbeddedPostgresError) {
        guard !orphans.isEmpty else { return }
        let start = ContinuousClock.now
        logger.notice("waiting for processes of a server that died", metadata: ["processes": "\(orphans.ids)"])
        var steps: [(after: Duration, signal: Int32)] = [(.seconds(1), SIGQUIT), (.seconds(3), SIGKILL)]
        while true {
            let left = ServerProcesses.living(in: folder.data)
            if left.isEmpty || left.postmaster != nil { return }
            if let step = steps.first, ContinuousClock.now - start >= step.after {
                try left.signal(step.signal, in: folder.data)
                steps.removeFirst()
            }
            guard ContinuousClock.now < deadline else { throw .stopTimedOut(processes: left.ids) }
            try await Pause.short()
        }
    }
}
