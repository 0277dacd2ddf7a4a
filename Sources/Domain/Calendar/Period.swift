/// A run of at least one day, first through last. Stored half-open, as `daterange`.
public struct Period: Sendable, Hashable {
    public let first: CivilDate
    public let last: CivilDate

    /// Nothing when the last day lies before the first.
    public init?(first: CivilDate, last: CivilDate) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// A period whose order the caller knows.
    init(ordered first: CivilDate, _ last: CivilDate) {
        self.first = first
        self.last = last
    }

    public func contains(_ day: CivilDate) -> Bool { day >= first && day <= last }
}
