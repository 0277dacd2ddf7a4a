import Domain
import Interchange
import Registry

extension Operation {
    /// People and their roles.
    package static let people: [Operation] = [
        .list(
            .listPeople,
            { try await People.page(matching: try $0.text("q"), by: .name, $0.page, for: $1, in: $2) }, { $0.write(to: &$1) }),
        .item(.getPerson, { try await People.find(try $0.identifier("person"), for: $1, in: $2) }, { $0.write(to: &$1) }),
        .list(
            .listContactRoles,
            { request, caller, work in
                try await People.contacts(
                    at: try request.optionalIdentifier("organisation"), as: try request.word("role"), on: try request.day(), request.page,
                    for: caller, in: work)
            }, { $0.write(to: &$1) }),
    ]
}
