import Domain
import Postgres

/// What a run reads before it meets the first party.
struct ChargeFacts {
    let terms: ChargeTerms
    let settings: Settings
    let adjustments: [Identifier<Organisation>: [(year: BillingPeriod, adjustment: Adjustment)]]

    static func load(_ target: BillingPeriod, in work: Work) async throws -> ChargeFacts {
        let settings = try await SettingStore.load(in: work)
        let window = ChargeWindow(chargesBegin: try settings.chargesBegin(), target: target)
        let terms = ChargeTerms(
            window: window, tariff: try await RateStore.tariff(in: work), vat: try await RateStore.vatRules(in: work))
        let adjustments = try await work.transaction.query(
            """
            SELECT \(AdjustmentRow.columns) FROM adjustment AS a JOIN decision AS d ON d.id = a.decision_id
            WHERE a.subject = 'association' AND a.charge = 'dues' ORDER BY a.id
            """, as: AdjustmentRow.self)
        return ChargeFacts(
            terms: terms, settings: settings,
            adjustments: Dictionary(grouping: adjustments, by: \.organisation).mapValues { $0.map { ($0.year, $0.adjustment) } })
    }
}

private struct AdjustmentRow: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let year: BillingPeriod
    let adjustment: Adjustment

    static var columns: SQL { "a.organisation_id, a.billing_period, a.id, a.amount_minor, a.reason, d.id, d.reference" }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        year = try row.domain(try row.next(String.self)) { BillingPeriod($0) }
        adjustment = Adjustment(
            id: try row.identifier(), amount: try row.money(), reason: try row.next(),
            decision: DecisionReference(id: try row.identifier(), reference: try row.next()))
    }
}
