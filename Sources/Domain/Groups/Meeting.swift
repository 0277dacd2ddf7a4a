/// A meeting of a group, planned or held (*møde*).
public enum Meeting {}

/// A meeting as the register holds it.
public struct MeetingRecord: Sendable, Hashable {
    public let id: Identifier<Meeting>
    public let group: Identifier<Group>
    public let groupName: String
    public let heldOn: CivilDate
    /// The day it was called; nothing where that is not known.
    public let calledOn: CivilDate?
    public let agenda: WebLink?
    public let minutes: WebLink?
    /// Whom something is recorded of, by name.
    public let attendance: [MeetingAttendance]

    package init(_ meeting: MeetingEntry, attendance: [MeetingAttendance]) {
        id = meeting.id
        group = meeting.group
        groupName = meeting.groupName
        heldOn = meeting.heldOn
        calledOn = meeting.calledOn
        agenda = meeting.agenda
        minutes = meeting.minutes
        self.attendance = attendance
    }
}

/// Whether somebody was at a meeting.
public struct MeetingAttendance: Sendable, Hashable {
    public let person: Identifier<Person>
    public let name: String
    public let email: String
    public let isPresent: Bool

    package init(person: Identifier<Person>, name: String, email: String, isPresent: Bool) {
        self.person = person
        self.name = name
        self.email = email
        self.isPresent = isPresent
    }
}

/// What a row or a verb says of a meeting; nothing where it does not say.
public struct MeetingFacts: Sendable, Hashable {
    public var calledOn: CivilDate?
    public var agenda: WebLink?
    public var minutes: WebLink?
    /// It was cancelled, or recorded by mistake.
    public var isVoid: Bool?

    public init(calledOn: CivilDate? = nil, agenda: WebLink? = nil, minutes: WebLink? = nil, isVoid: Bool? = nil) {
        self.calledOn = calledOn
        self.agenda = agenda
        self.minutes = minutes
        self.isVoid = isVoid
    }
}
