/// What can only be recorded once it has happened.
public enum PastFact: String, Sendable, CaseIterable {
    /// An agreement was sent.
    case sending
    /// The counterparty signed.
    case signature
    /// The board's chair signed.
    case countersignature
    /// Money was promised to a project.
    case pledge
    /// A pledge was paid.
    case payment
    /// A group's commissioning document was signed.
    case commission
    /// Inhabitants were counted.
    case count

    /// Why the fact cannot be recorded as of a day; nothing for a day that has begun.
    ///
    /// - Returns: by `DAY_IN_FUTURE`.
    package func refusal(of day: CivilDate, on today: CivilDate) -> Refusal? {
        day > today ? Refusal(.dayInFuture, rawValue, day.description, today.description) : nil
    }
}
