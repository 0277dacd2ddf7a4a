/// The two kinds of document, each with its own consecutive series of numbers.
public enum DocumentKind: String, Sendable, CaseIterable {
    /// What is to be paid (*faktura*).
    case invoice
    /// What is given back, on one invoice (*kreditnota*).
    case creditNote

    /// An amount of such a document as it counts in a sum: what is given back counts against what is to be paid.
    public func counted(_ amount: Money) throws(ArithmeticOverflow) -> Money { self == .invoice ? amount : try amount.negated() }
}

/// One line of a document: a posting of a key, or a part of one. The amount is positive in both kinds of document.
public struct DraftLine: Sendable, Hashable {
    public let key: ChargeKey
    public let revision: Int32
    public let part: Int32
    public let covers: Period
    public let net: Money
    public let vat: VATTreatment
    public let derivation: LineDerivation
    /// The invoice line a credit takes from.
    public let credits: LineReference?

    /// Something stood posted on the key, or this is a credit (rule 6).
    public var isCorrection: Bool { credits != nil || derivation.postedBefore > .zero }
}

/// A line of a posted invoice.
public struct LineReference: Sendable, Hashable {
    public let invoice: Int64
    public let line: Int32

    public init(invoice: Int64, line: Int32) {
        self.invoice = invoice
        self.line = line
    }
}

/// The tax of a document at one rate.
public struct TaxAmount: Sendable, Hashable {
    public let rate: VATRate
    public let base: Money
    public let tax: Money

    public init(rate: VATRate, base: Money, tax: Money) {
        self.rate = rate
        self.base = base
        self.tax = tax
    }
}

/// A document before it has a number and a date: what a preview shows and a run posts.
public struct DraftDocument: Sendable, Hashable {
    public let kind: DocumentKind
    public let organisation: Identifier<Organisation>
    /// The invoice a credit note corrects.
    public let credits: OpenInvoice?
    public let lines: [DraftLine]
    public let taxes: [TaxAmount]
    public let net: Money
    public let tax: Money
    public let gross: Money

    /// An invoice: VAT once per rate on the sum of its lines (DOMAIN §3).
    static func invoice(_ lines: [DraftLine], to organisation: Identifier<Organisation>) throws(ArithmeticOverflow) -> DraftDocument {
        try DraftDocument(.invoice, lines, to: organisation, credits: nil) { rate, base throws(ArithmeticOverflow) in try rate.tax(on: base)
        }
    }

    /// A credit note: VAT per rate on its own lines, at most what remains of the invoice's; the note that leaves nothing takes all that remains
    /// (rule 8).
    static func creditNote(
        _ lines: [DraftLine], to organisation: Identifier<Organisation>, on invoice: OpenInvoice
    ) throws(ArithmeticOverflow) -> DraftDocument {
        try DraftDocument(.creditNote, lines, to: organisation, credits: invoice) { rate, base throws(ArithmeticOverflow) in
            guard let left = invoice.taxes.first(where: { $0.rate == rate }) else { return try rate.tax(on: base) }
            return base == left.net ? left.tax : min(try rate.tax(on: base), left.tax)
        }
    }

    private init(
        _ kind: DocumentKind, _ lines: [DraftLine], to organisation: Identifier<Organisation>, credits: OpenInvoice?,
        tax: (VATRate, Money) throws(ArithmeticOverflow) -> Money
    ) throws(ArithmeticOverflow) {
        var taxes: [TaxAmount] = []
        for rate in Set(lines.map(\.vat.rate)).sorted() {
            let base = try Money.sum(lines.lazy.filter { $0.vat.rate == rate }.map(\.net))
            taxes.append(TaxAmount(rate: rate, base: base, tax: try tax(rate, base)))
        }
        self.kind = kind
        self.organisation = organisation
        self.credits = credits
        self.lines = lines
        self.taxes = taxes
        net = try Money.sum(taxes.lazy.map(\.base))
        self.tax = try Money.sum(taxes.lazy.map(\.tax))
        gross = try net + self.tax
    }
}
