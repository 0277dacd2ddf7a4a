/// A posted run with its sums over everybody.
public struct InvoiceRunRecord: Sendable, Hashable {
    public let id: Int64
    public let target: BillingPeriod
    /// What it was to charge, as it was prepared: `all`, `dues`, `products` or a subject; of a run that nobody prepared, what kind it is:
    /// `charges`, `creditByHand` or `reversal`.
    public let scope: String
    /// The run it took back, where it is a reversal.
    public let reverses: Int64?
    public let inputs: RunHash
    /// The codes of the warnings that were accepted when it was prepared.
    public let accepted: [String]
    /// Who prepared it and when, where somebody did before it was posted; so with the approval.
    public let preparedBy: String?
    public let preparedOn: CivilDate?
    public let approvedBy: String?
    public let approvedOn: CivilDate?
    public let postedOn: CivilDate
    public let invoices: Int64
    public let creditNotes: Int64
    /// Invoices less credit notes; may be negative.
    public let net: Money
    public let tax: Money

    package init(
        id: Int64, target: BillingPeriod, scope: String, reverses: Int64?, inputs: RunHash, accepted: [String], preparedBy: String?,
        preparedOn: CivilDate?, approvedBy: String?, approvedOn: CivilDate?, postedOn: CivilDate, invoices: Int64, creditNotes: Int64,
        net: Money, tax: Money
    ) {
        self.id = id
        self.target = target
        self.scope = scope
        self.reverses = reverses
        self.inputs = inputs
        self.accepted = accepted
        self.preparedBy = preparedBy
        self.preparedOn = preparedOn
        self.approvedBy = approvedBy
        self.approvedOn = approvedOn
        self.postedOn = postedOn
        self.invoices = invoices
        self.creditNotes = creditNotes
        self.net = net
        self.tax = tax
    }

    /// Net and tax together.
    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }
}
