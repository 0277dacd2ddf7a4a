public import Domain
public import Postgres

// Posted documents as they are served: those that name one of the caller's organisations as receiver.

extension Documents {
    /// Invoices, the newest first.
    ///
    /// - Parameter organisation: only to this one, where it is given; so with the run, the year they were issued in, and what became of them.
    public static func invoices(
        to organisation: Identifier<Organisation>? = nil, of run: Int64? = nil, issuedIn year: BillingPeriod? = nil,
        status: InvoiceStatus? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<InvoiceEntry> {
        try await page(.invoice, to: organisation, of: run, issuedIn: year, status: status, request, for: caller, in: work)
    }

    /// An organisation's invoices, the newest first; as they stood on a day where one is given.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where they are not the caller's business.
    public static func invoices(
        toOrganisation organisation: Identifier<Organisation>, status: InvoiceStatus? = nil, asOf day: CivilDate? = nil,
        _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<InvoiceEntry> {
        try await Organisations.require(organisation, for: caller, in: work)
        return try await page(.invoice, to: organisation, of: nil, issuedIn: nil, status: status, asOf: day, request, for: caller, in: work)
    }

    /// Credit notes, the newest first.
    ///
    /// - Parameter organisation: only to this one, where it is given; so with the run and the year they were issued in.
    public static func creditNotes(
        to organisation: Identifier<Organisation>? = nil, of run: Int64? = nil, issuedIn year: BillingPeriod? = nil, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<CreditNoteEntry> {
        try await page(.creditNote, to: organisation, of: run, issuedIn: year, status: nil, request, for: caller, in: work).map {
            CreditNoteEntry(document: $0.document)
        }
    }

    /// A whole document: what an explanation and an e-invoice are written from.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(
        _ kind: DocumentKind, _ number: Int64, for caller: Caller, in work: Work
    ) async throws -> PostedDocument {
        let known = try await work.transaction.first(
            """
            SELECT d.number FROM document AS d
            WHERE d.kind = \(kind.rawValue) AND d.number = \(number) AND \(caller.sees("d.organisation_id"))
            """, as: Int64.self)
        guard known != nil, let document = try await load(kind, from: number, through: number, in: work).first else {
            throw AccessRefusal.notFound
        }
        return document
    }

    /// A whole invoice, and what its credit notes took back.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    public static func invoice(_ number: Int64, for caller: Caller, in work: Work) async throws -> InvoiceRecord {
        try await withCreditNotes(try await find(.invoice, number, for: caller, in: work), in: work)
    }

    private static func page(
        _ kind: DocumentKind, to organisation: Identifier<Organisation>?, of run: Int64?, issuedIn year: BillingPeriod?,
        status: InvoiceStatus?, asOf day: CivilDate? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<InvoiceEntry> {
        let (first, last) = (year?.firstDay.stored, year?.lastDay.stored)
        // One plan serves all values, and one for every organisation as well as for one would read them all.
        let toOne: SQL = organisation.map { "d.organisation_id = \($0.value)" } ?? "true"
        return try await Listing(table: InvoiceEntry.table(of: kind, asOf: day), key: "d.number", isDescending: true).page(
            request,
            where: """
                d.kind = \(kind.rawValue) AND \(caller.sees("d.organisation_id"))
                AND \(toOne) AND (\(run)::bigint IS NULL OR d.run_id = \(run))
                AND (\(day?.stored)::date IS NULL OR d.issued_on <= \(day?.stored))
                AND (\(first)::date IS NULL OR d.issued_on BETWEEN \(first) AND \(last))
                AND (\(status?.rawValue)::text IS NULL
                    OR (\(status == .open) AND d.net_minor + d.vat_minor > c.gross) OR (\(status == .credited) AND c.gross > 0))
                """, in: work)
    }
}

extension InvoiceEntry: RowDecodable {
    /// A kind's documents alone, so that a number is one's own; with what credit notes on them come to.
    ///
    /// - Parameter day: credit notes of later days do not count.
    static func table(of kind: DocumentKind, asOf day: CivilDate? = nil) -> SQL {
        """
        (SELECT \(DocumentSummary.columns) FROM document WHERE kind = \(kind.rawValue)) AS d
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(n.net_minor + n.vat_minor), 0)::bigint AS gross FROM document AS n
            WHERE n.kind = 'creditNote' AND d.kind = 'invoice' AND n.credits_invoice = d.number
                AND (\(day?.stored)::date IS NULL OR n.issued_on <= \(day?.stored))
        ) AS c
        """
    }

    public static var columns: SQL {
        """
        d.kind, d.number, d.run_id, d.organisation_id, d.buyer_name, d.buyer_cvr, d.issued_on, d.due_on, d.credits_invoice, d.net_minor,
        d.vat_minor, c.gross
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(document: try DocumentSummary(row: &row), credited: try row.money())
    }
}
