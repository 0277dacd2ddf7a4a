/// One party's outcome with the numbers its documents got, in order; none in a preview.
public struct RunOutcome: Sendable {
    public let outcome: PartyOutcome
    public let numbers: [Int64]

    package init(outcome: PartyOutcome, numbers: [Int64]) {
        self.outcome = outcome
        self.numbers = numbers
    }
}

/// A run, previewed or posted.
public struct ChargeRunResult: Sendable {
    public let target: BillingPeriod
    public let chargesBegin: CivilDate
    public let hash: RunHash
    public let totals: RunTotals
    public let breakdown: RunBreakdown
    /// The outcomes that say anything; none where somebody took them while the run went on.
    public let outcomes: [RunOutcome]
    /// Totals that nobody shares.
    public let unshared: [UnsharedTotal]
    /// Agreements with too many lines for one day, for which posting is refused.
    public let crowded: [CrowdedAgreement]
    /// The run is dated before the newest posted document.
    public let earlier: EarlierDate?
    /// What products and projects are called.
    public let names: [Subject: String]
    /// The host's account of each product, and of the association.
    public let accounts: [Subject: String]
    /// The run's number; nothing for a preview, and when there was nothing to post.
    public let run: Int64?

    package init(
        target: BillingPeriod, chargesBegin: CivilDate, hash: RunHash, totals: RunTotals, breakdown: RunBreakdown,
        outcomes: [RunOutcome], unshared: [UnsharedTotal] = [], crowded: [CrowdedAgreement] = [], earlier: EarlierDate? = nil,
        names: [Subject: String], accounts: [Subject: String] = [:], run: Int64?
    ) {
        self.target = target
        self.chargesBegin = chargesBegin
        self.hash = hash
        self.totals = totals
        self.breakdown = breakdown
        self.outcomes = outcomes
        self.unshared = unshared
        self.crowded = crowded
        self.earlier = earlier
        self.names = names
        self.accounts = accounts
        self.run = run
    }
}
