/// A total of a billing period that nobody shares, because nobody takes part or nobody who does weighs anything. It gives no lines and is said once a run.
public struct UnsharedTotal: Sendable, Hashable {
    public let subject: Subject
    public let component: String
    public let period: BillingPeriod
    /// What the period would have shared out.
    public let total: Money

    /// Writes what the preview's hash covers of it.
    package func writeCanonical(to json: inout CanonicalJSON) {
        json.object {
            $0.member("unshared", subject.description)
            $0.member("component", component)
            $0.member("period", period.description)
            $0.member("totalMinor", total)
        }
    }
}
