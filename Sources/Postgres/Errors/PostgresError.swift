/// Everything that can go wrong between this module and a PostgreSQL server.
///
/// No case carries a parameter's value, so an error may be logged as it is.
public enum PostgresError: Error, Hashable, Sendable {
    /// The server refused a statement; the connection is still good.
    case server(ServerError)
    /// No connection could be made: the reason in libpq's words, or in those of whoever would not have it (``Pool``, `admitting`).
    case connectionFailed(String)
    /// The connection broke; a transaction that was open on it is rolled back by the server.
    case connectionLost(String)
    /// The connection broke while COMMIT was under way: the transaction may or may not have been committed.
    case commitOutcomeUnknown(String)
    /// No connection became free before the deadline.
    case poolExhausted
    /// The pool is closed or closing.
    case poolClosed
    /// A row did not have the shape that was asked for.
    case decoding(DecodingFailure)
    /// A parameter has no form on the wire, for example text with a NUL character.
    case encoding(EncodingFailure)
    /// `first` or `only` got another number of rows than it allows.
    case rowCount(expected: String, found: Int)
    /// The connection or transaction cannot be used like this or no longer; the text says why.
    case unusable(String)
    /// The server did not let us have it within the time allowed; the text says what was waited for.
    case timeout(String)
    /// The task was cancelled. What had been sent was cancelled on the server, and the connection is closed; a transaction is rolled
    /// back. Functions that throw any error throw `CancellationError` instead.
    case cancelled
    /// A statement of another kind was expected here, for example a COPY that is not binary.
    case unexpectedResult(String)
    /// The connection string cannot be read.
    case invalidConfiguration(String)

    /// The server's own words, when the server refused.
    public var serverError: ServerError? {
        if case .server(let error) = self { error } else { nil }
    }

    /// See ``ServerError/isRetryable``.
    public var isRetryable: Bool { serverError?.isRetryable ?? false }
}

extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .server(let error): error.description
        case .connectionFailed(let reason): "could not connect: \(reason)"
        case .connectionLost(let reason): "connection lost: \(reason)"
        case .commitOutcomeUnknown(let reason): "connection lost during COMMIT, outcome unknown: \(reason)"
        case .poolExhausted: "no connection became free before the deadline"
        case .poolClosed: "the connection pool is closed"
        case .decoding(let failure): failure.description
        case .encoding(let failure): failure.description
        case .rowCount(let expected, let found): "expected \(expected), found \(found) rows"
        case .unusable(let reason): reason
        case .timeout(let what): "timed out waiting for \(what)"
        case .cancelled: "the task was cancelled"
        case .unexpectedResult(let what): what
        case .invalidConfiguration(let reason): "invalid connection configuration: \(reason)"
        }
    }

    public var debugDescription: String { description }
}
