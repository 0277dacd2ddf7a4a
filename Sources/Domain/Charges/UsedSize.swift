/// An organisation's size as a run used it, so that posting can freeze it (rule 11).
public struct UsedSize: Sendable, Hashable {
    public let organisation: Identifier<Organisation>
    public let year: Int
    public let fact: SizeFact
    public let isFrozen: Bool

    init(_ organisation: Identifier<Organisation>, _ sizes: SizeHistory, in year: Int) {
        self.organisation = organisation
        self.year = year
        fact = sizes.fact(for: year)
        isFrozen = sizes.isFrozen(year)
    }

    /// An older figure stands in for the year's, and nobody has used it yet.
    var isStale: Bool { !isFrozen && fact.placement == nil && fact.isStale(in: year) }
}

/// The sizes of all who share a total. There is one for each total, however many lines stand on it: with a copy for every participant, a run would
/// take time and memory by the square of their number.
public final class SharedSizes: Sendable, Hashable {
    /// Those that no posting has used before, which the first posting freezes.
    public let unfrozen: [UsedSize]
    let isStale: Bool

    init(_ sizes: [UsedSize]) {
        unfrozen = sizes.filter { !$0.isFrozen }
        isStale = sizes.contains(where: \.isStale)
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

    /// Its own that no posting has used before, in order.
    public var unfrozen: [UsedSize] { UsedSizes.ordered(own.filter { !$0.isFrozen }) }

    /// All that no posting has used before, in order.
    public var allUnfrozen: [UsedSize] {
        UsedSizes.ordered(shared.reduce(into: Set(unfrozen)) { $0.formUnion($1.unfrozen) })
    }

    mutating func formUnion(_ other: UsedSizes) {
        own.formUnion(other.own)
        shared.formUnion(other.shared)
    }

    private static func ordered(_ sizes: Set<UsedSize>) -> [UsedSize] {
        sizes.sorted { ($0.organisation, $0.year) < ($1.organisation, $1.year) }
    }
}
