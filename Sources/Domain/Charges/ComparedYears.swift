/// A target beside the same part of the year before. A half is set against the same half, never against a whole year.
public struct ComparedYears: Sendable, Hashable {
    public enum Side: Sendable, Hashable {
        case before, now
    }

    public let target: BillingPeriod

    public init(target: BillingPeriod) { self.target = target }

    /// Which of the two a key counts in, if any: by the first day of its period, or where it has none by the day it was charged for.
    public func side(of key: ChargeKey, chargedFor day: CivilDate) -> Side? {
        let day = key.period?.firstDay ?? day
        let (year, month, number) = day.components
        let (_, lastMonth, lastDay) = target.lastDay.components
        guard (month, number) <= (lastMonth, lastDay) else { return nil }
        if year == target.year { return .now }
        return year == target.year - 1 ? .before : nil
    }
}
