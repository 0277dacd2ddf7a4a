/// How one line is taxed, and who decided so: a rate, by a VAT rule or by the product's own rate sheet.
public struct VATTreatment: Sendable, Hashable {
    public let rate: VATRate
    /// The reference of the decision, as it was when the line was made. Nothing on lines posted before it was kept with them.
    public let decision: String?

    public init(rate: VATRate, decision: String?) {
        self.rate = rate
        self.decision = decision
    }
}
