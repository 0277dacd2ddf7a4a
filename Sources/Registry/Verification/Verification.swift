import Domain
import Postgres

/// What `database verify` found: nothing, when the books are in order.
public struct VerificationReport: Sendable, Equatable {
    public struct Violation: Sendable, Equatable {
        public let invariant: String
        public let place: String
    }

    public let invariants: Int
    public let lines: Int
    public let violations: [Violation]
}

/// Checks everything that must hold of the register and its books, from one consistent state, changing nothing.
public enum Verification {
    public static func verify(in work: Work) async throws -> VerificationReport {
        var violations: [VerificationReport.Violation] = []
        // Whole tables are compared, and of rows just posted the planner knows nothing yet: taken for a handful they would be compared pair by pair.
        try await work.transaction.execute("SELECT set_config('enable_nestloop', 'off', true)")
        for invariant in Invariant.all {
            let places = try await work.transaction.query(invariant.violations, as: String.self)
            violations += places.map { .init(invariant: invariant.name, place: $0) }
        }
        try await work.transaction.execute("SELECT set_config('enable_nestloop', 'on', true)")
        let replay = try await Replay.all(in: work)
        return VerificationReport(invariants: Invariant.all.count + 1, lines: replay.lines, violations: violations + replay.differing)
    }
}
