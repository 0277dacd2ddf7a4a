extension Connection {
    /// Holds the session-level advisory lock `key` while `body` runs, and lets it go afterwards in any case.
    ///
    /// Waits for the lock at most `waitingAtMost` (1 ms … 24 days; less or more is rounded to those), then throws
    /// ``PostgresError/timeout(_:)``. Should letting go fail, the connection is closed, which lets go as well.
    @discardableResult
    public func withAdvisoryLock<T: Sendable>(
        _ key: Int64, waitingAtMost: Duration, _ body: sending () async throws -> T
    ) async throws -> T {
        try await takeAdvisoryLock(key, waitingAtMost: waitingAtMost)
        do {
            let value = try await body()
            await releaseAdvisoryLock(key)
            return value
        } catch {
            await releaseAdvisoryLock(key)
            throw error
        }
    }

    private func takeAdvisoryLock(_ key: Int64, waitingAtMost: Duration) async throws {
        let (seconds, attoseconds) = waitingAtMost.components
        let milliseconds = Int128(seconds) * 1000 + Int128(attoseconds) / 1_000_000_000_000_000
        let timeout = "\(min(max(milliseconds, 1), Int128(Int32.max)))ms"
        do {
            // The setting ends with the transaction; the lock, being the session's, does not.
            try await transaction(attempts: 1) { transaction in
                try await transaction.execute("SELECT set_config('lock_timeout', \(timeout), true)")
                try await transaction.execute("SELECT pg_advisory_lock(\(key))")
            }
        } catch PostgresError.server(let refusal) where refusal.sqlState == "55P03" {
            throw PostgresError.timeout("advisory lock \(key)")
        }
    }

    private func releaseAdvisoryLock(_ key: Int64) async {
        let isReleased = try? await only("SELECT pg_advisory_unlock(\(key))", as: Bool.self)
        if isReleased != true { close() }
    }
}
