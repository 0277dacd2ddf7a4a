import Postgres

/// Why the register could not be read, for whoever answers a caller and knows no database.
public enum RegisterTrouble: Error, Sendable, Hashable, CaseIterable {
    /// There, but with too much to do: ask again.
    case busy
    /// Not there: down, starting, or out of reach.
    case unavailable
    /// The asker went away or took too long.
    case cancelled
    /// A mistake of ours.
    case `internal`

    /// Tells what any error from the register means.
    public init(_ error: any Error) {
        switch error {
        case let trouble as RegisterTrouble: self = trouble
        case is CancellationError: self = .cancelled
        case let error as PostgresError: self = RegisterTrouble.meaning(of: error)
        default: self = .internal
        }
    }

    /// What may be written into a log about an error: it names no data of anybody.
    public static func note(on error: any Error) -> String {
        // Of other errors only the kind is known to be harmless.
        if let error = error as? PostgresError { error.description } else { String(describing: type(of: error)) }
    }

    private static func meaning(of error: PostgresError) -> RegisterTrouble {
        switch error {
        case .poolExhausted, .timeout: .busy
        case .connectionFailed, .connectionLost, .commitOutcomeUnknown, .poolClosed: .unavailable
        case .cancelled: .cancelled
        case .server(let error): meaning(ofState: error.sqlState)
        case .decoding, .encoding, .rowCount, .unusable, .unexpectedResult, .invalidConfiguration: .internal
        }
    }

    private static func meaning(ofState state: String) -> RegisterTrouble {
        switch state {
        // Serialization, deadlock, a lock not to be had, and a statement that ran too long.
        case "40001", "40P01", "55P03", "57014": .busy
        default:
            switch state.prefix(2) {
            // Out of memory, disk or connections.
            case "53": .busy
            // The connection, and an operator who stops the server.
            case "08", "57": .unavailable
            default: .internal
            }
        }
    }
}
