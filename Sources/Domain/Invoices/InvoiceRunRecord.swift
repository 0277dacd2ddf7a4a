/// A posted run with its sums over everybody.
public struct InvoiceRunRecord: Sendable, Hashable {
    public let id: Int64
    public let preparation: RunPreparation
    public let postedOn: CivilDate
    public let invoices: Int64
    public let creditNotes: Int64
    /// Invoices less credit notes; may be negative.
    public let net: Money
    public let tax: Money

    package init(
        id: Int64, preparation: RunPreparation, postedOn: CivilDate, invoices: Int64, creditNotes: Int64, net: Money, tax: Money
    ) {
        self.id = id
        self.preparation = preparation
        self.postedOn = postedOn
        self.invoices = invoices
        self.creditNotes = creditNotes
        self.net = net
        self.tax = tax
    }

    /// Net and tax together.
    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }
}
