/// A size that no posting has used before, and that the next one freezes (rule 11).
public struct UnfrozenSize: Sendable, Hashable, Comparable {
    public let organisation: Identifier<Organisation>
    public let year: Int
    public let fact: SizeFact

    package init(organisation: Identifier<Organisation>, year: Int, fact: SizeFact) {
        self.organisation = organisation
        self.year = year
        self.fact = fact
    }

    public static func < (left: UnfrozenSize, right: UnfrozenSize) -> Bool {
        (left.organisation, left.year) < (right.organisation, right.year)
    }
}

/// An organisation's size as a run used it.
struct UsedSize: Sendable, Hashable {
    /// Nothing where a posting has used it before.
    let unfrozen: UnfrozenSize?
    /// An older figure stands in for the year's.
    let isStale: Bool
    /// And nobody has used it yet.
    var isStaleUnfrozen: Bool { isStale && unfrozen != nil }

    init(_ organisation: Identifier<Organisation>, _ sizes: SizeHistory, in year: Int, for question: SizeQuestion) {
        let known = sizes.fact(for: year)
        // A class by hand was used without the figure, which stays open for whoever asks for it first.
        let isByHand = question == .sizeClass && known.placement != nil
        let fact = isByHand ? SizeFact(headcount: nil, placement: known.placement) : known
        unfrozen = sizes.isFrozen(year, for: question) ? nil : UnfrozenSize(organisation: organisation, year: year, fact: fact)
        isStale = !isByHand && fact.isStale(in: year)
    }
}

/// The sizes of all who share a total. There is one for each total, however many lines stand on it: with a copy for every participant, a run would
/// take time and memory by the square of their number.
public final class SharedSizes: Sendable, Hashable {
    /// Those that no posting has used before, which the first posting freezes.
    public let unfrozen: [UnfrozenSize]
    let isStale: Bool
    let isStaleUnfrozen: Bool

    init(_ sizes: [UsedSize]) {
        unfrozen = sizes.compactMap(\.unfrozen)
        isStale = sizes.contains(where: \.isStale)
        isStaleUnfrozen = sizes.contains(where: \.isStaleUnfrozen)
    }

    /// Two are the same when they are of the same total.
    public static func == (left: SharedSizes, right: SharedSizes) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The sizes that an amount stands on.
public struct UsedSizes: Sendable, Hashable {
    /// The organisation's own.
    var own: Set<UsedSize> = []
    /// Those of totals that it shares.
    public internal(set) var shared: Set<SharedSizes> = []

    static let none = UsedSizes()

    var isStale: Bool { own.contains(where: \.isStale) || shared.contains(where: \.isStale) }
    var isStaleUnfrozen: Bool { own.contains(where: \.isStaleUnfrozen) || shared.contains(where: \.isStaleUnfrozen) }

    /// Its own that no posting has used before, in order.
    public var unfrozen: [UnfrozenSize] { Set(own.compactMap(\.unfrozen)).sorted() }

    /// All that no posting has used before, in order.
    public var allUnfrozen: [UnfrozenSize] { shared.reduce(into: Set(unfrozen)) { $0.formUnion($1.unfrozen) }.sorted() }

    mutating func formUnion(_ other: UsedSizes) {
        own.formUnion(other.own)
        shared.formUnion(other.shared)
    }
}
