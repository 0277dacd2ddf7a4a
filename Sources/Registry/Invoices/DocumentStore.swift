public import Domain
public import Postgres

/// Posted documents, read back.
public enum Documents {
    /// All invoices by number, each with what its credit notes took back; of one run when it is named.
    public static func invoices(of run: Int64? = nil, in work: Work) async throws -> [InvoiceEntry] {
        try await entries(.invoice, of: run, in: work)
    }

    /// All credit notes by number; of one run when it is named.
    public static func creditNotes(of run: Int64? = nil, in work: Work) async throws -> [CreditNoteEntry] {
        try await entries(.creditNote, of: run, in: work).map { CreditNoteEntry(document: $0.document) }
    }

    private static func entries(_ kind: DocumentKind, of run: Int64?, in work: Work) async throws -> [InvoiceEntry] {
        try await work.transaction.query(
            """
            SELECT \(InvoiceEntry.columns) FROM \(InvoiceEntry.table(of: kind))
            WHERE \(run)::bigint IS NULL OR d.run_id = \(run) ORDER BY d.number
            """)
    }

    /// A whole invoice, and what its credit notes took back.
    /// - Throws: ``Refusal`` by `UNKNOWN_INVOICE`.
    public static func invoice(_ number: Int64, in work: Work) async throws -> InvoiceRecord {
        try await withCreditNotes(try await find(.invoice, number, in: work), in: work)
    }

    static func withCreditNotes(_ invoice: PostedDocument, in work: Work) async throws -> InvoiceRecord {
        let notes = try await work.transaction.query(
            """
            SELECT \(NoteRow.columns) FROM document AS n WHERE n.kind = 'creditNote' AND n.credits_invoice = \(invoice.number) ORDER BY n.number
            """, as: NoteRow.self)
        return InvoiceRecord(document: invoice, credited: try Money.sum(notes.map(\.gross)), creditNotes: notes.map(\.number))
    }

    /// One document, whole.
    /// - Throws: ``Refusal`` by `UNKNOWN_INVOICE`, `UNKNOWN_CREDIT_NOTE`.
    public static func find(_ kind: DocumentKind, _ number: Int64, in work: Work) async throws -> PostedDocument {
        let found = try await load(kind, from: number, through: number, in: work)
        guard let document = found.first else { throw Refusal(kind == .invoice ? .unknownInvoice : .unknownCreditNote, String(number)) }
        return document
    }

    /// A stretch of a series, whole documents by number. Longer series are read stretch by stretch.
    public static func load(_ kind: DocumentKind, from first: Int64, through last: Int64, in work: Work) async throws -> [PostedDocument] {
        let heads = try await work.transaction.query(
            """
            SELECT \(HeadRow.columns) FROM document AS d JOIN invoice_run AS r ON r.id = d.run_id
            LEFT JOIN document AS i ON i.kind = 'invoice' AND i.number = d.credits_invoice
            WHERE d.kind = \(kind.rawValue) AND d.number BETWEEN \(first) AND \(last) ORDER BY d.number
            """, as: HeadRow.self)
        let lines = try await work.transaction.query(
            """
            SELECT \(LineRow.columns) FROM document_line
            WHERE kind = \(kind.rawValue) AND number BETWEEN \(first) AND \(last) ORDER BY number, line
            """, as: LineRow.self)
        let taxes = try await work.transaction.query(
            """
            SELECT number, category, basis_points, base_minor, tax_minor FROM document_tax
            WHERE kind = \(kind.rawValue) AND number BETWEEN \(first) AND \(last) ORDER BY number, category, basis_points
            """, as: TaxRow.self)
        let linesByNumber = Dictionary(grouping: lines, by: \.number).mapValues { $0.map(\.line) }
        let taxesByNumber = Dictionary(grouping: taxes, by: \.number).mapValues { $0.map(\.tax) }
        return heads.map { $0.document(lines: linesByNumber[$0.number] ?? [], taxes: taxesByNumber[$0.number] ?? []) }
    }
}

extension DocumentSummary: RowDecodable {
    public static var columns: SQL {
        "kind, number, run_id, organisation_id, buyer_name, buyer_cvr, issued_on, due_on, credits_invoice, net_minor, vat_minor"
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            kind: try row.word(), number: try row.next(), run: try row.next(), organisation: try row.identifier(),
            buyerName: try row.next(),
            buyerCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) }, issuedOn: try row.date(),
            dueOn: try row.optionalDate(),
            creditsInvoice: try row.next(), net: try row.money(), tax: try row.money())
    }
}

private struct HeadRow: RowDecodable, Sendable {
    let number: Int64
    private let run: Int64
    private let organisation: Identifier<Organisation>
    private let role: PostedDocument.Role
    private let issuedOn: CivilDate
    private let seller: PrintedParty
    private let creditorNumber: String
    private let buyer: PrintedParty
    private let buyerReference: String
    private let orderNumber: String?
    private let accountString: String?
    private let net: Money
    private let tax: Money
    private let waived: [Waiver]

    static var columns: SQL {
        """
        d.number, d.run_id, d.organisation_id, d.issued_on, d.due_on, d.fik, d.credits_invoice, i.issued_on,
        r.seller_name, r.seller_cvr, r.seller_gln, r.seller_street, r.seller_postal_code, r.seller_city, r.creditor_number,
        d.buyer_name, d.buyer_cvr, d.buyer_gln, d.buyer_street, d.buyer_postal_code, d.buyer_city, d.buyer_reference, d.buyer_order_number,
        d.buyer_account_string, d.net_minor, d.vat_minor, d.waived
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        number = try row.next()
        run = try row.next()
        organisation = try row.identifier()
        issuedOn = try row.date()
        let dueOn = try row.optionalDate()
        let payment = try row.optional(try row.next(String?.self)) { FIKReference($0) }
        let credits = try row.next(Int64?.self)
        let creditedOn = try row.optionalDate()
        role = try row.domain((dueOn, payment, credits, creditedOn)) { facts in
            if let dueOn = facts.0, let payment = facts.1 { return .invoice(dueOn: dueOn, payment: payment) }
            if let credits = facts.2, let creditedOn = facts.3 { return .creditNote(of: credits, issuedOn: creditedOn) }
            return nil
        }
        seller = try row.printedParty()
        creditorNumber = try row.next()
        buyer = try row.printedParty()
        buyerReference = try row.next()
        orderNumber = try row.next()
        accountString = try row.next()
        net = try row.money()
        tax = try row.money()
        waived = try row.waived()
    }

    func document(lines: [PostedLine], taxes: [TaxAmount]) -> PostedDocument {
        PostedDocument(
            number: number, run: run, role: role, issuedOn: issuedOn, organisation: organisation, seller: seller,
            creditorNumber: creditorNumber,
            buyer: buyer, buyerReference: buyerReference, orderNumber: orderNumber, accountString: accountString, lines: lines,
            taxes: taxes,
            net: net, tax: tax, waived: waived)
    }
}

extension Row {
    /// Name, CVR number, GLN and address as printed.
    fileprivate mutating func printedParty() throws(DecodingFailure) -> PrintedParty {
        PrintedParty(
            name: try next(), cvr: try optional(try next(String?.self)) { CVRNumber($0) },
            gln: try optional(try next(String?.self)) { GLN($0) },
            address: PostalAddress(street: try next(), postalCode: try next(), city: try next()))
    }
}

private struct LineRow: RowDecodable, Sendable {
    let number: Int64
    let line: PostedLine

    static var columns: SQL {
        """
        number, line, organisation_id, subject, charge, billing_period, revision, covers, net_minor, vat_category, vat_basis_points,
        vat_decision, credits_line, subject_name, account_name, derivation
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        number = try row.next()
        line = PostedLine(
            line: try row.next(), key: try row.chargeKey(), revision: try row.next(), covers: try row.period(), net: try row.money(),
            vat: try row.vatTreatment(), creditsLine: try row.next(), subjectName: try row.next(), accountName: try row.next(),
            derivation: try row.derivation())
    }
}

private struct TaxRow: RowDecodable, Sendable {
    let number: Int64
    let tax: TaxAmount

    static var columns: SQL { "number, category, basis_points, base_minor, tax_minor" }

    init(row: inout Row) throws(DecodingFailure) {
        number = try row.next()
        tax = TaxAmount(rate: try row.vatRate(), base: try row.money(), tax: try row.money())
    }
}

private struct NoteRow: RowDecodable, Sendable {
    let number: Int64
    let gross: Money

    static var columns: SQL { "n.number, n.net_minor + n.vat_minor" }

    init(row: inout Row) throws(DecodingFailure) {
        number = try row.next()
        gross = try row.money()
    }
}
