import Domain
import EInvoice
import Interchange
import Registry
import Wording

extension Operation {
    /// Posted documents, how they came to be, and the runs that posted them.
    package static let invoices: [Operation] = [
        .list(
            .listInvoices,
            { request, caller, work in
                try await Documents.invoices(
                    to: try request.optionalIdentifier("organisation"), of: try request.optionalID("run"),
                    issuedIn: try request.wholeYear(), request.page, for: caller, in: work)
            }, { try $0.write(to: &$1) }),
        .item(.getInvoice, { try await Documents.invoice(try $0.id("number"), for: $1, in: $2) }, { try $0.write(to: &$1) }),
        explanation(.explainInvoice, .invoice),
        eInvoice(.getInvoiceDocument, .invoice),
        .list(
            .listCreditNotes,
            { request, caller, work in
                try await Documents.creditNotes(
                    to: try request.optionalIdentifier("organisation"), of: try request.optionalID("run"),
                    issuedIn: try request.wholeYear(), request.page, for: caller, in: work)
            }, { try $0.write(to: &$1) }),
        .item(
            .getCreditNote, { try await Documents.find(.creditNote, try $0.id("number"), for: $1, in: $2) },
            { try $0.writeCreditNote(to: &$1) }),
        explanation(.explainCreditNote, .creditNote),
        eInvoice(.getCreditNoteDocument, .creditNote),
        .list(.listInvoiceRuns, { try await InvoiceRuns.page($0.page, for: $1, in: $2) }, { try $0.write(to: &$1) }),
        .item(.getInvoiceRun, { try await InvoiceRuns.find(try $0.id("run"), for: $1, in: $2) }, { try $0.write(to: &$1) }),
    ]

    private static func explanation(_ shape: OperationShape, _ kind: DocumentKind) -> Operation {
        Operation(shape) { request, register in
            let document = try await request.read(register) { try await Documents.find(kind, try request.id("number"), for: $1, in: $0) }
            return try .item { try document.writeExplanation(to: &$0, in: request.language) }
        }
    }

    /// What the receiver's system gets: in Danish, whoever asks.
    private static func eInvoice(_ shape: OperationShape, _ kind: DocumentKind) -> Operation {
        Operation(shape) { request, register in
            let document = try await request.read(register) { try await Documents.find(kind, try request.id("number"), for: $1, in: $0) }
            return .file(
                try PeppolBilling.write(document) { $0.text(in: .danish) }, mediaType: "application/xml", name: document.eInvoiceName)
        }
    }
}
