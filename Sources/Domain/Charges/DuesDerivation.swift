/// A decided, reasoned reduction of what is owed on one key (DOMAIN §3, rule 7): the fact behind a credit by hand.
public struct Adjustment: Sendable, Hashable {
    public let id: Identifier<Adjustment>
    /// Above zero; it lowers what is owed.
    public let amount: Money
    public let reason: String
    public let decision: DecisionReference

    public init(id: Identifier<Adjustment>, amount: Money, reason: String, decision: DecisionReference) {
        self.id = id
        self.amount = amount
        self.reason = reason
        self.decision = decision
    }
}

/// How much of a year's dues the year's spells give (bylaws § 5; DOMAIN §3, Dues).
public enum DuesShare: String, Sendable, Hashable {
    /// A member on some day on or before 1 July.
    case full
    /// A member after 1 July only.
    case half
    /// No day in the year.
    case none
}

/// Everything a year's dues of one member were computed from. It is stored with each posted line and gives the same øre again.
public struct DuesDerivation: Sendable, Hashable {
    public let year: BillingPeriod
    /// The spells with a day in the year, by first day.
    public let spells: [Spell]
    public let share: DuesShare
    /// Nothing when no price is needed, because nothing is owed.
    public let price: DuesPrice?
    public let amount: Money

    /// Recomputes what is owed from the other members. Nothing here reads anything else.
    ///
    /// A year's dues are owed once: in full with a day on or before 1 July, else half.
    public init(year: BillingPeriod, spells: [Spell], price: DuesPrice?) throws(ArithmeticOverflow) {
        self.year = year
        self.spells = spells
        self.price = price
        let share = DuesDerivation.share(of: spells, in: year)
        self.share = share
        amount = try DuesDerivation.amount(of: share, at: price?.amount ?? .zero)
    }

    /// The share that the best of the spells gives.
    static func share(of spells: [Spell], in year: BillingPeriod) -> DuesShare {
        let firstDays = spells.lazy.compactMap { $0.term.overlap(with: year.days)?.first }
        guard let earliest = firstDays.min() else { return .none }
        return earliest <= CivilDate(existing: year.year, 7, 1) ? .full : .half
    }

    /// A half is half away from zero to the øre.
    public static func amount(of share: DuesShare, at full: Money) throws(ArithmeticOverflow) -> Money {
        switch share {
        case .full: full
        case .half: try full.times(.half)
        case .none: .zero
        }
    }

    /// The days a line covers: from the first to the last day of membership in the year (rule 16).
    public var livingDays: Period? {
        let days = spells.compactMap { $0.term.overlap(with: year.days) }
        guard let first = days.map(\.first).min(), let last = days.map(\.last).max() else { return nil }
        return Period(ordered: first, last)
    }
}
