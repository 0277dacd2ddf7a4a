/// Something authorities want built before it is a product (*projekt*): a sum to reach by a day.
public enum Project {}

/// What a paid pledge does to the joining fee of the project's product, as the decision recorded on the pledge says (rule 14).
public enum PledgeReduction: String, Sendable, CaseIterable {
    case nothing
    /// The pledge's amount comes off.
    case amount
    /// The fee is waived.
    case whole
}

/// A promise of money to a project (*tilsagn*), as charges see it.
public struct Pledge: Sendable, Hashable {
    public let id: Identifier<Pledge>
    public let project: Identifier<Project>
    public let projectName: String
    /// What the project becomes, once it is known.
    public let product: Identifier<Product>?
    public let amount: Money
    public let decision: DecisionReference
    /// The day the project's target was reached while the pledge stood; from then on it is owed. Nothing before that.
    public let reachedOn: CivilDate?
    public let paidOn: CivilDate?
    /// Where the payment can be seen, such as the invoice's number.
    public let proof: String?
    public let reduction: PledgeReduction

    public init(
        id: Identifier<Pledge>, project: Identifier<Project>, projectName: String, product: Identifier<Product>?, amount: Money,
        decision: DecisionReference, reachedOn: CivilDate?, paidOn: CivilDate?, proof: String?, reduction: PledgeReduction
    ) {
        self.id = id
        self.project = project
        self.projectName = projectName
        self.product = product
        self.amount = amount
        self.decision = decision
        self.reachedOn = reachedOn
        self.paidOn = paidOn
        self.proof = proof
        self.reduction = reduction
    }
}

/// How a project stands: the target, the deadline and the promises with the days on which they stood.
public struct ProjectStanding: Sendable {
    public let target: Money
    public let deadline: CivilDate
    public let pledges: [(amount: Money, pledgedOn: CivilDate, withdrawnOn: CivilDate?)]

    public init(target: Money, deadline: CivilDate, pledges: [(amount: Money, pledgedOn: CivilDate, withdrawnOn: CivilDate?)]) {
        self.target = target
        self.deadline = deadline
        self.pledges = pledges
    }

    /// The first day, no later than the deadline, on which the standing promises add up to the target.
    public func reachedOn() throws(ArithmeticOverflow) -> CivilDate? {
        for day in Set(pledges.map(\.pledgedOn)).sorted() where day <= deadline {
            let standing = pledges.filter { pledge in
                pledge.pledgedOn <= day && (pledge.withdrawnOn.map { $0 > day } ?? true)
            }
            if try Money.sum(standing.map(\.amount)) >= target { return day }
        }
        return nil
    }

    public enum State: String, Sendable, CaseIterable {
        case open, reached, lapsed
    }

    public func state(on today: CivilDate) throws(ArithmeticOverflow) -> State {
        if try reachedOn() != nil { return .reached }
        return today > deadline ? .lapsed : .open
    }
}
