/// An invoice in a list, with what its credit notes took back. Amounts include VAT unless they are called net.
public struct InvoiceEntry: Sendable, Hashable {
    public let document: DocumentSummary
    /// The sum of its credit notes, from nothing to all of it.
    public let credited: Money

    /// How much of an invoice was credited.
    public enum Credited: String, Sendable, CaseIterable {
        case no, partly, wholly
    }

    package init(document: DocumentSummary, credited: Money) {
        self.document = document
        self.credited = credited
    }

    /// What is left after its credit notes; whether it was paid is the accounts' business.
    public func open() throws(ArithmeticOverflow) -> Money { try document.gross() - credited }

    public func extent() throws(ArithmeticOverflow) -> Credited {
        if credited == .zero { return .no }
        return try open() == .zero ? .wholly : .partly
    }
}

/// Which invoices of an organisation are asked for.
public enum InvoiceStatus: String, Sendable, CaseIterable {
    /// Something is left after credit notes.
    case open
    /// Something was credited.
    case credited
}

/// A credit note in a list; its amounts are positive.
public struct CreditNoteEntry: Sendable, Hashable {
    public let document: DocumentSummary

    package init(document: DocumentSummary) { self.document = document }
}

/// A whole invoice with the credit notes on it.
public struct InvoiceRecord: Sendable, Hashable {
    public let document: PostedDocument
    /// The sum of its credit notes, VAT included.
    public let credited: Money
    /// Their numbers.
    public let creditNotes: [Int64]

    package init(document: PostedDocument, credited: Money, creditNotes: [Int64]) {
        self.document = document
        self.credited = credited
        self.creditNotes = creditNotes
    }

    /// What is left after its credit notes, VAT included.
    public func open() throws(ArithmeticOverflow) -> Money { try document.gross() - credited }
}
