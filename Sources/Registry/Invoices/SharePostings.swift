public import Domain
public import Postgres

extension Documents {
    /// The same document with who shares the totals on its lines, for whoever asks how they came to be.
    ///
    /// It shows names and weights of other participants, so it is for those who keep the books.
    public static func tellingWhoShares(_ document: PostedDocument, in work: Work) async throws -> PostedDocument {
        var postings: [ChargeKey: [SharePosting]] = [:]
        var told = document
        for (index, line) in document.lines.enumerated() where line.key.charge == .sharedCost {
            if postings[line.key] == nil { postings[line.key] = try await sharePostings(beside: line.key, in: work) }
            told.lines[index].circles = LineCircles(of: line.derivation, postedBy: document.run, postings[line.key] ?? [])
        }
        return told
    }

    /// The same of an invoice with what was taken back of it.
    public static func tellingWhoShares(_ invoice: InvoiceRecord, in work: Work) async throws -> InvoiceRecord {
        InvoiceRecord(
            document: try await tellingWhoShares(invoice.document, in: work), credited: invoice.credited, creditNotes: invoice.creditNotes)
    }

    /// What was posted of a product's shared totals in a key's billing period, one posting an organisation and run, by the organisation's name.
    private static func sharePostings(beside key: ChargeKey, in work: Work) async throws -> [SharePosting] {
        let subject = key.subject.description
        // By organisation, so that the key's index leads to the lines.
        return try await work.transaction.query(
            """
            SELECT \(SharePosting.columns) FROM (
                SELECT DISTINCT ON (l.organisation_id, d.run_id) d.run_id, l.organisation_id, l.derivation
                FROM document_line AS l JOIN document AS d USING (kind, number)
                WHERE l.organisation_id = ANY(ARRAY(SELECT organisation_id FROM agreement WHERE subject = \(subject)))
                    AND l.subject = \(subject) AND l.charge = \(key.charge.rawValue) AND l.billing_period = \(key.period?.description)
                ORDER BY l.organisation_id, d.run_id, l.revision DESC, l.part DESC
            ) AS p JOIN organisation AS o ON o.id = p.organisation_id
            ORDER BY o.name COLLATE "da-x-icu", o.id, p.run_id
            """)
    }
}

extension SharePosting: RowDecodable {
    public static var columns: SQL { "p.run_id, p.organisation_id, o.name, p.derivation" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            run: try row.next(), organisation: try row.identifier(), name: try row.next(), derivation: try row.derivation().now)
    }
}
