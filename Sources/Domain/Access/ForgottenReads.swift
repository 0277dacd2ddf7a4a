/// What is no longer on record of who read what.
public struct ForgottenReads: Sendable, Hashable {
    /// How many were forgotten now.
    public let count: Int64
    /// The first day, Copenhagen's, whose reads are kept.
    public let keptSince: CivilDate

    package init(count: Int64, keptSince: CivilDate) {
        self.count = count
        self.keptSince = keptSince
    }
}
