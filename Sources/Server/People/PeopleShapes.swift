import Domain

// The operations on people and their roles, as the document describes them.

extension OperationShape {
    /// People by name, in Danish order.
    package static let listPeople = OperationShape(
        "listPeople", "/api/v1/people", for: .business, in: .people, answers: .list,
        [.text("q")])

    /// A person.
    package static let getPerson = OperationShape(
        "getPerson", "/api/v1/people/{person}", for: .business, in: .people, answers: .item,
        [.path("person")])

    /// Who has which role at which organisation.
    package static let listContactRoles = OperationShape(
        "listContactRoles", "/api/v1/contact-roles", for: .business, in: .people, answers: .list,
        [.id("organisation"), .word("role", of: ContactRole.allCases.map(\.rawValue)), .date("asOf")])
}
