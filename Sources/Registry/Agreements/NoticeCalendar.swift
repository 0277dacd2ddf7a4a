public import Domain

/// The notice calendar: how every agreement in force can end, counted from today.
public enum NoticeCalendar {
    /// The next two possible ends of every agreement in force, or soon to be, and the last day to act for each. Whoever has to act first comes
    /// first; where no day presses, by organisation and subject.
    public static func list(in work: Work) async throws -> [NoticeCalendarEntry] {
        let entries = try await Agreements.list(in: work).compactMap { NoticeCalendarEntry($0, on: work.today) }
        let pressing = entries.enumerated().compactMap { index, entry in
            entry.outlook.nextLatestNotice.map { (day: $0, index: index, entry: entry) }
        }
        return pressing.sorted { ($0.day, $0.index) < ($1.day, $1.index) }.map(\.entry)
            + entries.filter { $0.outlook.nextLatestNotice == nil }
    }
}
