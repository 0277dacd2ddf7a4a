/// A posted run in a list.
public struct RunRecord: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case charges, creditByHand, reversal
    }

    public let id: Int64
    public let kind: Kind
    public let target: BillingPeriod
    public let postedOn: CivilDate
    public let postedBy: String
    public let invoices: Int64
    public let creditNotes: Int64
    /// Credit notes count against invoices.
    public let net: Money
    public let tax: Money
    /// The run that it takes back; nothing for other kinds.
    public let reverses: Int64?
    /// The run that took it back.
    public let reversedBy: Int64?

    package init(
        id: Int64, kind: Kind, target: BillingPeriod, postedOn: CivilDate, postedBy: String, invoices: Int64, creditNotes: Int64,
        net: Money,
        tax: Money, reverses: Int64?, reversedBy: Int64?
    ) {
        self.id = id
        self.kind = kind
        self.target = target
        self.postedOn = postedOn
        self.postedBy = postedBy
        self.invoices = invoices
        self.creditNotes = creditNotes
        self.net = net
        self.tax = tax
        self.reverses = reverses
        self.reversedBy = reversedBy
    }

    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }
}
