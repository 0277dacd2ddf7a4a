import Domain

// The operations on invoices, credit notes and runs, as the document describes them.

extension OperationShape {
    /// Invoices, newest first.
    package static let listInvoices = OperationShape(
        "listInvoices", "/api/v1/invoices", for: .business, in: .invoices, answers: .list,
        [.id("organisation"), .id("run"), .year("year")])

    /// An invoice.
    package static let getInvoice = OperationShape(
        "getInvoice", "/api/v1/invoices/{number}", for: .business, in: .invoices, answers: .item,
        [.path("number")])

    /// Why an invoice is what it is.
    package static let explainInvoice = OperationShape(
        "explainInvoice", "/api/v1/invoices/{number}/explanation", for: .business, in: .invoices, answers: .item,
        [.path("number")])

    /// The e-invoice.
    package static let getInvoiceDocument = OperationShape(
        "getInvoiceDocument", "/api/v1/invoices/{number}/document", for: .business, in: .invoices, answers: .file,
        [.path("number"), .word("format", of: ["peppol"])])

    /// Credit notes, newest first.
    package static let listCreditNotes = OperationShape(
        "listCreditNotes", "/api/v1/credit-notes", for: .business, in: .invoices, answers: .list,
        [.id("organisation"), .id("run"), .year("year")])

    /// A credit note.
    package static let getCreditNote = OperationShape(
        "getCreditNote", "/api/v1/credit-notes/{number}", for: .business, in: .invoices, answers: .item,
        [.path("number")])

    /// Why a credit note is what it is.
    package static let explainCreditNote = OperationShape(
        "explainCreditNote", "/api/v1/credit-notes/{number}/explanation", for: .business, in: .invoices, answers: .item,
        [.path("number")])

    /// The electronic credit note.
    package static let getCreditNoteDocument = OperationShape(
        "getCreditNoteDocument", "/api/v1/credit-notes/{number}/document", for: .business, in: .invoices, answers: .file,
        [.path("number"), .word("format", of: ["peppol"])])

    /// Runs, newest first.
    package static let listInvoiceRuns = OperationShape(
        "listInvoiceRuns", "/api/v1/invoice-runs", for: .runs, in: .invoices, answers: .list)

    /// A run.
    package static let getInvoiceRun = OperationShape(
        "getInvoiceRun", "/api/v1/invoice-runs/{run}", for: .runs, in: .invoices, answers: .item,
        [.path("run")])
}
