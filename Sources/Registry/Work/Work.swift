public import Domain
package import Postgres

/// On whose behalf something is done: a name that lands in the audit log. Never empty.
public struct Actor: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Nothing for an empty name, one over 100 characters, one with control characters, or one with a space at an end: two names that look alike would pass
    /// for two people.
    public init?(_ name: String) {
        guard let first = name.first, let last = name.last, !first.isWhitespace, !last.isWhitespace, name.isLine(atMost: 100) else {
            return nil
        }
        description = name
    }
}

/// What every use case gets: an open transaction, who acts, and what day it is in Copenhagen.
///
/// The edge opens the transaction, so a test can open it and roll it back.
public struct Work {
    package let transaction: Transaction
    public let actor: Actor
    public let today: CivilDate

    /// Tells the transaction who acts, which is what the audit triggers write down.
    package static func begin(
        _ useCase: String, as actor: Actor, on today: CivilDate, in transaction: Transaction
    ) async throws -> Work {
        _ = try await transaction.only(
            "SELECT set_config('os2medlem.actor', \(actor.description), true) || set_config('os2medlem.use_case', \(useCase), true)",
            as: String.self)
        return Work(transaction: transaction, actor: actor, today: today)
    }
}
