/// A posted run with its sums over everybody.
public struct RunRecord: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case charges, creditByHand, reversal
    }

    public let id: Int64
    public let kind: Kind
    public let preparation: RunPreparation
    public let postedOn: CivilDate
    public let postedBy: String
    /// The run that took it back.
    public let reversedBy: Int64?
    public let invoices: Int64
    public let creditNotes: Int64
    /// Invoices less credit notes; may be negative.
    public let net: Money
    public let tax: Money

    package init(
        id: Int64, kind: Kind, preparation: RunPreparation, postedOn: CivilDate, postedBy: String, reversedBy: Int64?, invoices: Int64,
        creditNotes: Int64, net: Money, tax: Money
    ) {
        self.id = id
        self.kind = kind
        self.preparation = preparation
        self.postedOn = postedOn
        self.postedBy = postedBy
        self.reversedBy = reversedBy
        self.invoices = invoices
        self.creditNotes = creditNotes
        self.net = net
        self.tax = tax
    }

    /// The run that it takes back; nothing for other kinds.
    public var reverses: Int64? { preparation.reverses }

    /// Net and tax together.
    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }
}
