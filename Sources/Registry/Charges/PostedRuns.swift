public import Domain
public import Postgres

/// Runs that were posted.
public enum PostedRuns {
    /// All of them, the newest first.
    public static func list(in work: Work) async throws -> [RunRecord] {
        try await work.transaction.query(
            """
            WITH reversal AS (
                SELECT note.run_id AS id, min(invoice.run_id) AS reverses
                FROM invoice_run AS run JOIN document AS note ON note.run_id = run.id
                JOIN document AS invoice ON invoice.kind = 'invoice' AND invoice.number = note.credits_invoice
                WHERE run.kind = 'reversal' GROUP BY note.run_id
            )
            SELECT \(RunRecord.columns) FROM invoice_run AS run LEFT JOIN reversal AS own ON own.id = run.id
            LEFT JOIN reversal AS back ON back.reverses = run.id ORDER BY run.id DESC
            """)
    }
}

extension RunRecord: RowDecodable {
    public static var columns: SQL {
        """
        run.id, run.kind, run.target, run.issued_on, run.posted_by, run.invoices, run.credit_notes, run.net_minor, run.vat_minor, own.reverses,
        back.id
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.next(), kind: try row.word(), target: try row.domain(try row.next(String.self)) { BillingPeriod($0) },
            postedOn: try row.date(), postedBy: try row.next(), invoices: try row.next(), creditNotes: try row.next(),
            net: try row.money(), tax: try row.money(), reverses: try row.next(), reversedBy: try row.next())
    }
}
