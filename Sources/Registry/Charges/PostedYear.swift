import Domain
import Postgres

/// What stands posted for a year.
enum PostedYear {
    /// Invoices less credit notes, key by key; charges without a period count in the year they fell due.
    static func sums(in year: BillingPeriod, work: Work) async throws -> [(key: ChargeKey, net: Money)] {
        let rows = try await work.transaction.query(
            """
            SELECT \(PostedSum.columns) FROM document_line GROUP BY organisation_id, subject, charge, billing_period
            HAVING extract(year FROM min(lower(covers))) = \(Int32(clamping: year.year)) OR left(billing_period, 4) = \(year.description)
            """, as: PostedSum.self)
        let years = ComparedYears(target: year)
        return rows.filter { years.side(of: $0.key, chargedFor: $0.day) == .now }.map { ($0.key, $0.sum) }
    }
}

private struct PostedSum: RowDecodable, Sendable {
    let key: ChargeKey
    let sum: Money
    let day: CivilDate

    static var columns: SQL {
        """
        organisation_id, subject, charge, billing_period, sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END)::bigint,
        min(lower(covers))
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        sum = try row.money()
        day = try row.date()
    }
}
