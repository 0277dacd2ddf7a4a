/// One organisation's place taken by another, as the register holds it.
public struct SuccessionRecord: Sendable, Hashable {
    public let predecessor: Identifier<Organisation>
    public let predecessorName: String
    public let successor: Identifier<Organisation>
    public let successorName: String
    /// The first day of the successor.
    public let day: CivilDate
    /// The decision's reference.
    public let decision: String

    package init(
        predecessor: Identifier<Organisation>, predecessorName: String, successor: Identifier<Organisation>, successorName: String,
        day: CivilDate, decision: String
    ) {
        self.predecessor = predecessor
        self.predecessorName = predecessorName
        self.successor = successor
        self.successorName = successorName
        self.day = day
        self.decision = decision
    }
}
