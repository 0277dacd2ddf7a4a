import Domain
import Postgres

/// The association's rate sheet and the VAT rules.
enum RateStore {
    static func tariff(in work: Work) async throws -> DuesTariff {
        DuesTariff(
            try await work.transaction.query(
                "SELECT \(DuesRateRow.columns) FROM dues_rate AS r JOIN decision AS d ON d.id = r.decision_id", as: DuesRateRow.self
            ).map(\.rate))
    }

    static func vatRules(in work: Work) async throws -> VATRules {
        VATRules(
            try await work.transaction.query(
                "SELECT \(VATRuleRow.columns) FROM vat_rule AS r JOIN decision AS d ON d.id = r.decision_id", as: VATRuleRow.self
            ).map(\.rule))
    }

    /// A year's row is its natural key; a changed row is a recorded change.
    static func store(_ draft: DuesRateDraft, decision: Identifier<Decision>, in work: Work) async throws -> StoreOutcome {
        let (basis, amount, figure, previous) = draft.basis.stored
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO dues_rate (year, basis, amount_minor, index_figure, previous_index_figure, index_source, decision_id)
            VALUES (\(Int32(clamping: draft.year)), \(basis), \(amount), \(figure)::text::numeric, \(previous)::text::numeric,
                \(draft.indexSource), \(decision.value))
            ON CONFLICT (year) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE dues_rate SET basis = \(basis), amount_minor = \(amount), index_figure = \(figure)::text::numeric,
                previous_index_figure = \(previous)::text::numeric, index_source = \(draft.indexSource), decision_id = \(decision.value)
            WHERE year = \(Int32(clamping: draft.year))
                AND (basis, amount_minor, index_figure, previous_index_figure, index_source, decision_id) IS DISTINCT FROM
                    (\(basis), \(amount), \(figure)::text::numeric, \(previous)::text::numeric, \(draft.indexSource), \(decision.value))
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Charge and first day are a rule's natural key.
    static func store(_ rule: VATRule, decision: Identifier<Decision>, in work: Work) async throws -> StoreOutcome {
        let (charge, category, points) = (rule.charge.rawValue, rule.rate.category.rawValue, rule.rate.basisPoints)
        let known = try await work.transaction.first(
            "SELECT id FROM vat_rule WHERE charge = \(charge) AND lower(during) = \(rule.term.first.stored)", as: Int64.self)
        guard let known else {
            try await work.transaction.execute(
                """
                INSERT INTO vat_rule (charge, during, category, basis_points, decision_id)
                VALUES (\(charge), \(rule.term.stored), \(category), \(points), \(decision.value))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE vat_rule SET during = \(rule.term.stored), category = \(category), basis_points = \(points), decision_id = \(decision.value)
            WHERE id = \(known) AND (during, category, basis_points, decision_id)
                IS DISTINCT FROM (\(rule.term.stored), \(category), \(points), \(decision.value))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

extension DuesRate.Basis {
    /// The columns of a stored row; figures as the text people print.
    fileprivate var stored: (basis: String, amount: Int64?, figure: String?, previous: String?) {
        switch self {
        case .fixed(let amount): ("fixed", amount.minorUnits, nil, nil)
        case .indexed(let figure, let previous, let published):
            ("indexed", published?.minorUnits, figure?.description, previous?.description)
        }
    }
}

private struct DuesRateRow: RowDecodable {
    let rate: DuesRate

    static var columns: SQL {
        """
        r.id, r.year, r.basis, r.amount_minor, r.index_figure::text, r.previous_index_figure::text, d.id, d.reference
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        let id = try row.identifier(DuesRate.self)
        let year = Int(try row.next(Int32.self))
        let basis = try row.next(String.self)
        let amount = try row.next(Int64?.self).map(Money.init(minorUnits:))
        let figure = try row.optional(try row.next(String?.self)) { DecimalFigure($0) }
        let previous = try row.optional(try row.next(String?.self)) { DecimalFigure($0) }
        let decision = DecisionReference(id: try row.identifier(), reference: try row.next())
        rate = DuesRate(
            id: id, year: year,
            basis: basis == "fixed" ? .fixed(amount ?? .zero) : .indexed(figure: figure, previous: previous, published: amount),
            decision: decision)
    }
}

private struct VATRuleRow: RowDecodable {
    let rule: VATRule

    static var columns: SQL { "r.charge, r.during, r.category, r.basis_points, d.reference" }

    init(row: inout Row) throws(DecodingFailure) {
        let charge = try row.word(ChargeKind.self)
        let term = try row.term()
        rule = VATRule(charge: charge, term: term, rate: try row.vatRate(), decision: try row.next())
    }
}
