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
    ) async throws(PostgresError) -> PipelineOutputs<repeat each Output> {
        var sqls: [SQL] = []
        repeat sqls.append((each statement).sql)
        // Read outside the closure: one that captures a parameter pack crashes the 6.3.1 compiler.
        var results = try await results(of: sqls, in: id)
        return PipelineOutputs(values: (repeat try results.read(each statement)))
    }

    func pipeline(_ statements: [SQL], in id: UInt64?) async throws(PostgresError) -> [Int] {
        var results = try await results(of: statements, in: id)
        var counts: [Int] = []
        counts.reserveCapacity(statements.count)
        for statement in statements { counts.append(try results.read(Statement.execute(statement))) }
        return counts
    }

    private func results(of statements: [SQL], in id: UInt64?) async throws(PostgresError) -> PipelineResults {
        try await interruptible { () throws(PostgresError) in
            try exchange(in: id) { (session, opening) throws(PostgresError) in try session.pipeline(statements, opening: opening) }
        }
    }
}

extension Session {
    /// Runs `statements` in one round trip and answers a result for each.
    fileprivate mutating func pipeline(_ statements: [SQL], opening: String?) throws(PostgresError) -> PipelineResults {
        for _ in 0..<Self.mostTries(of: statements) - 1 {
            do throws(PostgresError) {
                return try pipelineOnce(statements, opening: opening)
            } catch {
                // As for a single statement: nothing of it stayed, and prepared afresh it may succeed.
                guard try mayRunAgain(after: error, opening: opening) else { throw error }
            }
        }
        return try pipelineOnce(statements, opening: opening)
    }

    /// Each try finds at most one thing out that the server has lost: a statement, or one that was to make room for it.
    static func mostTries(of statements: [SQL]) -> Int { 1 + 2 * statements.count }

    private mutating func pipelineOnce(_ statements: [SQL], opening: String?) throws(PostgresError) -> PipelineResults {
        try enterPipeline()
        try send(statements, opening: opening)
        var results = PipelineResults()
        do throws(PostgresError) {
            for _ in statements { results.append(try nextResult()) }
        } catch {
            try finishPipeline()
            try leavePipeline()
            throw error
        }
        try finishPipeline()
        try leavePipeline()
        return results
    }
}

/// The results of a pipeline in the order of its statements.
struct PipelineResults: Sendable {
    private final class Element: Sendable {
        let result: ResultHandle

        init(_ result: consuming ResultHandle) { self.result = result }
    }

    private var elements: [Element] = []
    private var readCount = 0

    mutating func append(_ result: consuming ResultHandle) { elements.append(Element(result)) }

    /// Reads the next result as its statement says.
    mutating func read<Output>(_ statement: Statement<Output>) throws(PostgresError) -> Output {
        guard readCount < elements.count else { throw .unexpectedResult("the pipeline has only \(elements.count) results") }
        defer { readCount += 1 }
        return try statement.read(elements[readCount].result)
    }
}

/// The results of a pipeline on their way out of the connection: the compiler knows the struct to be Sendable, not the tuple.
struct PipelineOutputs<each Output: Sendable>: Sendable {
    let values: (repeat each Output)
}
