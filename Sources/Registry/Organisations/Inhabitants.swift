import Domain
import Postgres

/// Inhabitants by day, with their source.
public enum Inhabitants {
    static func store(_ draft: InhabitantsDraft, of organisation: Identifier<Organisation>, in work: Work) async throws -> StoreOutcome {
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO inhabitants (organisation_id, counted_on, inhabitants, source)
            VALUES (\(organisation.value), \(draft.countedOn.stored), \(draft.inhabitants), \(draft.source))
            ON CONFLICT (organisation_id, counted_on) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE inhabitants SET inhabitants = \(draft.inhabitants), source = \(draft.source)
            WHERE organisation_id = \(organisation.value) AND counted_on = \(draft.countedOn.stored)
                AND (inhabitants, source) IS DISTINCT FROM (\(draft.inhabitants), \(draft.source))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}
