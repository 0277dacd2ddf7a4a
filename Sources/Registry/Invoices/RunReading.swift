public import Domain
public import Postgres

/// Posted runs with their sums over everybody, for those who see everybody.
public enum InvoiceRuns {
    /// All of them, the newest first, for the command line.
    public static func list(in work: Work) async throws -> [RunRecord] {
        try await work.transaction.query("SELECT \(RunRecord.columns) FROM \(RunRecord.table(of: "invoice_run")) ORDER BY r.id DESC")
    }

    /// The newest first.
    ///
    /// - Throws: ``AccessRefusal/forbidden`` for a caller who does not see all organisations.
    public static func page(_ request: PageRequest, for caller: Caller, in work: Work) async throws -> Page<RunRecord> {
        guard caller.role.seesAll else { throw AccessRefusal.forbidden }
        return try await Listing(table: RunRecord.served, key: "r.id", isDescending: true).page(request, where: "true", in: work)
    }

    /// - Throws: ``AccessRefusal/forbidden`` as ``page(_:for:in:)``, ``AccessRefusal/notFound``.
    public static func find(_ id: Int64, for caller: Caller, in work: Work) async throws -> RunRecord {
        guard caller.role.seesAll else { throw AccessRefusal.forbidden }
        let found = try await work.transaction.first(
            "SELECT \(RunRecord.columns) FROM \(RunRecord.served) WHERE r.id = \(id)", as: RunRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }
}

extension RunRecord: RowDecodable {
    /// The sums are in no column that a session may read; a function tells them to those who see everybody.
    fileprivate static var served: SQL { table(of: "posted_runs()") }

    /// A reversal that nobody prepared does not say which run it took back; the invoices it credits do, each of them. So each is looked up once, and told from both
    /// sides: by the run it took back, and by itself.
    fileprivate static func table(of runs: SQL) -> SQL {
        """
        (
            WITH reversal AS MATERIALIZED (
                SELECT b.id, (
                    SELECT i.run_id FROM document AS n JOIN document AS i ON i.kind = 'invoice' AND i.number = n.credits_invoice
                    WHERE n.kind = 'creditNote' AND n.run_id = b.id LIMIT 1) AS reversed
                FROM invoice_run AS b WHERE b.kind = 'reversal')
            SELECT posted.*, own.reversed AS reverses, first.id AS reversed_by FROM \(runs) AS posted LEFT JOIN reversal AS own ON own.id = posted.id
            LEFT JOIN (SELECT reversed, min(id) AS id FROM reversal GROUP BY reversed) AS first ON first.reversed = posted.id
        ) AS r LEFT JOIN prepared_run AS p ON p.run_id = r.id
        """
    }

    public static var columns: SQL {
        """
        r.id, r.kind, r.target, coalesce(r.scope, p.scope), r.reverses, r.inputs, coalesce(r.accepted, p.accepted), p.prepared_by, p.prepared_on, p.approved_by,
        p.approved_on, r.issued_on, r.posted_by, r.reversed_by, r.invoices, r.credit_notes, r.net_minor, r.vat_minor
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.next(), kind: try row.word(),
            preparation: RunPreparation(
                target: try row.domain(try row.next(String.self)) { BillingPeriod($0) }, scope: try row.next(), reverses: try row.next(),
                inputs: RunHash(digest: try row.next([UInt8].self)), accepted: try row.next(), preparedBy: try row.next(),
                preparedOn: try row.optionalDate(), approvedBy: try row.next(), approvedOn: try row.optionalDate()),
            postedOn: try row.date(), postedBy: try row.next(), reversedBy: try row.next(), invoices: try row.next(),
            creditNotes: try row.next(), net: try row.money(), tax: try row.money())
    }
}
