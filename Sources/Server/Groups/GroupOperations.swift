import Domain
import Interchange
import Registry

extension Operation {
    /// Groups, who sits in them, and when they meet.
    package static let groups: [Operation] = [
        .list(
            .listGroups,
            { request, caller, work in
                try await Groups.page(
                    matching: try request.text("q"), kind: try request.word("kind"), of: try request.optionalIdentifier("product"),
                    with: try request.optionalIdentifier("organisation"), on: try request.day(), by: .name, request.page, for: caller,
                    in: work)
            }, { $0.write(to: &$1) }),
        .item(
            .getGroup, { try await Groups.find(try $0.identifier("group"), on: try $0.day(), for: $1, in: $2) }, { $0.write(to: &$1) }),
        .list(
            .listGroupSeats,
            { try await Seats.page(ofGroup: try $0.identifier("group"), on: try $0.day(), $0.page, for: $1, in: $2) },
            { $0.write(to: &$1) }),
        .list(
            .listGroupMeetings, { try await Meetings.page(ofGroup: try $0.identifier("group"), $0.page, for: $1, in: $2) },
            { $0.write(to: &$1) }),
        .list(
            .listSeats,
            { request, caller, work in
                try await Seats.page(
                    organisation: try request.optionalIdentifier("organisation"), group: try request.optionalIdentifier("group"),
                    person: try request.optionalIdentifier("person"), on: try request.day(), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .list(
            .listMeetings,
            { request, caller, work in
                try await Meetings.page(
                    of: try request.optionalIdentifier("group"), from: try request.date("from"), through: try request.date("to"),
                    request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .item(.getMeeting, { try await Meetings.find(try $0.identifier("meeting"), for: $1, in: $2) }, { $0.write(to: &$1) }),
    ]
}
