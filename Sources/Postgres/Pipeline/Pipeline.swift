extension Transaction {
    /// Runs several statements in one round trip and answers all their results:
    /// ```
    /// let (members, count) = try await transaction.pipeline(
    ///     Statement.query("SELECT \(Member.columns) FROM member", as: Member.self),
    ///     Statement.only("SELECT count(*) FROM member", as: Int64.self))
    /// ```
    /// (The type's name is needed: with a mere `.query` the 6.3.1 compiler takes the literal for a `String`.)
    ///
    /// When one fails, those after it are not run and its error is thrown; as after any failed statement the transaction can then only be
    /// rolled back.
    public func pipeline<each Output: Sendable>(
        _ statement: repeat Statement<each Output>
    ) async throws(PostgresError) -> (repeat each Output) {
        try await connection.pipeline(repeat each statement, in: id).values
    }

    /// Runs any number of statements in one round trip and answers how many rows each affected.
    @discardableResult
    public func pipeline(_ statements: [SQL]) async throws(PostgresError) -> [Int] {
        try await connection.pipeline(statements, in: id)
    }
}

extension Connection {
    /// Runs several statements in one round trip, in a transaction of their own: all or nothing, except that a row which cannot be read
    /// throws after all were committed. See ``Transaction/pipeline(_:)``; there is no retry.
    public nonisolated func pipeline<each Output: Sendable>(
        _ statement: repeat Statement<each Output>
    ) async throws(PostgresError) -> (repeat each Output) {
        try await pipeline(repeat each statement, in: nil).values
    }

    func pipeline<each Output: Sendable>(
        _ statement: repeat Statement<each Output>, in id: UInt64?
    ) throws(PostgresError) -> PipelineOutputs<repeat each Output> {
        // Not through `exchange`: a closure that captures a parameter pack crashes the 6.3.1 compiler.
        try checkTurn(of: id)
        do throws(PostgresError) {
            let outputs = try session.pipeline(repeat each statement, opening: open?.begin)
            try checkWhereabouts()
            return outputs
        } catch {
            try note(error)
            throw error
        }
    }

    func pipeline(_ statements: [SQL], in id: UInt64?) throws(PostgresError) -> [Int] {
        try exchange(in: id) { (session, opening) throws(PostgresError) in
            try session.startPipeline(statements, opening: opening)
            var counts: [Int] = []
            counts.reserveCapacity(statements.count)
            do throws(PostgresError) {
                for _ in statements { counts.append(try session.nextResult().affectedRows) }
            } catch {
                try session.finishPipeline()
                throw error
            }
            try session.finishPipeline()
            return counts
        }
    }
}

extension Session {
    fileprivate mutating func pipeline<each Output: Sendable>(
        _ statement: repeat Statement<each Output>, opening: String?
    ) throws(PostgresError) -> PipelineOutputs<repeat each Output> {
        var sqls: [SQL] = []
        repeat sqls.append((each statement).sql)
        try startPipeline(sqls, opening: opening)
        do throws(PostgresError) {
            let outputs = PipelineOutputs(values: (repeat try (each statement).read(nextResult())))
            try finishPipeline()
            return outputs
        } catch {
            try finishPipeline()
            throw error
        }
    }
}

/// The results of a pipeline on their way out of the connection: the compiler knows the struct to be Sendable, not the tuple.
struct PipelineOutputs<each Output: Sendable>: Sendable {
    let values: (repeat each Output)
}
