/// What kind of period a notice is given to the end of.
public enum NoticePeriodEnd: String, Sendable, CaseIterable {
    case month, quarter, halfYear, year

    /// Whole months, counted from January, so that every period ends with a calendar month.
    var months: Int {
        switch self {
        case .month: 1
        case .quarter: 3
        case .halfYear: 6
        case .year: 12
        }
    }
}

/// Notice of *n* months to the end of a period (DOMAIN §2): the latest day to give notice for a period end is the last day of the month that lies
/// *n* months before it, so 3 months to 30 June is 31 March, not 30 March.
public struct NoticeTerms: Sendable, Hashable {
    /// 0…60.
    public let months: Int
    public let to: NoticePeriodEnd

    /// Nothing for months outside 0…60.
    public init?(months: Int, to: NoticePeriodEnd) {
        guard (0...60).contains(months) else { return nil }
        self.months = months
        self.to = to
    }

    private init(ordinary months: Int, _ to: NoticePeriodEnd) {
        self.months = months
        self.to = to
    }

    /// Six months to the end of a year, where an agreement says nothing else.
    public static let ordinary = NoticeTerms(ordinary: 6, .year)

    /// The latest day on which notice may be received for the agreement to end on a period's last day. In the calendar's first five years, where the
    /// month may lie before it, its first day.
    public func latestDay(for end: CivilDate) -> CivilDate {
        Month(of: end).adding(-months)?.lastDay ?? Month.first.firstDay
    }

    /// The first period end that notice received on a day reaches, on or after the minimum term's last day (DOMAIN §3, rule 17).
    ///
    /// - Returns: nothing where it lies after the year 9999.
    public func firstEnd(noticeReceivedOn received: CivilDate, minimumLastDay: CivilDate?) -> CivilDate? {
        // Received on any day of a month is in time for the month's last day.
        guard let inTime = Month(of: received).adding(months) else { return nil }
        let earliest = minimumLastDay.map { max(inTime, Month(of: $0)) } ?? inTime
        return earliest.endingPeriod(of: to.months)?.lastDay
    }

    /// The first ends that notice received on a day or later can reach, at most `count`, each with the latest day for it.
    public func ends(from day: CivilDate, minimumLastDay: CivilDate?, count: Int) -> [PossibleEnd] {
        var ends: [PossibleEnd] = []
        var next = firstEnd(noticeReceivedOn: day, minimumLastDay: minimumLastDay)
        while let end = next, ends.count < count {
            ends.append(PossibleEnd(end: end, latestNotice: latestDay(for: end)))
            next = Month(of: end).adding(to.months)?.lastDay
        }
        return ends
    }
}

/// A day on which an agreement can end, and the last day to act for it.
public struct PossibleEnd: Sendable, Hashable {
    public let end: CivilDate
    public let latestNotice: CivilDate

    public init(end: CivilDate, latestNotice: CivilDate) {
        self.end = end
        self.latestNotice = latestNotice
    }
}

/// A calendar month of the years 1…9999, by its number since January of year 0.
private struct Month: Comparable {
    private let index: Int

    init(of day: CivilDate) {
        let (year, month, _) = day.components
        index = year * 12 + month - 1
    }

    private init?(index: Int) {
        guard (12..<120_000).contains(index) else { return nil }
        self.index = index
    }

    static let first = Month(of: CivilDate(existing: 1, 1, 1))

    /// Nothing outside the calendar. The offset is a few years at most.
    func adding(_ months: Int) -> Month? { Month(index: index + months) }

    /// The month, this one or a later, that ends a period of so many months counted from January.
    func endingPeriod(of months: Int) -> Month? { Month(index: (index / months + 1) * months - 1) }

    var firstDay: CivilDate { CivilDate(existing: index / 12, index % 12 + 1, 1) }

    var lastDay: CivilDate {
        let (year, month) = (index / 12, index % 12 + 1)
        return CivilDate(existing: year, month, CivilDate.length(ofMonth: month, in: year))
    }

    static func < (left: Month, right: Month) -> Bool { left.index < right.index }
}
