/// Which keys a run looks at (DOMAIN §3, rule 3): every billing period that begins on or after the day charges begin, and before the target ends.
public struct ChargeWindow: Sendable, Hashable {
    /// The association's *charges begin* day: what lies before the takeover is never charged.
    public let chargesBegin: CivilDate
    public let target: BillingPeriod

    public init(chargesBegin: CivilDate, target: BillingPeriod) {
        self.chargesBegin = chargesBegin
        self.target = target
    }

    /// The years whose dues are in the window, in order.
    public var years: [BillingPeriod] {
        let first = chargesBegin.year
        guard first <= target.year else { return [] }
        return (first...target.year).compactMap { BillingPeriod(year: $0) }.filter { $0.firstDay >= chargesBegin }
    }
}
