/// A run dated before the newest posted document. Numbers are consecutive, so its documents would have higher numbers and earlier days, which
/// whoever reads the accounts will ask about.
public struct EarlierDate: Sendable, Hashable {
    /// The run's own day.
    public let day: CivilDate
    /// The newest posted document's.
    public let newest: CivilDate

    /// Nothing where the day follows what is posted.
    public init?(_ day: CivilDate, after newest: CivilDate?) {
        guard let newest, newest > day else { return nil }
        self.day = day
        self.newest = newest
    }
}
