import Domain

// The operations on groups, seats and meetings, as the document describes them.

extension OperationShape {
    /// Groups by name, in Danish order.
    package static let listGroups = OperationShape(
        "listGroups", "/api/v1/groups", for: .business, in: .governance, answers: .list,
        [.text("q"), .word("kind", of: GroupKind.allCases.map(\.rawValue)), .id("product"), .id("organisation"), .date("asOf")])

    /// A group.
    package static let getGroup = OperationShape(
        "getGroup", "/api/v1/groups/{group}", for: .business, in: .governance, answers: .item,
        [.path("group"), .date("asOf")])

    /// Who is in a group.
    package static let listGroupSeats = OperationShape(
        "listGroupSeats", "/api/v1/groups/{group}/seats", for: .business, in: .governance, answers: .list,
        [.path("group"), .date("asOf")])

    /// A group's meetings, newest first.
    package static let listGroupMeetings = OperationShape(
        "listGroupMeetings", "/api/v1/groups/{group}/meetings", for: .business, in: .governance, answers: .list,
        [.path("group")])

    /// Seats by id.
    package static let listSeats = OperationShape(
        "listSeats", "/api/v1/seats", for: .business, in: .governance, answers: .list,
        [.id("organisation"), .id("group"), .id("person"), .date("asOf")])

    /// Meetings, newest first.
    package static let listMeetings = OperationShape(
        "listMeetings", "/api/v1/meetings", for: .business, in: .governance, answers: .list,
        [.id("group"), .date("from"), .date("to")])

    /// A meeting.
    package static let getMeeting = OperationShape(
        "getMeeting", "/api/v1/meetings/{meeting}", for: .business, in: .governance, answers: .item,
        [.path("meeting")])
}
