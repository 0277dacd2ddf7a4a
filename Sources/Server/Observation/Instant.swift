import Domain
import Glibc
import Synchronization

/// A point in time as logs and headers write it, without a formatter that knows locales.
struct Instant: Sendable {
    let seconds: Int64
    let milliseconds: Int64

    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(seconds: Int64(time.tv_sec), milliseconds: Int64(time.tv_nsec) / 1_000_000)
    }

    /// Nanoseconds of a clock that never goes back.
    static var ticks: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Since 1970.
    var microseconds: Int64 { seconds * 1_000_000 + milliseconds * 1000 }

    /// ISO 8601 in UTC, with milliseconds.
    var text: String {
        let (day, hour, minute, second) = parts
        let zeros = milliseconds < 10 ? "00" : milliseconds < 100 ? "0" : ""
        return "\(day)T\(two(hour)):\(two(minute)):\(two(second)).\(zeros)\(milliseconds)Z"
    }

    /// As a `Date` header has it.
    var headerText: String {
        let (_, hour, minute, second) = parts
        let (year, month, dayOfMonth) = CivilDate(daysSince2000: Int32(truncatingIfNeeded: dayNumber))?.components ?? (2000, 1, 1)
        let weekday = Instant.weekdays[Int(((dayNumber % 7) + 7) % 7)]
        return "\(weekday), \(two(Int64(dayOfMonth))) \(Instant.months[month - 1]) \(year) \(two(hour)):\(two(minute)):\(two(second)) GMT"
    }

    /// 1 January 2000 was a Saturday.
    private static let weekdays = ["Sat", "Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    /// From 1 January 1970 to 1 January 2000.
    private static let daysBefore2000: Int64 = 10957

    private var dayNumber: Int64 { seconds / 86400 - Instant.daysBefore2000 }

    private var parts: (day: String, hour: Int64, minute: Int64, second: Int64) {
        let inDay = seconds % 86400
        let day = CivilDate(daysSince2000: Int32(truncatingIfNeeded: dayNumber))?.description ?? "2000-01-01"
        return (day, inDay / 3600, inDay / 60 % 60, inDay % 60)
    }

    private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// The `Date` header, written once a second.
final class DateHeader: Sendable {
    private let last = Mutex((seconds: Int64(-1), text: ""))

    var text: String {
        let now = Instant.now
        return last.withLock { last in
            if last.seconds != now.seconds { last = (now.seconds, now.headerText) }
            return last.text
        }
    }
}
