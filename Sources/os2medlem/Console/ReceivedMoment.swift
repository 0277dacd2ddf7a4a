import ArgumentParser
import Domain
import Foundation

/// When something was received, as a person types it: a day, or an instant that the association's zone makes a day of.
enum ReceivedMoment: ExpressibleByArgument {
    case day(CivilDate)
    case instant(Date)

    /// Reads `YYYY-MM-DD`, or an instant of ISO 8601 with its zone, such as `2027-09-30T23:30:00Z` or `2027-10-01T01:30:00+02:00`.
    init?(argument: String) {
        if let day = CivilDate(argument) {
            self = .day(day)
            return
        }
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime]
        // The formatter takes 31 February for a day in March; a day that does not exist is none.
        guard CivilDate(argument.prefix(10)) != nil, let instant = formatter.date(from: argument) else { return nil }
        self = .instant(instant)
    }

    /// Received after 24:00 Copenhagen time is the next day (DOMAIN §2).
    func day() throws -> CivilDate {
        switch self {
        case .day(let day): day
        case .instant(let instant): try Copenhagen.today(at: instant)
        }
    }
}
