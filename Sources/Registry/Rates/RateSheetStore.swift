package import Domain
import Postgres

/// The rate sheets of products and of the supplier partnership, with their rows.
package enum RateSheetStore {
    /// Every sheet with its rows, voided ones left out; by subject and first day, rows by charge, component and first day.
    ///
    /// - Parameters:
    ///   - id: only this one, where it is given.
    ///   - told: with the prices as everybody may be told them; a session may read no others.
    package static func sheets(numbered id: Identifier<RateSheet>? = nil, told: Bool = false, in work: Work) async throws -> [RateSheet] {
        let rows = try await work.transaction.query(
            """
            SELECT \(RateRowRow.columns(told: told)) FROM rate_row AS r JOIN decision AS d ON d.id = r.decision_id
            WHERE NOT r.voided AND (\(id?.value)::bigint IS NULL OR r.sheet_id = \(id?.value))
            ORDER BY r.sheet_id, r.charge, r.component, lower(r.during)
            """, as: RateRowRow.self)
        let bySheet = Dictionary(grouping: rows, by: \.sheet).mapValues { $0.map(\.row) }
        let sheets = try await work.transaction.query(
            """
            SELECT \(RateSheetRow.columns) FROM rate_sheet AS s JOIN decision AS d ON d.id = s.decision_id
            WHERE \(id?.value)::bigint IS NULL OR s.id = \(id?.value)
            ORDER BY s.subject, lower(s.during)
            """, as: RateSheetRow.self)
        return try sheets.map { try $0.sheet(with: bySheet[$0.id] ?? []) }
    }

    /// The product of a name.
    /// - Throws: ``Refusal`` by `UNKNOWN_PRODUCT`.
    package static func product(_ name: String, in work: Work) async throws -> Identifier<Product> {
        guard let id = try await work.transaction.first("SELECT id FROM product WHERE name = \(name)", as: Int64.self) else {
            throw Refusal(.unknownProduct, name)
        }
        return Identifier(id)
    }

    /// Subject and first day are a sheet's natural key; a changed sheet is a recorded change.
    ///
    /// - Throws: ``Refusal`` by `OVERLAPPING_RATE_SHEET`.
    static func store(
        _ draft: RateSheetDraft, of subject: Subject, decision: Identifier<Decision>, in work: Work
    ) async throws -> StoreOutcome {
        let (term, frequency, proRata) = (draft.term.stored, draft.frequency.rawValue, draft.proRata.rawValue)
        let (top, bottom) = (Int32(clamping: draft.passive.numerator), Int32(clamping: draft.passive.denominator))
        let (late, contribution, bounds) = (draft.lateChanges?.rawValue, draft.carriesContribution, draft.bounds)
        let (category, points) = (draft.vat?.category.rawValue, draft.vat?.basisPoints)
        // The database refuses it by itself, in words that name neither.
        let other = try await work.transaction.first(
            """
            SELECT \(OverlappedSheet.columns) FROM rate_sheet WHERE subject = \(subject.description) AND lower(during) <> \(draft.term.first.stored)
                AND during && \(term) ORDER BY during LIMIT 1
            """, as: OverlappedSheet.self)
        if let other { throw Refusal(.overlappingRateSheet, other.term.description, other.id.description) }
        guard let known = try await identifier(of: subject, from: draft.term.first, in: work) else {
            try await work.transaction.execute(
                """
                INSERT INTO rate_sheet (subject, during, frequency, pro_rata, passive_numerator, passive_denominator, late_changes,
                    carries_contribution, bound_small, bound_medium, bound_large, vat_category, vat_basis_points, decision_id)
                VALUES (\(subject.description), \(term), \(frequency), \(proRata), \(top), \(bottom), \(late), \(contribution),
                    \(bounds?.small), \(bounds?.medium), \(bounds?.large), \(category), \(points), \(decision.value))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE rate_sheet SET during = \(term), frequency = \(frequency), pro_rata = \(proRata), passive_numerator = \(top),
                passive_denominator = \(bottom), late_changes = \(late), carries_contribution = \(contribution),
                bound_small = \(bounds?.small), bound_medium = \(bounds?.medium), bound_large = \(bounds?.large),
                vat_category = \(category), vat_basis_points = \(points), decision_id = \(decision.value)
            WHERE id = \(known.value) AND (during, frequency, pro_rata, passive_numerator, passive_denominator, late_changes,
                carries_contribution, bound_small, bound_medium, bound_large, vat_category, vat_basis_points, decision_id)
                IS DISTINCT FROM (\(term), \(frequency), \(proRata), \(top), \(bottom), \(late), \(contribution), \(bounds?.small),
                    \(bounds?.medium), \(bounds?.large), \(category), \(points), \(decision.value))
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Charge, component and first day are a row's natural key on its sheet. A row without a price voids the recorded one, if there is one; a voided row
    /// that is stated again stands again.
    static func store(
        _ draft: RateRowDraft, price: PriceModel?, on sheet: Identifier<RateSheet>, decision: Identifier<Decision>, in work: Work
    ) async throws -> StoreOutcome {
        let (charge, first) = (draft.charge.rawValue, draft.term.first.stored)
        guard let price else {
            let voided = try await work.transaction.execute(
                """
                UPDATE rate_row SET voided = true WHERE sheet_id = \(sheet.value) AND charge = \(charge)
                    AND component = \(draft.component) AND lower(during) = \(first) AND NOT voided
                """)
            return voided > 0 ? .changed : .unchanged
        }
        let known = try await work.transaction.first(
            """
            SELECT id FROM rate_row WHERE sheet_id = \(sheet.value) AND charge = \(charge) AND component = \(draft.component)
                AND lower(during) = \(first)
            """, as: Int64.self)
        let (term, json) = (draft.term.stored, price.stored)
        // The database refuses it by itself, and tells of which days in words of its own, which no constraint's name carries.
        let other = try await work.transaction.first(
            """
            SELECT during FROM rate_row WHERE sheet_id = \(sheet.value) AND charge = \(charge) AND component = \(draft.component)
                AND NOT voided AND lower(during) <> \(first) AND during && \(term) ORDER BY during LIMIT 1
            """, as: PostgresDateRange.self)
        if let other { throw Refusal(.overlappingRateRow, draft.component, Term(stored: other)?.description ?? "") }
        guard let known else {
            try await work.transaction.execute(
                """
                INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                VALUES (\(sheet.value), \(charge), \(draft.component), \(term), \(json), \(decision.value))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE rate_row SET during = \(term), price = \(json), decision_id = \(decision.value), voided = false
            WHERE id = \(known)
                AND (during, price, decision_id, voided) IS DISTINCT FROM (\(term), \(json), \(decision.value), false)
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// The sheet of a subject that begins on a day.
    static func identifier(of subject: Subject, from first: CivilDate, in work: Work) async throws -> Identifier<RateSheet>? {
        try await work.transaction.first(
            "SELECT id FROM rate_sheet WHERE subject = \(subject.description) AND lower(during) = \(first.stored)", as: Int64.self
        ).map(Identifier.init)
    }

    /// Lets the database compare a sheet with its rows now, so that its refusal has a place in the folder.
    static func check(in work: Work) async throws {
        try await work.transaction.execute("SET CONSTRAINTS rate_sheet_rows, rate_row_sheet IMMEDIATE")
        try await work.transaction.execute("SET CONSTRAINTS rate_sheet_rows, rate_row_sheet DEFERRED")
    }
}

private struct OverlappedSheet: RowDecodable, Sendable {
    let id: Identifier<RateSheet>
    let term: Term

    static var columns: SQL { "id, during" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        term = try row.term()
    }
}
