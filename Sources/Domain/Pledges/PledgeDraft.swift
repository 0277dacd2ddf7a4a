/// A project as a row of a folder states it. What is blank is unknown to the row and changes nothing; a new project needs all but the product.
public struct ProjectDraft: Sendable {
    public let location: SourceLocation
    public var name: String
    /// The product's name, once it is known what the project becomes.
    public var product: Located<String>?
    /// More than zero.
    public var target: Money?
    /// The last day on which the target can be reached.
    public var deadline: CivilDate?
    public var decision: Located<String>?

    public init(
        location: SourceLocation, name: String, product: Located<String>?, target: Money?, deadline: CivilDate?, decision: Located<String>?
    ) {
        self.location = location
        self.name = name
        self.product = product
        self.target = target
        self.deadline = deadline
        self.decision = decision
    }
}

/// A pledge as a row of a folder states it. What is blank is unknown to the row; a new pledge needs amount, day and decision.
public struct PledgeDraft: Sendable {
    public let location: SourceLocation
    public var project: Located<String>
    public var organisation: Located<String>
    public var decision: Located<String>?
    public var facts: PledgeFacts

    public init(
        location: SourceLocation, project: Located<String>, organisation: Located<String>, decision: Located<String>?, facts: PledgeFacts
    ) {
        self.location = location
        self.project = project
        self.organisation = organisation
        self.decision = decision
        self.facts = facts
    }
}

/// What a row or a verb says of a pledge; nothing where it does not say.
public struct PledgeFacts: Sendable, Hashable {
    /// More than zero.
    public var amount: Money?
    public var pledgedOn: CivilDate?
    public var withdrawnOn: CivilDate?
    public var paidOn: CivilDate?
    /// Where the payment can be seen.
    public var proof: String?
    public var reduction: PledgeReduction?
    /// It was recorded by mistake.
    public var isVoid: Bool?

    public init(
        amount: Money? = nil, pledgedOn: CivilDate? = nil, withdrawnOn: CivilDate? = nil, paidOn: CivilDate? = nil, proof: String? = nil,
        reduction: PledgeReduction? = nil, isVoid: Bool? = nil
    ) {
        self.amount = amount
        self.pledgedOn = pledgedOn
        self.withdrawnOn = withdrawnOn
        self.paidOn = paidOn
        self.proof = proof
        self.reduction = reduction
        self.isVoid = isVoid
    }

    /// Why it cannot be recorded by a day: what is to come has not been promised or paid. A withdrawal may be planned, and what is recorded already is
    /// not looked at again.
    ///
    /// - Parameters:
    ///   - pledgedOn: as recorded.
    ///   - paidOn: as recorded.
    package func obstacle(besides pledgedOn: CivilDate?, _ paidOn: CivilDate?, on today: CivilDate) -> Refusal? {
        let days: [(PastFact, CivilDate?, CivilDate?)] = [(.pledge, self.pledgedOn, pledgedOn), (.payment, self.paidOn, paidOn)]
        for (fact, day, recorded) in days where isVoid != true && day != recorded {
            if let refusal = day.flatMap({ fact.refusal(of: $0, on: today) }) { return refusal }
        }
        return nil
    }
}
