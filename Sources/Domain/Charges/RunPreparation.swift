/// What a run was to come to, and who prepared and approved it: the same of a run that waits as of one that was posted.
public struct RunPreparation: Sendable, Hashable {
    public let target: BillingPeriod
    /// What it looks at: `all`, `dues`, `products` or a subject; nothing for what charges nothing, unless it was prepared, and for runs of before that was kept.
    public let scope: String?
    /// The posted run it takes back; nothing for a run that charges.
    public let reverses: Int64?
    /// What was seen; nothing else may be posted.
    public let inputs: RunHash
    /// The codes of the warnings that were accepted; nothing where ``scope`` is nothing.
    public let accepted: [String]?
    /// Who prepared it and when, where somebody did before it was posted; so with the approval.
    public let preparedBy: String?
    public let preparedOn: CivilDate?
    public let approvedBy: String?
    public let approvedOn: CivilDate?

    package init(
        target: BillingPeriod, scope: String?, reverses: Int64?, inputs: RunHash, accepted: [String]?, preparedBy: String?,
        preparedOn: CivilDate?, approvedBy: String?, approvedOn: CivilDate?
    ) {
        self.target = target
        self.scope = scope
        self.reverses = reverses
        self.inputs = inputs
        self.accepted = accepted
        self.preparedBy = preparedBy
        self.preparedOn = preparedOn
        self.approvedBy = approvedBy
        self.approvedOn = approvedOn
    }
}
