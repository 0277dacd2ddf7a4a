/// The association's percentage, by membership on the first day in the period on which an agreement lives (rule 4).
public struct ContributionRate: Sendable, Hashable {
    public let isMember: Bool
    /// The day membership was looked at.
    public let day: CivilDate
    public let ratio: Ratio
    /// Who decided the percentage; nothing where the setting names nobody.
    public let decision: DecisionReference?

    public init(isMember: Bool, day: CivilDate, ratio: Ratio, decision: DecisionReference? = nil) {
        self.isMember = isMember
        self.day = day
        self.ratio = ratio
        self.decision = decision
    }
}

/// A share with the decision behind it.
public struct DecidedRatio: Sendable, Hashable {
    public let ratio: Ratio
    public let decision: DecisionReference?

    public init(ratio: Ratio, decision: DecisionReference? = nil) {
        self.ratio = ratio
        self.decision = decision
    }
}

/// The contribution on a key's annual fee and share together: `round(base + contribution) − round(base)`, never in parts, so that the lines add up to
/// the price the takstblad shows (rule 5).
public struct ContributionDerivation: Sendable, Hashable {
    public let period: BillingPeriod
    public let rate: ContributionRate
    /// The annual fee, where the sheet has one.
    public let fee: FeeDerivation?
    /// The participant's part of shared totals, where the sheet has any.
    public let share: ShareDerivation?
    /// From the first to the last living day.
    public let livingDays: Period
    /// Fee and share together, what the contribution comes on top of.
    public let base: Money
    public let amount: Money

    init(period: BillingPeriod, rate: ContributionRate, fee: FeeDerivation?, share: ShareDerivation?, livingDays: Period) throws(Unpriced) {
        self.period = period
        self.rate = rate
        self.fee = fee
        self.share = share
        self.livingDays = livingDays
        let raised = try fee?.exact(surcharge: rate.ratio) ?? .zero
        do {
            let shared = share?.amount ?? .zero
            base = try shared + (fee?.amount ?? .zero)
            amount = try (raised + ExactAmount(shared) + ExactAmount(shared).times(rate.ratio)).rounded() - base
        } catch {
            throw .overflow
        }
    }
}
