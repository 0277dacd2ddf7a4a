/// Inhabitants as counted on a day (Statistics Denmark, table BY2).
public struct Headcount: Sendable, Hashable {
    /// 0…2³¹−1.
    public let inhabitants: Int32
    public let countedOn: CivilDate

    public init(inhabitants: Int32, countedOn: CivilDate) {
        self.inhabitants = inhabitants
        self.countedOn = countedOn
    }
}

/// A body placed in a class by hand, with a reason and a decision, because it has no inhabitants or its number says little.
public struct SizePlacement: Sendable, Hashable {
    public let sizeClass: SizeClass
    public let reason: String
    public let decision: DecisionReference

    public init(sizeClass: SizeClass, reason: String, decision: DecisionReference) {
        self.sizeClass = sizeClass
        self.reason = reason
        self.decision = decision
    }
}

/// What is known of an organisation's size for one invoicing year. Every sheet derives its class from it by its own bounds (rule 11).
public struct SizeFact: Sendable, Hashable {
    /// The figure of 1 January of the year before, or the newest older one.
    public let headcount: Headcount?
    /// Outranks the figure where a class is asked for.
    public let placement: SizePlacement?
    /// By which decision a year that was invoiced already took it over; nothing where the first posting froze it, or none has.
    public let refrozenBy: DecisionReference?

    public init(headcount: Headcount?, placement: SizePlacement?, refrozenBy: DecisionReference? = nil) {
        self.headcount = headcount
        self.placement = placement
        self.refrozenBy = refrozenBy
    }

    public static let unknown = SizeFact(headcount: nil, placement: nil)

    public func sizeClass(by bounds: SizeBounds) -> SizeClass? {
        placement?.sizeClass ?? headcount.map { bounds.sizeClass(of: $0.inhabitants) }
    }

    /// Is the figure older than 1 January of the year before the invoicing year?
    public func isStale(in year: Int) -> Bool {
        guard let headcount else { return false }
        return headcount.countedOn < CivilDate(existing: year - 1, 1, 1)
    }
}

/// What a price asks of an organisation's size.
enum SizeQuestion: Sendable, Hashable {
    /// The class: a placement by hand answers it, or else the figure.
    case sizeClass
    /// The figure itself, whatever a placement says.
    case inhabitants

    /// What some prices ask; nothing when they ask for no size.
    init?(asked prices: [PriceModel]) {
        if prices.contains(where: \.needsInhabitants) {
            self = .inhabitants
        } else if prices.contains(where: \.needsClass) {
            self = .sizeClass
        } else {
            return nil
        }
    }
}

/// A dated figure or placement of one organisation, as the register holds them.
public struct SizeHistory: Sendable {
    private let headcounts: [Headcount]
    private let placements: [(years: ClosedRange<Int>, placement: SizePlacement)]
    private let frozen: [Int: SizeFact]

    /// - Parameters:
    ///   - placements: by the invoicing years they hold for; a later one in the list outranks an earlier one.
    ///   - frozen: what postings have used already, by invoicing year.
    public init(
        headcounts: [Headcount], placements: [(years: ClosedRange<Int>, placement: SizePlacement)] = [], frozen: [Int: SizeFact] = [:]
    ) {
        self.headcounts = headcounts.sorted { $0.countedOn < $1.countedOn }
        self.placements = placements
        self.frozen = frozen
    }

    public static let unknown = SizeHistory(headcounts: [])

    /// The fact of an invoicing year: the frozen one, else what is recorded now.
    ///
    /// A placement that was frozen before there was a figure leaves the figure open: whoever asks for inhabitants gets what is recorded.
    public func fact(for year: Int) -> SizeFact {
        guard let fact = frozen[year] else { return recorded(for: year) }
        if fact.headcount != nil { return fact }
        return SizeFact(headcount: recorded(for: year).headcount, placement: fact.placement, refrozenBy: fact.refrozenBy)
    }

    public func isFrozen(_ year: Int) -> Bool { frozen[year] != nil }

    /// Has a posting used what this question asks for?
    func isFrozen(_ year: Int, for question: SizeQuestion) -> Bool {
        guard let fact = frozen[year] else { return false }
        return question == .sizeClass || fact.headcount != nil
    }

    /// The frozen years whose recorded figure is another by now, with both (rule 11: reported, never taken over by itself).
    public var superseded: [(year: Int, frozen: SizeFact, recorded: SizeFact)] {
        frozen.sorted { $0.key < $1.key }.compactMap { year, fact in
            let now = recorded(for: year)
            let isSame = now.placement == fact.placement && (fact.headcount == nil || now.headcount == fact.headcount)
            return isSame ? nil : (year, fact, now)
        }
    }

    /// What is recorded for a year: inhabitants on 1 January of the year before, or the newest older figure; and a placement, if any.
    public func recorded(for year: Int) -> SizeFact {
        guard let day = CivilDate(year: year - 1, month: 1, day: 1) else { return .unknown }
        return SizeFact(
            headcount: headcounts.last { $0.countedOn <= day }, placement: placements.last { $0.years.contains(year) }?.placement)
    }
}
