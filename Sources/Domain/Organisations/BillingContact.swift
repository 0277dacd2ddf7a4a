/// Where an organisation wants its invoices and what it wants printed on them.
public struct BillingContact: Sendable, Hashable {
    /// The e-invoice address; delivery goes to the CVR number without one.
    public var gln: GLN?
    /// The person or department at the receiver; mandatory for public receivers (missing: `NO_REFERENCE`).
    public var reference: String?
    public var orderNumber: String?
    /// The receiver's own account string (*kontostreng*).
    public var accountString: String?

    public init(gln: GLN? = nil, reference: String? = nil, orderNumber: String? = nil, accountString: String? = nil) {
        self.gln = gln
        self.reference = reference
        self.orderNumber = orderNumber
        self.accountString = accountString
    }
}
