/// A day in the Gregorian calendar, without time or zone. Years 1…9999.
public struct CivilDate: Sendable, Hashable, Comparable {
    /// Days since 1 January 2000, the binary form of PostgreSQL's `date`.
    public let daysSince2000: Int32

    /// Nothing outside the years 1…9999.
    public init?(daysSince2000: Int32) {
        guard (CivilDate.first...CivilDate.last).contains(daysSince2000) else { return nil }
        self.daysSince2000 = daysSince2000
    }

    /// Nothing when the calendar has no such day, as for 29 February 2026.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDate.length(ofMonth: month, in: year)
        else { return nil }
        daysSince2000 = CivilDate.days(year: year, month: month, day: day)
    }

    /// A day the caller knows to exist, such as the last of a June in a bounded year; it is not checked again.
    init(existing year: Int, _ month: Int, _ day: Int) { daysSince2000 = CivilDate.days(year: year, month: month, day: day) }

    /// 1 January 2000, the day PostgreSQL counts from.
    public static let epoch = CivilDate(existing: 2000, 1, 1)

    private static let first: Int32 = -730_119
    private static let last: Int32 = 2_921_939

    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.daysSince2000 < right.daysSince2000 }

    public static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    public static func length(ofMonth month: Int, in year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1 January 2000, counted over years that begin in March so that the leap day comes last.
    private static func days(year: Int, month: Int, day: Int) -> Int32 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int32(era * 146_097 + dayOfEra - 730_425)
    }

    /// Year, month and day.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSince2000) + 730_425
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    public var year: Int { components.year }

    /// Some days later, or earlier when negative; nothing outside the years 1…9999.
    public func adding(days: Int) -> CivilDate? {
        guard let offset = Int32(exactly: days) else { return nil }
        let (sum, overflow) = daysSince2000.addingReportingOverflow(offset)
        return overflow ? nil : CivilDate(daysSince2000: sum)
    }
}

extension CivilDate: CustomStringConvertible {
    /// Reads exactly `YYYY-MM-DD`.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        func number(_ range: Range<Int>) -> Int? {
            bytes[range].allSatisfy(\.isDigit) ? bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var description: String {
        let (year, month, day) = components
        let padding = String(repeating: "0", count: 4 - String(year).utf8.count)
        return "\(padding)\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
