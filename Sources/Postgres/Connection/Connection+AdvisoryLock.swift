extension Connection {
    /// Holds the session-level advisory lock `key` while `body` runs, and lets it go afterwards in any case.
    ///
    /// Waits for the lock at most `waitingAtMost` (1 ms … 24 days; less or more is rounded to those), then throws
    /// ``PostgresError/timeout(_:)``. Should letting go fail, the connection is closed, which lets go as well. Throws `CancellationError`
    /// when the task is cancelled while it waits, and what `body` throws.
    @discardableResult
    public func withAdvisoryLock<T: Sendable>(
        _ key: Int64, waitingAtMost: Duration, _ body: sending () async throws -> T
    ) async throws -> T {
        do {
            try await takeAdvisoryLock(key, waitingAtMost: waitingAtMost)
            defer { releaseAdvisoryLock(key) }
            return try await body()
        } catch {
            throw PostgresError.forAnyCaller(error)
        }
    }

    private func takeAdvisoryLock(_ key: Int64, waitingAtMost: Duration) async throws(PostgresError) {
        let (seconds, attoseconds) = waitingAtMost.components
        let milliseconds = Int128(seconds) * 1000 + Int128(attoseconds) / 1_000_000_000_000_000
        let timeout = "\(min(max(milliseconds, 1), Int128(Int32.max)))ms"
        do throws(PostgresError) {
            // The setting ends with the pipeline's transaction; the lock, being the session's, does not. One call, so that no cancellation
            // comes between the lock and whoever is to let it go.
            _ = try await pipeline(["SELECT set_config('lock_timeout', \(timeout), true)", "SELECT pg_advisory_lock(\(key))"], in: nil)
        } catch .server(let refusal) where refusal.sqlState == "55P03" {
            throw .timeout("advisory lock \(key)")
        }
        // Taken and lost: the answer came, but so did a cancellation.
        guard session.isOpen else { throw .cancelled }
    }

    private func releaseAdvisoryLock(_ key: Int64) {
        let isReleased = try? shielded { () throws(PostgresError) in
            try run("SELECT pg_advisory_unlock(\(key))", in: nil).only(as: Bool.self)
        }
        if isReleased != true { close() }
    }
}
