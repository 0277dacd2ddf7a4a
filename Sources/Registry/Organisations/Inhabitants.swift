import Domain
import Postgres

/// Inhabitants by day, with their source.
public enum Inhabitants {
    /// - Parameter keepingSource: a figure that another source only confirms stays as it is, with the source it first came from.
    /// - Throws: ``Refusal`` by `DAY_IN_FUTURE`.
    static func store(
        _ draft: InhabitantsDraft, of organisation: Identifier<Organisation>, keepingSource: Bool = false, in work: Work
    ) async throws -> StoreOutcome {
        if let refusal = PastFact.count.refusal(of: draft.countedOn, on: work.today) { throw refusal }
        return try await suppose(draft, of: organisation, keepingSource: keepingSource, in: work)
    }

    /// The same of a day that may be to come: what a scenario supposes.
    static func suppose(
        _ draft: InhabitantsDraft, of organisation: Identifier<Organisation>, keepingSource: Bool = false, in work: Work
    ) async throws -> StoreOutcome {
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
                AND (inhabitants <> \(draft.inhabitants) OR (source <> \(draft.source) AND NOT \(keepingSource)))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}
