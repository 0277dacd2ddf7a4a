extension Connection {
    /// Sends what `next` hands out, several under way at once, and delivers each one's results or its failure, until there is no more. In one visit to the
    /// connection's queue, however much there is.
    ///
    /// When the connection is lost, all under way get that for an answer. When the task is cancelled the server is asked to stop, and the connection is closed.
    func carry(
        next: @Sendable () -> (trip: Int, statements: [SQL])?, deliver: @Sendable (Int, Result<PipelineResults, PostgresError>) -> Void
    ) async {
        // What went wrong has been delivered.
        try? await interruptible { () throws(PostgresError) in
            try exchange(in: nil) { (session, _) throws(PostgresError) in try session.carry(next: next, deliver: deliver) }
        }
    }
}

extension Session {
    private struct Load {
        let trip: Int
        let statements: [SQL]
        var tries = 1
    }

    fileprivate mutating func carry(
        next: () -> (trip: Int, statements: [SQL])?, deliver: (Int, Result<PipelineResults, PostgresError>) -> Void
    ) throws(PostgresError) {
        var underway: [Load] = []
        do throws(PostgresError) {
            try enterPipeline()
            while true {
                while let (trip, statements) = next() {
                    underway.append(Load(trip: trip, statements: statements))
                    try send(statements)
                }
                guard let oldest = underway.first else { break }
                let outcome = try receive(oldest.statements.count)
                underway.removeFirst()
                if case .failure(let error) = outcome, error.serverError?.meansStalePlan == true,
                    oldest.tries < Self.mostTries(of: oldest.statements)
                {
                    // As for a single statement: nothing of it stayed, and prepared afresh it may succeed.
                    underway.append(Load(trip: oldest.trip, statements: oldest.statements, tries: oldest.tries + 1))
                    try send(oldest.statements)
                } else {
                    deliver(oldest.trip, outcome)
                }
            }
            try leavePipeline()
        } catch {
            for load in underway { deliver(load.trip, .failure(error)) }
            throw error
        }
    }

    /// The results of the oldest pipeline under way, or why the server refused it; throws when the connection is lost.
    private mutating func receive(_ count: Int) throws(PostgresError) -> Result<PipelineResults, PostgresError> {
        var results = PipelineResults()
        var refusal: PostgresError?
        do throws(PostgresError) {
            for _ in 0..<count {
                let result = try nextResult()
                // What was sent after it runs in that transaction, so all of it goes.
                if result.beginsTransaction { throw lost("a pipeline left a transaction open") }
                results.append(result)
            }
        } catch {
            guard isOpen else { throw error }
            refusal = error
        }
        try finishPipeline()
        return refusal.map { .failure($0) } ?? .success(results)
    }
}
