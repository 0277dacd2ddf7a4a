/// One posted document in a list.
public struct DocumentSummary: Sendable, Hashable {
    public let kind: DocumentKind
    public let number: Int64
    public let run: Int64
    public let organisation: Identifier<Organisation>
    public let buyerName: String
    public let buyerCVR: CVRNumber?
    public let issuedOn: CivilDate
    /// Nothing for a credit note.
    public let dueOn: CivilDate?
    /// The invoice a credit note corrects.
    public let creditsInvoice: Int64?
    public let net: Money
    public let tax: Money

    package init(
        kind: DocumentKind, number: Int64, run: Int64, organisation: Identifier<Organisation>, buyerName: String, buyerCVR: CVRNumber?,
        issuedOn: CivilDate, dueOn: CivilDate?, creditsInvoice: Int64?, net: Money, tax: Money
    ) {
        self.kind = kind
        self.number = number
        self.run = run
        self.organisation = organisation
        self.buyerName = buyerName
        self.buyerCVR = buyerCVR
        self.issuedOn = issuedOn
        self.dueOn = dueOn
        self.creditsInvoice = creditsInvoice
        self.net = net
        self.tax = tax
    }

    /// Net and tax together; the database keeps both far inside 64 bits.
    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }
}
