import Postgres

extension PostgresError {
    /// The case without what it carries, to compare with.
    enum Kind {
        case server, connectionFailed, connectionLost, commitOutcomeUnknown, poolExhausted, poolClosed, decoding, encoding, rowCount
        case unusable, timeout, cancelled, unexpectedResult, invalidConfiguration
    }

    var kind: Kind {
        switch self {
        case .server: .server
        case .connectionFailed: .connectionFailed
        case .connectionLost: .connectionLost
        case .commitOutcomeUnknown: .commitOutcomeUnknown
        case .poolExhausted: .poolExhausted
        case .poolClosed: .poolClosed
        case .decoding: .decoding
        case .encoding: .encoding
        case .rowCount: .rowCount
        case .unusable: .unusable
        case .timeout: .timeout
        case .cancelled: .cancelled
        case .unexpectedResult: .unexpectedResult
        case .invalidConfiguration: .invalidConfiguration
        }
    }

    var decodingFailure: DecodingFailure? {
        if case .decoding(let failure) = self { failure } else { nil }
    }
}
