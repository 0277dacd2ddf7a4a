public import Domain
import Postgres

/// A run beside the year before: what is new, gone or changed, and why.
public enum RunComparison {
    /// Compares the target's year, as posted and as a run would post it now, with what stands posted of the year before. Charges without a
    /// period count in the year they fell due.
    public static func compare(_ target: BillingPeriod, _ scope: ChargeScope, in work: Work) async throws -> [YearChange] {
        // A reference that is missing holds a document back, and says nothing of what the year comes to.
        let preview = try await ChargeRun.amounts(target, scope, in: work)
        var comparison = YearComparison(target: target)
        let years = [String(target.year - 1), String(target.year)]
        let posted = try await work.transaction.query(
            """
            SELECT \(PostedKeyRow.columns) FROM (
                SELECT organisation_id, subject, charge, billing_period,
                    sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END)::bigint AS net_minor,
                    (array_agg(derivation ORDER BY revision DESC, part DESC))[1] AS derivation, min(lower(covers)) AS day
                FROM document_line
                WHERE left(billing_period, 4) = ANY(\(years)) OR (billing_period IS NULL AND extract(year FROM lower(covers))::text = ANY(\(years)))
                GROUP BY organisation_id, subject, charge, billing_period
            ) AS key
            """, as: PostedKeyRow.self)
        for row in posted where scope.contains(row.key.subject) { try comparison.add(row.key, on: row.day, row.net, row.derivation.now) }
        for document in preview.outcomes.flatMap(\.outcome.documents) {
            for line in document.lines {
                try comparison.add(
                    line.key, on: line.covers.first, try document.kind.counted(line.net), line.derivation.now)
            }
        }
        for parking in preview.outcomes.flatMap(\.outcome.parked) {
            if let key = parking.key { comparison.park(key, for: parking.reason) }
        }
        let names = Dictionary(uniqueKeysWithValues: try await Organisations.list(in: work).map { ($0.id, $0.name) })
        let successions = try await Succession.all(in: work)
        return comparison.changes(after: successions) { names[$0] ?? $0.description }
    }
}

private struct PostedKeyRow: RowDecodable, Sendable {
    let key: ChargeKey
    let net: Money
    let derivation: LineDerivation
    let day: CivilDate

    static var columns: SQL { "organisation_id, subject, charge, billing_period, net_minor, derivation, day" }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        net = try row.money()
        derivation = try row.derivation()
        day = try row.date()
    }
}
