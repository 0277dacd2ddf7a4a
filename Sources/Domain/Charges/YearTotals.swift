/// A party's total for a target beside the same part of the year before, in øre. They are wider than ``Money``, so that adding up never fails.
public struct YearTotals: Sendable, Hashable {
    public internal(set) var before: Int128 = 0
    public internal(set) var now: Int128 = 0

    /// Do they differ by more than a percentage of the former? Nothing differs from nothing.
    func differ(byMoreThan percent: Int64) -> Bool {
        let change = now > before ? now - before : before - now
        return before > 0 && change * 100 > before * Int128(percent)
    }

    /// The change in whole percent of the former, rounded towards zero; nothing where there was nothing.
    public var percent: Int128? { before > 0 ? (now - before) * 100 / before : nil }
}

/// Who is concerned by a warning.
public struct Concerned: Sendable, Hashable {
    public let name: String
    /// By how much, where the warning is of a change.
    public let change: YearTotals?
}
