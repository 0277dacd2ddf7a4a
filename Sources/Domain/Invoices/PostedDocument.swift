/// A party as a posted document prints it: text of the day of posting, which no later change touches.
public struct PrintedParty: Sendable, Hashable {
    public let name: String
    public let cvr: CVRNumber?
    public let gln: GLN?
    public let address: PostalAddress

    public init(name: String, cvr: CVRNumber?, gln: GLN?, address: PostalAddress) {
        self.name = name
        self.cvr = cvr
        self.gln = gln
        self.address = address
    }
}

/// One posted line, amounts positive.
public struct PostedLine: Sendable, Hashable {
    public let line: Int32
    public let key: ChargeKey
    public let revision: Int32
    public let covers: Period
    public let net: Money
    public let vat: VATTreatment
    /// The line of the corrected invoice that a credit takes from.
    public let creditsLine: Int32?
    /// The product or project as it was called on the day of posting.
    public let subjectName: String?
    /// Whose key it is, where that is a predecessor of the receiver (rule 15).
    public let accountName: String?
    public let derivation: LineDerivation
    /// Who shares the line's totals; read only for whoever asks how they came to be.
    public package(set) var circles = LineCircles.none

    public init(
        line: Int32, key: ChargeKey, revision: Int32, covers: Period, net: Money, vat: VATTreatment, creditsLine: Int32?,
        subjectName: String? = nil, accountName: String? = nil, derivation: LineDerivation
    ) {
        self.line = line
        self.key = key
        self.revision = revision
        self.covers = covers
        self.net = net
        self.vat = vat
        self.creditsLine = creditsLine
        self.subjectName = subjectName
        self.accountName = accountName
        self.derivation = derivation
    }

    /// Something stood posted on the key, or this is a credit (rule 6).
    public var isCorrection: Bool { creditsLine != nil || derivation.postedBefore > .zero }
}

/// A posted invoice or credit note, whole: everything an e-invoice needs.
public struct PostedDocument: Sendable, Hashable {
    /// What tells an invoice from a credit note.
    public enum Role: Sendable, Hashable {
        case invoice(dueOn: CivilDate, payment: FIKReference)
        case creditNote(of: Int64, issuedOn: CivilDate)
    }

    public let number: Int64
    public let run: Int64
    public let role: Role
    public let issuedOn: CivilDate
    public let organisation: Identifier<Organisation>
    public let seller: PrintedParty
    /// Eight digits.
    public let creditorNumber: String
    public let buyer: PrintedParty
    public let buyerReference: String
    public let orderNumber: String?
    public let accountString: String?
    public package(set) var lines: [PostedLine]
    public let taxes: [TaxAmount]
    public let net: Money
    public let tax: Money
    /// Joining fees that paid pledges took away altogether, beside the lines of their agreements (rule 14); they are no part of any amount.
    public let waived: [Waiver]

    public init(
        number: Int64, run: Int64, role: Role, issuedOn: CivilDate, organisation: Identifier<Organisation>, seller: PrintedParty,
        creditorNumber: String, buyer: PrintedParty, buyerReference: String, orderNumber: String?, accountString: String?,
        lines: [PostedLine],
        taxes: [TaxAmount], net: Money, tax: Money, waived: [Waiver] = []
    ) {
        self.number = number
        self.run = run
        self.role = role
        self.issuedOn = issuedOn
        self.organisation = organisation
        self.seller = seller
        self.creditorNumber = creditorNumber
        self.buyer = buyer
        self.buyerReference = buyerReference
        self.orderNumber = orderNumber
        self.accountString = accountString
        self.lines = lines
        self.taxes = taxes
        self.net = net
        self.tax = tax
        self.waived = waived
    }

    /// What a waived fee's product is called: as its agreement's lines say.
    public func subjectName(of waiver: Waiver) -> String? { lines.first { $0.key.subject == waiver.key.subject }?.subjectName }

    public var kind: DocumentKind {
        switch role {
        case .invoice: .invoice
        case .creditNote: .creditNote
        }
    }

    /// Net and tax together; the database keeps both far inside 64 bits.
    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }

    /// The days all lines lie in.
    public var period: Period? {
        guard let first = lines.map(\.covers.first).min(), let last = lines.map(\.covers.last).max() else { return nil }
        return Period(first: first, last: last)
    }
}
