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
        let replay = try await replayLines(in: work)
        return VerificationReport(invariants: Invariant.all.count + 1, lines: replay.lines, violations: violations + replay.violations)
    }

    /// Every posted line's derivation is read back, recomputed from its own facts, and compared with what its posting adds up to; every
    /// payment reference is checked.
    private static func replayLines(in work: Work) async throws -> (lines: Int, violations: [VerificationReport.Violation]) {
        var violations: [VerificationReport.Violation] = []
        var lines = 0
        for kind in DocumentKind.allCases {
            let last = try await work.transaction.only(
                "SELECT coalesce(max(number), 0) FROM document WHERE kind = \(kind.rawValue)", as: Int64.self)
            for first in stride(from: Int64(1), through: last, by: 1000) {
                do {
                    // A derivation that its own facts do not give again does not even decode.
                    let documents = try await Documents.load(kind, from: first, through: first + 999, in: work)
                    lines += documents.reduce(0) { $0 + $1.lines.count }
                    for document in documents {
                        for line in try document.linesWithoutReason() {
                            violations.append(.init(invariant: replayed, place: "\(kind.rawValue) \(document.number) line \(line.line)"))
                        }
                        if case .invoice(_, let payment) = document.role, payment != FIKReference(invoiceNumber: document.number) {
                            violations.append(
                                .init(invariant: "payment references have their check digit", place: "invoice \(document.number)"))
                        }
                    }
                } catch PostgresError.decoding(let failure) {
                    violations.append(.init(invariant: replayed, place: "\(kind.rawValue) \(first)…\(first + 999): \(failure)"))
                }
            }
        }
        return (lines, violations)
    }

    private static let replayed = "documents read back whole, and every line follows from its derivation"
}

extension PostedDocument {
    /// The lines that do not follow from their derivation. The lines of one posting of a key on an invoice add up to the difference; those of a
    /// fall may be spread over several credit notes, so each is at most the fall, and the database adds them up.
    func linesWithoutReason() throws(ArithmeticOverflow) -> [PostedLine] {
        var wrong: [PostedLine] = []
        for (_, posting) in Dictionary(grouping: lines, by: \.key) {
            guard let first = posting.first else { continue }
            let difference = try first.derivation.owed - first.derivation.postedBefore
            let sum = try Money.sum(posting.map(\.net))
            let isRight = kind == .invoice ? difference == sum : try sum <= difference.negated()
            if !isRight || posting.contains(where: { $0.derivation != first.derivation }) { wrong += posting }
        }
        return wrong
    }
}
