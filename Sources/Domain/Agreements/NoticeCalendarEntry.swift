/// One agreement in the notice calendar: how it can end, seen from a day.
public struct NoticeCalendarEntry: Sendable, Hashable {
    public let agreement: AgreementRecord
    public let outlook: NoticeOutlook

    /// Nothing for an agreement that is not in force on the day or later.
    public init?(_ agreement: AgreementRecord, on today: CivilDate) {
        let life = agreement.life.settled(on: today)
        guard let first = life.term?.first else { return nil }
        switch life.state {
        case .active:
            switch agreement.terms.ending(agreement.subject) {
            case .onReceipt: outlook = .anyDay
            case .byTerms(let notice, let minimumLastDay):
                // No notice is given before an agreement begins.
                outlook = .ends(notice.ends(from: max(today, first), minimumLastDay: minimumLastDay, count: 2))
            }
        case .noticeGiven:
            guard let last = life.term?.last else { return nil }
            outlook = .ending(last)
        default: return nil
        }
        self.agreement = agreement
    }
}

/// How an agreement can end.
public enum NoticeOutlook: Sendable, Hashable {
    /// A membership: notice on any day makes that day the last.
    case anyDay
    /// The next possible ends with the last day to act for each.
    case ends([PossibleEnd])
    /// The last day is known already.
    case ending(CivilDate)

    /// The next day by which somebody has to act; nothing where no day presses.
    public var nextLatestNotice: CivilDate? {
        guard case .ends(let ends) = self else { return nil }
        return ends.first?.latestNotice
    }
}
