/// How much a transaction sees of others that run at the same time.
public enum Isolation: Sendable {
    /// Every statement sees what was committed before it began.
    case readCommitted
    /// Every statement sees what was committed before the first one; a conflicting change fails with 40001.
    case repeatableRead
    /// As if all such transactions ran one after the other; what contradicts that fails with 40001.
    case serializable

    func begin(readOnly: Bool) -> String {
        let level =
            switch self {
            case .readCommitted: "READ COMMITTED"
            case .repeatableRead: "REPEATABLE READ"
            case .serializable: "SERIALIZABLE"
            }
        // Not READ WRITE otherwise: a standby refuses that in itself (0A000), also to who would only read; without it, it refuses changes,
        // as 25006. A database that its administrator made read-only stays so.
        return "BEGIN ISOLATION LEVEL \(level)\(readOnly ? " READ ONLY" : "")"
    }
}
