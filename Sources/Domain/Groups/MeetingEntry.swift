/// A meeting in a list, without who was there.
public struct MeetingEntry: Sendable, Hashable {
    public let id: Identifier<Meeting>
    public let group: Identifier<Group>
    public let groupName: String
    public let heldOn: CivilDate
    /// The day it was called; nothing where that is not known.
    public let calledOn: CivilDate?
    public let agenda: WebLink?
    public let minutes: WebLink?

    package init(
        id: Identifier<Meeting>, group: Identifier<Group>, groupName: String, heldOn: CivilDate, calledOn: CivilDate?, agenda: WebLink?,
        minutes: WebLink?
    ) {
        self.id = id
        self.group = group
        self.groupName = groupName
        self.heldOn = heldOn
        self.calledOn = calledOn
        self.agenda = agenda
        self.minutes = minutes
    }
}
