/// A decision as the register holds it.
public struct DecisionRecord: Sendable, Hashable {
    public let id: Identifier<Decision>
    /// What people know it by.
    public let reference: String
    public let decidedBy: DecisionMaker
    public let decidedOn: CivilDate
    public let title: String

    package init(id: Identifier<Decision>, reference: String, decidedBy: DecisionMaker, decidedOn: CivilDate, title: String) {
        self.id = id
        self.reference = reference
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
        self.title = title
    }
}
