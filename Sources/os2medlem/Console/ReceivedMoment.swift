import ArgumentParser
import Domain
import Foundation

/// When something was received, as a person types it: a day, or an instant that the association's zone makes a day of.
enum ReceivedMoment: ExpressibleByArgument {
    case day(CivilDate)
    case instant(Date)

    /// Reads `YYYY-MM-DD`, or an instant with its distance to UTC: `2027-09-30T23:30:00Z`, `2027-10-01T01:30:00+02:00`. Read by hand, because the
    /// system's reader takes 24:30 and 31 February for moments of the day after.
    init?(argument: String) {
        if let day = CivilDate(argument) {
            self = .day(day)
            return
        }
        guard let match = argument.wholeMatch(of: /(.{10})T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))/), let day = CivilDate(match.1),
            let hour = ReceivedMoment.number(match.2, below: 24), let minute = ReceivedMoment.number(match.3, below: 60),
            let second = ReceivedMoment.number(match.4, below: 60),
            let ahead = ReceivedMoment.number(match.6 ?? "00", below: 15), let further = ReceivedMoment.number(match.7 ?? "00", below: 60)
        else { return nil }
        let offset = (ahead * 60 + further) * (match.5 == "-" ? -60 : 60)
        let days = Int(day.daysSince2000) + 10_957
        self = .instant(Date(timeIntervalSince1970: TimeInterval(days * 86_400 + hour * 3_600 + minute * 60 + second - offset)))
    }

    private static func number(_ text: Substring, below limit: Int) -> Int? { Int(text).flatMap { $0 < limit ? $0 : nil } }

    /// Received after 24:00 Copenhagen time is the next day (DOMAIN §2).
    func day() throws -> CivilDate {
        switch self {
        case .day(let day): day
        case .instant(let instant): try Copenhagen.today(at: instant)
        }
    }
}
