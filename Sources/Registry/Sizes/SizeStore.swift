public import Domain
import Postgres

/// What is known of organisations' sizes: inhabitants, placements by hand, and what postings used (rule 11).
public enum SizeStore {
    /// Every organisation of which something is known. One query for each table, however many organisations there are.
    package static func histories(in work: Work) async throws -> [Identifier<Organisation>: SizeHistory] {
        let headcounts = try await work.transaction.query(
            "SELECT \(HeadcountRow.columns) FROM inhabitants", as: HeadcountRow.self)
        let placements = try await work.transaction.query(
            """
            SELECT \(PlacementRow.columns) FROM size_placement AS p JOIN decision AS d ON d.id = p.decision_id
            ORDER BY p.organisation_id, p.first_year
            """, as: PlacementRow.self)
        let frozen = try await work.transaction.query(
            """
            SELECT \(FrozenRow.columns) FROM frozen_size AS f LEFT JOIN decision AS d ON d.id = f.placement_decision_id
                LEFT JOIN decision AS r ON r.id = f.frozen_by_decision_id
            """, as: FrozenRow.self)
        let counted = Dictionary(grouping: headcounts, by: \.organisation)
        let placed = Dictionary(grouping: placements, by: \.organisation)
        let used = Dictionary(grouping: frozen, by: \.organisation)
        let known = Set(counted.keys).union(placed.keys).union(used.keys)
        return Dictionary(
            uniqueKeysWithValues: known.map { organisation in
                let history = SizeHistory(
                    headcounts: (counted[organisation] ?? []).map(\.headcount),
                    placements: (placed[organisation] ?? []).map { ($0.years, $0.placement) },
                    frozen: Dictionary((used[organisation] ?? []).map { ($0.year, $0.fact) }) { first, _ in first })
                return (organisation, history)
            })
    }

    /// The years that postings have used, whose figure or placement is another by now, by name in Danish order (rule 11).
    public static func superseded(in work: Work) async throws -> [SupersededSize] {
        let histories = try await histories(in: work)
        return try await Organisations.list(in: work).flatMap { organisation in
            (histories[organisation.id] ?? .unknown).superseded.map {
                SupersededSize(organisation: organisation, year: $0.year, frozen: $0.frozen, recorded: $0.recorded)
            }
        }
    }

    /// Keeps what a posting used, all of it in one statement. What is frozen already stays, but that a figure joins a placement that had none; and a fact
    /// that says nothing is not kept.
    package static func freeze(_ facts: [UnfrozenSize], in work: Work) async throws {
        let known = facts.filter { $0.fact != .unknown }
        guard !known.isEmpty else { return }
        try await work.transaction.execute(
            """
            INSERT INTO frozen_size (organisation_id, year, inhabitants, counted_on, size_class, reason, placement_decision_id)
            SELECT organisation_id, year, inhabitants, counted_on, size_class, reason, placement_decision_id
            FROM unnest(\(known.map(\.organisation.value)), \(known.map { Int32(clamping: $0.year) }),
                \(known.map { $0.fact.headcount?.inhabitants }), \(known.map { $0.fact.headcount?.countedOn.stored }),
                \(known.map { $0.fact.placement?.sizeClass.rawValue }), \(known.map { $0.fact.placement?.reason }),
                \(known.map { $0.fact.placement?.decision.id.value }))
                AS fact (organisation_id, year, inhabitants, counted_on, size_class, reason, placement_decision_id)
            ON CONFLICT (organisation_id, year) DO UPDATE SET inhabitants = excluded.inhabitants, counted_on = excluded.counted_on
                WHERE frozen_size.inhabitants IS NULL AND excluded.inhabitants IS NOT NULL
            """)
    }

    /// Takes over what is recorded now for a year that postings have used, by a decision that names organisation and year. The next run corrects what was
    /// invoiced.
    ///
    /// - Throws: ``Refusal`` by `NOT_FROZEN`, by `FROZEN_BY_DECISION` when the decision froze the year before, `UNKNOWN_DECISION`.
    public static func refreeze(
        _ organisation: Identifier<Organisation>, year: Int, decision: String, in work: Work
    ) async throws -> (old: SizeFact, new: SizeFact) {
        try await Organisations.lock(organisation, in: work)
        let decision = try await Decisions.find(decision, in: work)
        guard let history = try await histories(in: work)[organisation], history.isFrozen(year) else {
            throw Refusal(.notFrozen, try await Organisations.get(organisation, in: work).name, String(year))
        }
        let (old, new) = (history.fact(for: year), history.recorded(for: year))
        try await work.transaction.execute(
            """
            UPDATE frozen_size SET inhabitants = \(new.headcount?.inhabitants), counted_on = \(new.headcount?.countedOn.stored),
                size_class = \(new.placement?.sizeClass.rawValue), reason = \(new.placement?.reason),
                placement_decision_id = \(new.placement?.decision.id.value), frozen_by_decision_id = \(decision.value)
            WHERE organisation_id = \(organisation.value) AND year = \(Int32(clamping: year))
            """)
        return (old, new)
    }

    /// Places a body in a class by hand. Organisation and first year are a placement's natural key; a changed one is a recorded change.
    ///
    /// - Returns: what was recorded for the first year, and what is now.
    /// - Throws: ``Refusal`` by `OVERLAPPING_PLACEMENT`, `UNKNOWN_DECISION`, `TEXT_INVALID`.
    public static func place(
        _ organisation: Identifier<Organisation>, in sizeClass: SizeClass, because reason: String, decision: String, from first: Int,
        through last: Int?, in work: Work
    ) async throws -> (old: SizeFact, new: SizeFact) {
        let old = try await histories(in: work)[organisation, default: .unknown].recorded(for: first)
        _ = try await store(
            sizeClass: sizeClass, reason: reason, of: organisation, from: first, through: last,
            decision: try await Decisions.find(decision, in: work), in: work)
        return (old, try await histories(in: work)[organisation, default: .unknown].recorded(for: first))
    }

    static func store(
        sizeClass: SizeClass, reason: String, of organisation: Identifier<Organisation>, from first: Int, through last: Int?,
        decision: Identifier<Decision>, in work: Work
    ) async throws -> StoreOutcome {
        let (year, until, word) = (Int32(clamping: first), last.map { Int32(clamping: $0) }, sizeClass.rawValue)
        let known = try await work.transaction.first(
            "SELECT id FROM size_placement WHERE organisation_id = \(organisation.value) AND first_year = \(year)", as: Int64.self)
        guard let known else {
            try await work.transaction.execute(
                """
                INSERT INTO size_placement (organisation_id, first_year, last_year, size_class, reason, decision_id)
                VALUES (\(organisation.value), \(year), \(until), \(word), \(reason), \(decision.value))
                """)
            return .added
        }
        // A blank last year is unknown, and never erases the one on record.
        let updated = try await work.transaction.execute(
            """
            UPDATE size_placement SET last_year = coalesce(\(until), last_year), size_class = \(word), reason = \(reason),
                decision_id = \(decision.value)
            WHERE id = \(known) AND (last_year, size_class, reason, decision_id)
                IS DISTINCT FROM (coalesce(\(until), last_year), \(word), \(reason), \(decision.value))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}
