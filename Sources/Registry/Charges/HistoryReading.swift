import Domain
import Foundation
import Postgres

/// Reads what corrections need of earlier postings, for all differing keys of a page at once.
///
/// What has been credited is added up once for the page and then joined. Looked up for each line, it made the server read the whole table
/// for every line of a young database, whose statistics still say that the tables are empty.
enum HistoryReading {
    static func load(_ assessments: [Assessment], in work: Work) async throws -> PartyHistory {
        try await load(assessments.flatMap(\.differences).filter(\.needsHistory).map(\.key), in: work)
    }

    static func load(_ keys: [ChargeKey], in work: Work) async throws -> PartyHistory {
        if keys.isEmpty { return .none }
        let wanted = Set(keys)
        let organisations = Set(keys.map(\.organisation.value)).sorted()
        let latest = try await work.transaction.query(
            """
            SELECT DISTINCT ON (organisation_id, subject, charge, billing_period) \(LatestRow.columns)
            FROM document_line WHERE organisation_id = ANY(\(organisations))
            ORDER BY organisation_id, subject, charge, billing_period, revision DESC, part DESC
            """, as: LatestRow.self
        ).filter { wanted.contains($0.key) }
        let open = try await work.transaction.query(
            """
            WITH credited AS MATERIALIZED (
                SELECT d.credits_invoice AS number, c.credits_line AS line, sum(c.net_minor)::bigint AS net_minor
                FROM document_line AS c JOIN document AS d USING (kind, number)
                WHERE c.kind = 'creditNote' AND c.organisation_id = ANY(\(organisations)) GROUP BY 1, 2
            )
            SELECT \(OpenRow.columns) FROM document_line AS l LEFT JOIN credited USING (number, line)
            WHERE l.organisation_id = ANY(\(organisations)) AND l.kind = 'invoice' AND l.net_minor > coalesce(credited.net_minor, 0)
            ORDER BY l.revision DESC, l.part DESC
            """, as: OpenRow.self
        ).filter { wanted.contains($0.key) }
        let openByKey = Dictionary(grouping: open, by: \.key).mapValues { $0.map(\.line) }
        var histories: [ChargeKey: KeyHistory] = [:]
        for row in latest {
            histories[row.key] = KeyHistory(key: row.key, latest: row.derivation, open: openByKey[row.key] ?? [])
        }
        return PartyHistory(keys: histories, invoices: try await invoices(Set(open.map(\.line.invoice)), in: work))
    }

    /// The invoices behind some lines, with what is left at each rate.
    private static func invoices(_ wanted: Set<Int64>, in work: Work) async throws -> [Int64: OpenInvoice] {
        let numbers = wanted.sorted()
        let rows = try await work.transaction.query(
            """
            WITH credited AS MATERIALIZED (
                SELECT n.credits_invoice AS number, c.category, c.basis_points, sum(c.base_minor)::bigint AS base, sum(c.tax_minor)::bigint AS tax
                FROM document AS n JOIN document_tax AS c USING (kind, number)
                WHERE n.kind = 'creditNote' AND n.credits_invoice = ANY(\(numbers)) GROUP BY 1, 2, 3
            )
            SELECT \(OpenTaxRow.columns) FROM document AS i JOIN document_tax AS t USING (kind, number)
            LEFT JOIN credited USING (number, category, basis_points)
            WHERE i.kind = 'invoice' AND i.number = ANY(\(numbers))
            """, as: OpenTaxRow.self)
        return Dictionary(grouping: rows, by: \.invoice).reduce(into: [:]) { invoices, entry in
            guard let first = entry.value.first else { return }
            invoices[entry.key] = OpenInvoice(number: entry.key, issuedOn: first.issuedOn, taxes: entry.value.map(\.tax))
        }
    }
}

extension Row {
    /// Organisation and subject.
    mutating func chargePlace() throws(DecodingFailure) -> ChargePlace {
        ChargePlace(organisation: try identifier(), subject: try domain(try next(String.self)) { Subject($0) })
    }

    /// The key columns: organisation, subject, charge, billing period.
    mutating func chargeKey() throws(DecodingFailure) -> ChargeKey {
        let place = try chargePlace()
        let charge = try word(ChargeKind.self)
        let period = try optional(try next(String?.self)) { BillingPeriod($0) }
        return ChargeKey(organisation: place.organisation, subject: place.subject, charge: charge, period: period)
    }

    /// A stored derivation. One that its own facts do not give again is a failure.
    mutating func derivation() throws(DecodingFailure) -> LineDerivation {
        try domain(try next(JSONB.self)) { try? JSONDecoder().decode(LineDerivation.self, from: Data($0.text.utf8)) }
    }

    /// The fees that a document tells of; none where there are none. One that its own facts do not waive is a failure, like a derivation.
    mutating func waived() throws(DecodingFailure) -> [Waiver] {
        try optional(try next(JSONB?.self)) { try? JSONDecoder().decode([Waiver].self, from: Data($0.text.utf8)) } ?? []
    }

    mutating func vatRate() throws(DecodingFailure) -> VATRate {
        let category = try word(VATRate.Category.self)
        return try domain(try next(Int32.self)) { VATRate(category, basisPoints: $0) }
    }

    /// Category, rate and the decision behind them.
    mutating func vatTreatment() throws(DecodingFailure) -> VATTreatment { VATTreatment(rate: try vatRate(), decision: try next()) }
}

private struct LatestRow: RowDecodable, Sendable {
    let key: ChargeKey
    let derivation: LineDerivation

    static var columns: SQL { "organisation_id, subject, charge, billing_period, derivation" }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        derivation = try row.derivation()
    }
}

private struct OpenRow: RowDecodable, Sendable {
    let key: ChargeKey
    let line: OpenLine

    static var columns: SQL {
        """
        l.organisation_id, l.subject, l.charge, l.billing_period, l.number, l.line, l.revision, l.part, l.covers, l.vat_category,
        l.vat_basis_points, l.vat_decision, l.net_minor - coalesce(credited.net_minor, 0)
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        line = OpenLine(
            invoice: try row.next(), line: try row.next(), revision: try row.next(), part: try row.next(), covers: try row.period(),
            vat: try row.vatTreatment(), remaining: try row.money())
    }
}

private struct OpenTaxRow: RowDecodable, Sendable {
    let invoice: Int64
    let issuedOn: CivilDate
    let tax: OpenTax

    static var columns: SQL {
        """
        i.number, i.issued_on, t.category, t.basis_points, t.base_minor - coalesce(credited.base, 0), t.tax_minor - coalesce(credited.tax, 0)
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        invoice = try row.next()
        issuedOn = try row.date()
        tax = OpenTax(rate: try row.vatRate(), net: try row.money(), tax: try row.money())
    }
}
