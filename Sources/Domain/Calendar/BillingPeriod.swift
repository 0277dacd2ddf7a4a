/// The calendar year, or half of one, for which a recurring charge is owed (DOMAIN §3, rule 1).
public struct BillingPeriod: Sendable, Hashable, Comparable {
    public enum Half: Int, Sendable, Comparable {
        case first = 1
        case second = 2
        public static func < (left: Half, right: Half) -> Bool { left.rawValue < right.rawValue }
    }

    /// 2000…9998, so that every day in and around it is a ``CivilDate``.
    public let year: Int
    /// Nothing for the whole year.
    public let half: Half?

    public init?(year: Int, half: Half? = nil) {
        guard (2000...9998).contains(year) else { return nil }
        self.year = year
        self.half = half
    }

    public var firstDay: CivilDate { CivilDate(existing: year, half == .second ? 7 : 1, 1) }

    public var lastDay: CivilDate { half == .first ? CivilDate(existing: year, 6, 30) : CivilDate(existing: year, 12, 31) }

    public var days: Period { Period(ordered: firstDay, lastDay) }

    public static func < (left: BillingPeriod, right: BillingPeriod) -> Bool {
        (left.year, left.half?.rawValue ?? 0) < (right.year, right.half?.rawValue ?? 0)
    }
}

extension BillingPeriod: CustomStringConvertible {
    /// `2027`, `2027H1`: the stored form.
    public var description: String { half.map { "\(year)H\($0.rawValue)" } ?? String(year) }

    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "H", maxSplits: 1, omittingEmptySubsequences: false)
        guard let year = parts.first, year.utf8.count == 4, year.utf8.allSatisfy(\.isDigit), let number = Int(year) else { return nil }
        guard parts.count == 2 else {
            self.init(year: number)
            return
        }
        guard parts[1] == "1" || parts[1] == "2", let half = Half(rawValue: parts[1] == "1" ? 1 : 2) else { return nil }
        self.init(year: number, half: half)
    }
}
