/// A posted invoice line that has something left to credit.
public struct OpenLine: Sendable, Hashable {
    public let invoice: Int64
    public let line: Int32
    public let revision: Int32
    public let part: Int32
    public let covers: Period
    public let vat: VATTreatment
    /// Invoiced less credited, above zero.
    public let remaining: Money

    public init(invoice: Int64, line: Int32, revision: Int32, part: Int32, covers: Period, vat: VATTreatment, remaining: Money) {
        self.invoice = invoice
        self.line = line
        self.revision = revision
        self.part = part
        self.covers = covers
        self.vat = vat
        self.remaining = remaining
    }
}

/// What is left of a posted invoice at one VAT rate after earlier credit notes.
public struct OpenTax: Sendable, Hashable {
    public let rate: VATRate
    public let net: Money
    public let tax: Money

    public init(rate: VATRate, net: Money, tax: Money) {
        self.rate = rate
        self.net = net
        self.tax = tax
    }
}

/// What a correction of a key needs to know of its earlier postings.
public struct KeyHistory: Sendable {
    public let key: ChargeKey
    /// The derivation of the newest posting.
    public let latest: LineDerivation
    /// Lines with something left, newest first: by revision, then part, both descending.
    public let open: [OpenLine]

    public init(key: ChargeKey, latest: LineDerivation, open: [OpenLine]) {
        self.key = key
        self.latest = latest
        self.open = open
    }
}

/// A posted invoice as a credit note refers to it.
public struct OpenInvoice: Sendable, Hashable {
    public let number: Int64
    public let issuedOn: CivilDate
    public let taxes: [OpenTax]

    public init(number: Int64, issuedOn: CivilDate, taxes: [OpenTax]) {
        self.number = number
        self.issuedOn = issuedOn
        self.taxes = taxes
    }
}

/// The history behind one party's differences.
public struct PartyHistory: Sendable {
    public let keys: [ChargeKey: KeyHistory]
    public let invoices: [Int64: OpenInvoice]

    public init(keys: [ChargeKey: KeyHistory], invoices: [Int64: OpenInvoice]) {
        self.keys = keys
        self.invoices = invoices
    }

    public static let none = PartyHistory(keys: [:], invoices: [:])
}
