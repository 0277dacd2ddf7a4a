extension Connection {
    /// Runs `body` in a transaction: committed when it returns, rolled back when it throws.
    ///
    /// When the server refuses with exactly 40001 (serialization failure) or 40P01 (deadlock), in the body or at COMMIT, everything is
    /// taken back and `body` runs again, at most `attempts` times in all (at least once) with a short random pause between: so `body` has no effects but
    /// through its transaction. The body runs on the connection's own queue.
    ///
    /// Throws what `body` throws, `CancellationError` when the task was cancelled (then nothing stays), or ``PostgresError``: `.unusable`
    /// when a transaction is already open on this connection, `.commitOutcomeUnknown` when the connection broke during COMMIT.
    @discardableResult
    public func transaction<T: Sendable>(
        _ isolation: Isolation = .readCommitted, readOnly: Bool = false, attempts: Int = 5,
        _ body: sending (Transaction) async throws -> T
    ) async throws -> T {
        try claim()
        defer { open = nil }
        var attempt = 1
        while true {
            let id = beginAttempt(isolation.begin(readOnly: readOnly))
            do {
                let value = try await body(Transaction(connection: self, id: id))
                try await commit(readOnly: readOnly)
                return value
            } catch {
                // The body may have put the refusal into an error of its own; what the connection saw counts as well.
                let isRetryable = open?.failure?.isRetryable == true || (error as? PostgresError)?.isRetryable == true
                rollBack()
                guard isRetryable, attempt < attempts, session.isOpen else { throw PostgresError.forAnyCaller(error) }
            }
            try await Task.sleep(for: RetryPause.before(attempt: attempt + 1))
            attempt += 1
        }
    }

    /// Runs `body` in a transaction that is rolled back in any case: for tests, and to see what would happen.
    @discardableResult
    public func rolledBack<T: Sendable>(
        _ isolation: Isolation = .readCommitted, _ body: sending (Transaction) async throws -> T
    ) async throws -> T {
        try claim()
        defer { open = nil }
        let id = beginAttempt(isolation.begin(readOnly: false))
        defer { rollBack() }
        do {
            return try await body(Transaction(connection: self, id: id))
        } catch {
            throw PostgresError.forAnyCaller(error)
        }
    }

    private func claim() throws(PostgresError) {
        guard open == nil else { throw .unusable("a transaction is already open on this connection: use a savepoint inside it") }
        guard session.isOpen else { throw .unusable("the connection is closed") }
    }

    private func commit(readOnly: Bool) async throws(PostgresError) {
        // A transaction without statements never began on the server.
        guard let current = open, current.begin == nil else { return }
        if session.isInFailedTransaction, let failure = current.failure { throw .server(failure) }
        try await interruptible(isLast: true) { () throws(PostgresError) in
            do throws(PostgresError) {
                let result = try session.script("COMMIT")
                guard result.commandTag == "COMMIT" else {
                    throw .unusable("the server rolled the transaction back instead of committing it")
                }
            } catch .connectionLost(let reason) where !readOnly {
                throw .commitOutcomeUnknown(reason)
            }
        }
    }

    /// Leaves the connection idle or closed.
    private func rollBack() {
        defer { open?.begin = nil }
        guard session.isOpen, !session.isIdle else { return }
        do throws(PostgresError) {
            _ = try shielded { () throws(PostgresError) in try session.script("ROLLBACK") }
        } catch {
            session.close()
        }
        if !session.isIdle { session.close() }
    }
}

/// How long to wait before a transaction is tried again.
enum RetryPause {
    /// Random, so that two that collided do not collide again; longer each time, at most half a second.
    static func before(attempt: Int) -> Duration {
        let most = min(500, 10 << min(max(attempt, 0), 10))
        return .milliseconds(Int.random(in: 1...most))
    }
}
