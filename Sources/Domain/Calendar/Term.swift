/// The days on which something is in force: from a first day, through a last day when one is known.
public struct Term: Sendable, Hashable {
    public let first: CivilDate
    /// The last day in force; nothing while no end is known.
    public let last: CivilDate?

    /// Nothing when the last day lies before the first.
    public init?(first: CivilDate, last: CivilDate?) {
        if let last, last < first { return nil }
        self.first = first
        self.last = last
    }

    public func contains(_ day: CivilDate) -> Bool { day >= first && last.map { day <= $0 } ?? true }

    /// The days both hold; nothing when there is none.
    public func overlap(with period: Period) -> Period? {
        let from = max(first, period.first)
        let through = last.map { min($0, period.last) } ?? period.last
        return Period(first: from, last: through)
    }

    public func overlaps(_ other: Term) -> Bool {
        (other.last.map { first <= $0 } ?? true) && (last.map { other.first <= $0 } ?? true)
    }
}

extension Term: CustomStringConvertible {
    /// `2027-01-01–2027-12-31`, and nothing behind the dash where no end is known.
    public var description: String { "\(first)–\(last?.description ?? "")" }
}
