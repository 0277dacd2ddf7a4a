public import Domain
import Postgres

/// Decisions, found by the reference people know them by.
public enum Decisions {
    /// - Throws: ``Refusal`` by `UNKNOWN_DECISION`.
    public static func find(_ reference: String, in work: Work) async throws -> Identifier<Decision> {
        guard let id = try await work.transaction.first("SELECT id FROM decision WHERE reference = \(reference)", as: Int64.self) else {
            throw Refusal(.unknownDecision, reference)
        }
        return Identifier(id)
    }

    static func store(_ draft: DecisionDraft, in work: Work) async throws -> StoreOutcome {
        let (decidedBy, decidedOn) = (draft.decidedBy.rawValue, draft.decidedOn.stored)
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO decision (reference, decided_by, decided_on, title)
            VALUES (\(draft.reference), \(decidedBy), \(decidedOn), \(draft.title)) ON CONFLICT (reference) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE decision SET decided_by = \(decidedBy), decided_on = \(decidedOn), title = \(draft.title)
            WHERE reference = \(draft.reference) AND (decided_by, decided_on, title) IS DISTINCT FROM (\(decidedBy), \(decidedOn), \(draft.title))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}
