extension Connection {
    /// Lets `talk` speak with the server. When the task is cancelled meanwhile, the server is asked to stop, and the connection is closed.
    ///
    /// Throws `.cancelled`, unless the server's last word on the statement came first: then that is what the caller gets. Within a
    /// transaction a success is no last word, since the transaction cannot go on; that of a COMMIT is (`isLast`).
    func interruptible<Answer>(
        by means: Interruption.Means = .cancelling, isLast: Bool = false, _ talk: () throws(PostgresError) -> Answer
    ) async throws(PostgresError) -> Answer {
        let interruption = session.interruption
        let call = interruption.announce()
        let outcome = await withTaskCancellationHandler { () -> Result<Answer, PostgresError> in
            guard interruption.begin(call) else { return .failure(.cancelled) }
            let outcome = Result { () throws(PostgresError) in try talk() }
            guard interruption.end(call) else { return outcome }
            session.close()
            switch outcome {
            case .success: return open == nil || isLast ? outcome : .failure(.cancelled)
            case .failure(let error): return .failure(error.isOfInterruption ? .cancelled : error)
            }
        } onCancel: {
            interruption.interrupt(call, by: means)
        }
        return try outcome.get()
    }

    /// Lets `talk` say what must be said in a cancelled task as well, such as ROLLBACK. A server that does not answer it within
    /// ``Interruption/patience`` is left: then the connection is closed.
    func shielded<Answer: ~Copyable>(_ talk: () throws(PostgresError) -> Answer) throws(PostgresError) -> Answer {
        let interruption = session.interruption
        let call = interruption.announce()
        _ = interruption.begin(call)
        interruption.limit(call)
        defer { if interruption.end(call) { session.close() } }
        return try talk()
    }
}

extension PostgresError {
    /// Whether this is what becomes of a statement that is interrupted; anything else the server said of its own accord.
    fileprivate var isOfInterruption: Bool {
        switch self {
        case .server(let refusal): refusal.sqlState == "57014"
        case .connectionLost, .unusable: true
        default: false
        }
    }

    /// The error for callers to whom any error may be thrown: cancellation looks as it does everywhere in Swift.
    static func forAnyCaller(_ error: any Error) -> any Error {
        if case .cancelled? = error as? PostgresError { CancellationError() } else { error }
    }
}
