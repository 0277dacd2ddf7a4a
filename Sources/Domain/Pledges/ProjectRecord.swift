/// A project as the register holds it, with its pledges by day.
public struct ProjectRecord: Sendable, Hashable {
    public let id: Identifier<Project>
    public let name: String
    /// The name of what it becomes, once that is known.
    public let productName: String?
    public let target: Money
    public let deadline: CivilDate
    /// The decision's reference.
    public let decision: String
    /// Those that were not recorded by mistake.
    public let pledges: [PledgeRecord]

    package init(
        id: Identifier<Project>, name: String, productName: String?, target: Money, deadline: CivilDate, decision: String,
        pledges: [PledgeRecord]
    ) {
        self.id = id
        self.name = name
        self.productName = productName
        self.target = target
        self.deadline = deadline
        self.decision = decision
        self.pledges = pledges
    }

    public var standing: ProjectStanding {
        ProjectStanding(target: target, deadline: deadline, pledges: pledges.map { ($0.amount, $0.pledgedOn, $0.withdrawnOn) })
    }

    /// What the pledges that stand on a day add up to.
    public func sum(on day: CivilDate) throws(ArithmeticOverflow) -> Money {
        try Money.sum(pledges.filter { $0.stands(on: day) }.map(\.amount))
    }

    /// The first pledge that its project's rules do not allow: made after the deadline, withdrawn when the target had been reached, or paid before it was
    /// owed.
    ///
    /// From the day the target is reached a pledge is owed, so nobody takes it back (DOMAIN §3, rules 14 and 16).
    /// - Throws: ``ArithmeticOverflow`` where the pledges do not add up.
    public func fault() throws(ArithmeticOverflow) -> (pledge: PledgeRecord, refusal: Refusal)? {
        if let late = pledges.first(where: { $0.pledgedOn > deadline }) {
            return (late, Refusal(.pledgeAfterDeadline, late.pledgedOn.description, name, deadline.description))
        }
        let reached = try standing.reachedOn()
        for pledge in pledges {
            if let reached, let withdrawn = pledge.withdrawnOn, withdrawn > reached {
                return (pledge, Refusal(.pledgeBinding, pledge.organisationName, name, reached.description))
            }
            if let paid = pledge.paidOn, let refusal = try notOwed(pledge, on: paid) { return (pledge, refusal) }
        }
        return nil
    }

    /// Why nothing is owed on a pledge on a day: the project has not reached its target, or the pledge was withdrawn. Nothing where it is owed.
    private func notOwed(_ pledge: PledgeRecord, on day: CivilDate) throws(ArithmeticOverflow) -> Refusal? {
        func refusal(_ reason: String) -> Refusal { Refusal(.pledgeNotOwed, pledge.organisationName, name, day.description, reason) }
        if pledge.withdrawnOn != nil { return refusal("withdrawn") }
        if let reached = try standing.reachedOn(), max(reached, pledge.pledgedOn) <= day { return nil }
        return refusal(
            try standing.state(on: day) == .lapsed ? ProjectStanding.State.lapsed.rawValue : ProjectStanding.State.open.rawValue)
    }

    /// Why a change of one of its pledges cannot be recorded, where it is a payment or a withdrawal.
    ///
    /// A payment answers what is owed, which is nothing before the target is reached: what was paid earlier would be invoiced again. And what was
    /// paid is settled, so its proof is not written over.
    package func obstacle(to change: PledgeFacts, of pledge: PledgeRecord) throws(ArithmeticOverflow) -> Refusal? {
        if change.paidOn == nil && change.withdrawnOn == nil { return nil }
        if let paid = pledge.paidOn {
            return Refusal(.pledgePaid, pledge.organisationName, name, paid.description, pledge.proof ?? "")
        }
        return try change.paidOn.flatMap { day throws(ArithmeticOverflow) in try notOwed(pledge, on: day) }
    }
}

/// A pledge as the register holds it.
public struct PledgeRecord: Sendable, Hashable {
    public let id: Identifier<Pledge>
    public let project: Identifier<Project>
    public let projectName: String
    public let organisation: Identifier<Organisation>
    public let organisationName: String
    public let organisationCVR: CVRNumber?
    public let amount: Money
    public let pledgedOn: CivilDate
    public let withdrawnOn: CivilDate?
    public let paidOn: CivilDate?
    public let proof: String?
    public let reduction: PledgeReduction
    /// The decision's reference.
    public let decision: String

    package init(
        id: Identifier<Pledge>, project: Identifier<Project>, projectName: String, organisation: Identifier<Organisation>,
        organisationName: String, organisationCVR: CVRNumber?, amount: Money, pledgedOn: CivilDate, withdrawnOn: CivilDate?,
        paidOn: CivilDate?, proof: String?, reduction: PledgeReduction, decision: String
    ) {
        self.id = id
        self.project = project
        self.projectName = projectName
        self.organisation = organisation
        self.organisationName = organisationName
        self.organisationCVR = organisationCVR
        self.amount = amount
        self.pledgedOn = pledgedOn
        self.withdrawnOn = withdrawnOn
        self.paidOn = paidOn
        self.proof = proof
        self.reduction = reduction
        self.decision = decision
    }

    /// The day of the withdrawal is the first on which it does not stand.
    public func stands(on day: CivilDate) -> Bool { pledgedOn <= day && (withdrawnOn.map { $0 > day } ?? true) }
}
