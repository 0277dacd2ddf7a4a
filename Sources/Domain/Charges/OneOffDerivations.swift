/// A paid pledge as it reduces a joining fee: the proof stands on the line (rule 14).
public struct PaidPledge: Sendable, Hashable {
    public let pledge: Identifier<Pledge>
    public let project: String
    public let amount: Money
    public let paidOn: CivilDate
    public let proof: String
    public let reduction: PledgeReduction
    public let decision: DecisionReference

    public init(
        pledge: Identifier<Pledge>, project: String, amount: Money, paidOn: CivilDate, proof: String, reduction: PledgeReduction,
        decision: DecisionReference
    ) {
        self.pledge = pledge
        self.project = project
        self.amount = amount
        self.paidOn = paidOn
        self.proof = proof
        self.reduction = reduction
        self.decision = decision
    }
}

/// The fee for joining a product, once ever, never pro rata (rule 14).
public struct JoiningFeeDerivation: Sendable, Hashable {
    public let agreement: Identifier<Agreement>
    /// The counterparty's signature: the day whose rates hold, also for a passive participant who becomes active years later.
    public let signedOn: CivilDate
    /// The agreement's first day, or the day a passive participant becomes active.
    public let dueOn: CivilDate
    /// One row a component: in force on the signing date, or else the first after it.
    public let rows: [RateRow]
    public let size: SizeUse?
    public let reductions: [PaidPledge]
    /// Before reductions; nothing where the size is not known and need not be, because a pledge takes the whole fee off.
    public let full: Money?
    public let amount: Money

    /// Pledges took the whole of it.
    var isWaived: Bool { amount == .zero && full != .zero }

    init(
        agreement: Identifier<Agreement>, signedOn: CivilDate, dueOn: CivilDate, rows: [RateRow], size: SizeUse?, reductions: [PaidPledge]
    ) throws(Unpriced) {
        self.agreement = agreement
        self.signedOn = signedOn
        self.dueOn = dueOn
        self.rows = rows
        self.size = size
        self.reductions = reductions
        let takesAll = reductions.contains { $0.reduction == .whole }
        do {
            let fee = try JoiningFeeDerivation.sum(of: rows, size)
            let off = try Money.sum(reductions.filter { $0.reduction == .amount }.map(\.amount))
            let left = takesAll ? .zero : max(.zero, try fee - off)
            (full, amount) = (fee, left)
        } catch let reason as Unpriced {
            guard takesAll, reason == .noSizeClass || reason == .noInhabitants else { throw reason }
            (full, amount) = (nil, .zero)
        } catch {
            throw .overflow
        }
    }

    private static func sum(of rows: [RateRow], _ size: SizeUse?) throws -> Money {
        var sum = ExactAmount.zero
        for row in rows { sum = try sum + row.price.year(beside: rows, size: size, joined: nil) }
        return try sum.rounded()
    }
}

/// Promised money that is due, because the project's target was reached.
public struct PledgeDerivation: Sendable, Hashable {
    public let pledge: Identifier<Pledge>
    public let project: String
    public let dueOn: CivilDate
    public let decision: DecisionReference
    public let amount: Money

    init(pledge: Identifier<Pledge>, project: String, dueOn: CivilDate, decision: DecisionReference, amount: Money) {
        self.pledge = pledge
        self.project = project
        self.dueOn = dueOn
        self.decision = decision
        self.amount = amount
    }
}
