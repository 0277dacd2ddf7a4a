/// One fact a charge was computed from, as it is told and compared.
public enum Fact: Sendable, Hashable {
    case spell(Spell)
    case end(AgreementEnd)
    /// A year's full dues.
    case duesPrice(DuesPrice)
    /// How much of a year's dues the days of membership give. It follows from them, and is told only where two years are compared.
    case duesShare(DuesShare, year: BillingPeriod)
    /// How much of a billing period's fee the days of participation give. It follows from them as well, and is told only where two years are compared.
    case units(UnitsCounted)
    case policies(FeePolicies)
    case row(RateRow)
    case size(SizeUse)
    /// Active participants on the period's first day.
    case joined(Int32)
    /// Passive on some day: the fraction that is paid.
    case passive(Ratio)
    case contribution(ContributionRate)
    case slice(ShareSlice)
    case joining(agreement: Identifier<Agreement>, signedOn: CivilDate, dueOn: CivilDate)
    case reduction(PaidPledge)
    case pledge(PledgeDerivation)
    case adjustment(Adjustment)
    case reversal(run: Int64)

    /// What the fact is about: two derivations are compared fact by fact, each with its counterpart.
    private var subject: String {
        switch self {
        case .duesPrice: "1 dues"
        case .duesShare: "1 dues share"
        case .units: "1 units"
        case .policies: "2 policies"
        case .row(let row): "3 row \(row.component) \(row.term.first)"
        case .slice(let slice): "4 share \(slice.component)"
        case .contribution: "5 contribution"
        case .size: "6 size"
        case .joined: "7 joined"
        case .passive: "7 passive"
        case .spell(let spell): "8 agreement \(Fact.padded(spell.agreement.value))"
        // An end that was notified stays beside the succession that came before it.
        case .end(let end): "8 end \(Fact.padded(end.agreement.value))\(end.reason == .succeeded ? " succession" : "")"
        case .joining: "8 joining"
        case .reduction(let pledge): "9 pledge \(Fact.padded(pledge.pledge.value))"
        case .pledge(let pledge): "9 pledge \(Fact.padded(pledge.pledge.value))"
        case .adjustment(let adjustment): "10 adjustment \(Fact.padded(adjustment.id.value))"
        case .reversal: "11 reversal"
        }
    }

    /// Facts of different years or days that say the same are no cause.
    fileprivate func saysTheSame(as other: Fact?) -> Bool {
        switch (self, other) {
        case (.contribution(let one), .contribution(let two)?): one.isMember == two.isMember && one.ratio == two.ratio
        case (.size(let one), .size(let two)?): one.fact == two.fact && one.bounds == two.bounds
        default: false
        }
    }

    /// Is it what somebody did, rather than how much that costs?
    var isGround: Bool {
        switch self {
        case .spell, .joining, .pledge: true
        default: false
        }
    }

    private static func padded(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
    }

    static func bySubject(_ facts: [Fact]) -> [String: Fact] { Dictionary(facts.map { ($0.subject, $0) }) { first, _ in first } }
}

/// A fact that differs between two postings of a key; nothing on a side where it is not.
public struct Cause: Sendable, Hashable {
    public let from: Fact?
    public let to: Fact?

    public init(from: Fact?, to: Fact?) {
        self.from = from
        self.to = to
    }

    /// The facts of two derivations that differ, in a fixed order.
    public static func between(_ before: Derivation, and after: Derivation) -> [Cause] {
        // A reversal stands on no facts but itself, not on an earlier one either; and nothing has lapsed by it: the next run invoices again.
        if case .reversal(let run, _) = after.basis { return [Cause(from: nil, to: .reversal(run: run))] }
        if case .reversal(let run, _) = before.basis { return [Cause(from: .reversal(run: run), to: nil)] }
        let (old, new) = (Fact.bySubject(before.facts), Fact.bySubject(after.facts))
        return Set(old.keys).union(new.keys).sorted().compactMap { subject in
            let (before, after) = (old[subject], new[subject])
            if before == after || before?.saysTheSame(as: after) ?? false { return nil }
            // A year with no day of membership needs no price, so its lack is not a change of price.
            if case .duesPrice = before ?? after, before == nil || after == nil { return nil }
            return Cause(from: before, to: after)
        }
    }
}

extension Cause {
    /// What differs between the derivations of two years: the facts, and that one year gave half the dues or a part of a period's fee and the other all
    /// of it, which no fact says by itself, since the membership or the participation is the same.
    static func betweenYears(_ before: Derivation, and after: Derivation) -> [Cause] {
        let causes = between(before, and: after).filter { !$0.isOfTimeAlone }
        return causes + [partOfYear(before, after)].compactMap { $0 }
    }

    /// An end that the year after does not feel any more was not taken back; and a share that comes to the same has other weights only because that
    /// year has other days.
    private var isOfTimeAlone: Bool {
        switch (from, to) {
        case (.end?, nil): true
        case (.slice(let old)?, .slice(let new)?): old.amount == new.amount && old.total == new.total
        default: false
        }
    }

    private static func partOfYear(_ before: Derivation, _ after: Derivation) -> Cause? {
        if case .dues(let old) = before.basis, case .dues(let new) = after.basis {
            if old.share == new.share || old.share == .none || new.share == .none { return nil }
            return Cause(from: .duesShare(old.share, year: old.year), to: .duesShare(new.share, year: new.year))
        }
        guard let old = before.basis.feeUnits, let new = after.basis.feeUnits, !old.isSamePart(as: new) else { return nil }
        return Cause(from: .units(old), to: .units(new))
    }
}

extension Derivation {
    public var facts: [Fact] { basis.facts + ends.map(Fact.end) + adjustments.map(Fact.adjustment) }
}

extension ChargeBasis {
    /// Every fact the amount depends on.
    public var facts: [Fact] {
        switch self {
        case .dues(let dues): dues.spells.map(Fact.spell) + (dues.price.map { [Fact.duesPrice($0)] } ?? [])
        case .fee(let fee): fee.facts
        case .contribution(let contribution):
            (contribution.fee?.facts ?? []) + (contribution.share?.facts ?? []) + [.contribution(contribution.rate)]
        case .share(let share): share.facts
        case .joiningFee(let fee):
            [.joining(agreement: fee.agreement, signedOn: fee.signedOn, dueOn: fee.dueOn)] + fee.rows.map(Fact.row)
                + fee.reductions.map(Fact.reduction) + (fee.size.map { [Fact.size($0)] } ?? [])
        case .pledge(let pledge): [.pledge(pledge)]
        case .nothing: []
        case .reversal(let run, _): [.reversal(run: run)]
        }
    }
}

extension FeeDerivation {
    fileprivate var facts: [Fact] {
        [.policies(policies)] + rows.map(Fact.row) + spells.map(Fact.spell) + (size.map { [Fact.size($0)] } ?? [])
            + (joined.map { [Fact.joined($0)] } ?? []) + (parts.contains { $0.form == .passive } ? [.passive(policies.passive)] : [])
    }
}

extension ShareDerivation {
    fileprivate var facts: [Fact] {
        [.policies(policies)] + slices.map(Fact.slice) + spells.map(Fact.spell) + (size.map { [Fact.size($0)] } ?? [])
    }
}
