public import Domain
public import Postgres

/// Posted runs with their sums over everybody, for those who see everybody.
public enum InvoiceRuns {
    /// The newest first.
    ///
    /// - Throws: ``AccessRefusal/forbidden`` for a caller who does not see all organisations.
    public static func page(_ request: PageRequest, for caller: Caller, in work: Work) async throws -> Page<InvoiceRunRecord> {
        guard caller.role.seesAll else { throw AccessRefusal.forbidden }
        return try await Listing(table: InvoiceRunRecord.table, key: "r.id", isDescending: true).page(request, where: "true", in: work)
    }

    /// - Throws: ``AccessRefusal/forbidden`` as ``page(_:for:in:)``, ``AccessRefusal/notFound``.
    public static func find(_ id: Int64, for caller: Caller, in work: Work) async throws -> InvoiceRunRecord {
        guard caller.role.seesAll else { throw AccessRefusal.forbidden }
        let found = try await work.transaction.first(
            "SELECT \(InvoiceRunRecord.columns) FROM \(InvoiceRunRecord.table) WHERE r.id = \(id)", as: InvoiceRunRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }
}

extension InvoiceRunRecord: RowDecodable {
    /// The sums are in no column that a session may read; a function tells them to those who see everybody.
    fileprivate static var table: SQL { "posted_runs() AS r LEFT JOIN prepared_run AS p ON p.run_id = r.id" }

    /// A reversal that nobody prepared does not say which run it took back; the invoices it credits do.
    public static var columns: SQL {
        """
        r.id, r.target, coalesce(p.scope, r.kind), coalesce(p.reverses, (
            SELECT min(i.run_id) FROM document AS n JOIN document AS i ON i.kind = 'invoice' AND i.number = n.credits_invoice
            WHERE r.kind = 'reversal' AND n.kind = 'creditNote' AND n.run_id = r.id)),
        r.inputs, p.accepted, p.prepared_by, p.prepared_on, p.approved_by, p.approved_on, r.issued_on, r.invoices,
        r.credit_notes, r.net_minor, r.vat_minor
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.next(),
            preparation: RunPreparation(
                target: try row.domain(try row.next(String.self)) { BillingPeriod($0) }, scope: try row.next(), reverses: try row.next(),
                inputs: RunHash(digest: try row.next([UInt8].self)), accepted: try row.next(), preparedBy: try row.next(),
                preparedOn: try row.optionalDate(), approvedBy: try row.next(), approvedOn: try row.optionalDate()),
            postedOn: try row.date(), invoices: try row.next(), creditNotes: try row.next(), net: try row.money(), tax: try row.money())
    }
}
