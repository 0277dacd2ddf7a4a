/// Runs `body` for at most `duration`: then its task is cancelled, which ends whatever it does with a pool or a connection, the
/// statement on the server included, within two further seconds.
/// ```
/// try await withDeadline(.seconds(10)) {
///     try await pool.transaction { transaction in … }
/// }
/// ```
/// An answer that is there in spite of it is given: what was committed is not reported as failed.
///
/// Throws ``PostgresError/timeout(_:)`` when cancelling at the deadline is what ended `body`, otherwise what `body` throws.
public func withDeadline<T: Sendable>(
    _ duration: Duration, _ body: @Sendable @escaping () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: Result<T, any Error>?.self) { group in
        group.addTask {
            do { return .success(try await body()) } catch { return .failure(error) }
        }
        group.addTask {
            try? await Task.sleep(for: duration)
            return nil
        }
        guard let first = try await group.next() else { throw CancellationError() }
        // Both at once when the caller was cancelled, or the body has ended.
        let isOver = first == nil && !Task.isCancelled
        group.cancelAll()
        var answer = first
        while answer == nil, let next = try await group.next() { answer = next }
        do {
            guard let answer else { throw CancellationError() }
            return try answer.get()
        } catch {
            throw isOver && error.isCancellation ? PostgresError.timeout("the database") : error
        }
    }
}

extension Error {
    /// Whether this is how a function ends whose task was cancelled.
    fileprivate var isCancellation: Bool {
        if case .cancelled? = self as? PostgresError { true } else { self is CancellationError }
    }
}
