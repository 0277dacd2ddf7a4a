/// What a key's owed amount follows from, by kind of charge. Each can be told in words and computed again from what it holds.
public enum ChargeBasis: Sendable, Hashable {
    case dues(DuesDerivation)
    /// A product's annual fee, or a supplier's.
    case fee(FeeDerivation)
    case contribution(ContributionDerivation)
    case share(ShareDerivation)
    case joiningFee(JoiningFeeDerivation)
    case pledge(PledgeDerivation)
    /// No agreement, sheet or pledge gives the key anything any more.
    case nothing
    /// A run was reversed: what was left of its lines was given back, and the next run looks afresh (rule 7).
    case reversal(run: Int64, left: Money)

    public var amount: Money {
        switch self {
        case .dues(let derivation): derivation.amount
        case .fee(let derivation): derivation.amount
        case .contribution(let derivation): derivation.amount
        case .share(let derivation): derivation.amount
        case .joiningFee(let derivation): derivation.amount
        case .pledge(let derivation): derivation.amount
        case .nothing: .zero
        case .reversal(_, let left): left
        }
    }

    /// The days that lines of a first posting cover (rule 16); nothing where no day is left.
    var covers: Period? {
        switch self {
        case .dues(let derivation): derivation.livingDays
        case .fee(let derivation): derivation.livingDays
        case .contribution(let derivation): derivation.livingDays
        case .share(let derivation): derivation.livingDays
        case .joiningFee(let derivation): Period(ordered: derivation.dueOn, derivation.dueOn)
        case .pledge(let derivation): Period(ordered: derivation.dueOn, derivation.dueOn)
        case .nothing, .reversal: nil
        }
    }

    /// The agreements behind the charge.
    public var agreements: [Identifier<Agreement>] {
        switch self {
        case .dues(let derivation): derivation.spells.map(\.agreement)
        case .fee(let derivation): derivation.spells.map(\.agreement)
        case .contribution(let derivation): (derivation.fee?.spells ?? derivation.share?.spells ?? []).map(\.agreement)
        case .share(let derivation): derivation.spells.map(\.agreement)
        case .joiningFee(let derivation): [derivation.agreement]
        case .pledge, .nothing, .reversal: []
        }
    }
}

/// What is owed on a key and why: what the charge gives, less what was credited by hand, never below zero.
public struct Derivation: Sendable, Hashable {
    public let basis: ChargeBasis
    /// By id.
    public let adjustments: [Adjustment]
    /// How agreements came to end before the key's period did. They give no amount; they are what a correction has to name beside the days.
    public let ends: [AgreementEnd]
    public let owed: Money

    public init(_ basis: ChargeBasis, adjustments: [Adjustment] = [], ends: [AgreementEnd] = []) throws(ArithmeticOverflow) {
        self.basis = basis
        self.adjustments = adjustments
        self.ends = ends
        if case .reversal(_, let left) = basis {
            owed = left
        } else {
            owed = max(.zero, try basis.amount - Money.sum(adjustments.lazy.map(\.amount)))
        }
    }

    var isReversal: Bool { if case .reversal = basis { true } else { false } }

    /// The lines of a first posting: one a part, or one for all. Parts of nothing are left out; an adjusted key is one line.
    var parts: [(covers: Period, amount: Money)] {
        guard case .fee(let fee) = basis, adjustments.isEmpty else { return [] }
        return fee.parts.filter { $0.amount > .zero }.map { ($0.covers, $0.amount) }
    }
}

/// What stands behind one posting of a key: what is owed and why, what stood posted before, and the derivation that posting had.
///
/// The lines of the posting add up to `owed − postedBefore`.
public struct LineDerivation: Sendable, Hashable {
    public let now: Derivation
    public let postedBefore: Money
    /// Nothing for a key's first posting.
    public let before: Derivation?
    /// Where this posting, or the one before it, takes back a run: the newest derivation that still stands behind it, or where none does the one taken back.
    public let reversed: Derivation?

    public init(now: Derivation, postedBefore: Money, before: Derivation?, reversed: Derivation? = nil) {
        self.now = now
        self.postedBefore = postedBefore
        self.before = before
        self.reversed = reversed
    }

    /// The amounts of the lines of a rise, in order: one for each part where nothing stood posted, or the difference on one line.
    package func chargedAmounts() throws(ArithmeticOverflow) -> [Money] {
        let parts = postedBefore > .zero ? [] : now.parts
        return parts.isEmpty ? [try now.owed - postedBefore] : parts.map(\.amount)
    }

    /// What a posting after another one stands on.
    init(now: Derivation, postedBefore: Money, after latest: LineDerivation) {
        self.init(now: now, postedBefore: postedBefore, before: latest.now, reversed: latest.now.isReversal ? latest.standing : nil)
    }

    /// What a reversal stands on.
    ///
    /// - Parameter isOfLatest: does it take back what the newest posting invoiced? Then what stood before that stands again, if anything does.
    init(reversal now: Derivation, postedBefore: Money, after latest: LineDerivation, isOfLatest: Bool) {
        let earlier = latest.before?.isReversal ?? false ? latest.reversed : latest.before
        let left = isOfLatest && now.owed > .zero ? earlier : nil
        self.init(now: now, postedBefore: postedBefore, before: latest.now, reversed: left ?? latest.standing)
    }

    public var owed: Money { now.owed }

    /// What a posting after this one is compared with, behind all reversals.
    private var standing: Derivation? { now.isReversal ? reversed ?? before : now }

    /// Every fact that differs from the posting before; the amount is not divided among them (rule 6). After a reversal that is told first, and then what
    /// differs from what it left standing, or where it left nothing from what it took back.
    public var causes: [Cause] {
        guard let before else { return [] }
        let since = Cause.between(before, and: now)
        guard before.isReversal, !now.isReversal, let reversed else { return since }
        return since + Cause.between(reversed, and: now)
    }
}
