import Domain

// The operations on organisations and what belongs to one, as the document describes them.

extension OperationShape {
    /// Organisations by name, in Danish order.
    package static let listOrganisations = OperationShape(
        "listOrganisations", "/api/v1/organisations", for: .business, in: .organisations, answers: .list,
        [.text("q"), .word("kind", of: OrganisationKind.allCases.map(\.rawValue))])

    /// An organisation.
    package static let getOrganisation = OperationShape(
        "getOrganisation", "/api/v1/organisations/{organisation}", for: .business, in: .organisations, answers: .item,
        [.path("organisation")])

    /// Groups, people, agreements, contacts and invoices of an organisation.
    package static let getLookup = OperationShape(
        "getLookup", "/api/v1/organisations/{organisation}/lookup", for: .business, in: .organisations, answers: .item,
        [.path("organisation"), .date("asOf")])

    /// The same, by name, CVR number or municipality code.
    package static let findLookup = OperationShape(
        "findLookup", "/api/v1/lookup", for: .business, in: .organisations, answers: .item,
        [.text("organisation", required: true), .date("asOf")])

    /// Groups with the organisation's people in them, and whom to ask about each.
    package static let listOrganisationGroups = OperationShape(
        "listOrganisationGroups", "/api/v1/organisations/{organisation}/groups", for: .business, in: .governance, answers: .list,
        [.path("organisation"), .date("asOf")])

    /// The organisation's agreements with price and notice.
    package static let listOrganisationAgreements = OperationShape(
        "listOrganisationAgreements", "/api/v1/organisations/{organisation}/agreements", for: .business, in: .agreements, answers: .list,
        [.path("organisation"), .date("asOf")])

    /// The organisation's contacts by role.
    package static let listOrganisationContacts = OperationShape(
        "listOrganisationContacts", "/api/v1/organisations/{organisation}/contacts", for: .business, in: .people, answers: .list,
        [.path("organisation"), .date("asOf")])

    /// Whom to ask about each product the organisation joined.
    package static let listOrganisationProductContacts = OperationShape(
        "listOrganisationProductContacts", "/api/v1/organisations/{organisation}/product-contacts", for: .business, in: .people,
        answers: .list,
        [.path("organisation"), .date("asOf")])

    /// The organisation's invoices and what is left of them, newest first.
    package static let listOrganisationInvoices = OperationShape(
        "listOrganisationInvoices", "/api/v1/organisations/{organisation}/invoices", for: .business, in: .invoices, answers: .list,
        [.path("organisation"), .word("status", of: ["open", "credited"])])

    /// What a year is expected to cost.
    package static let getExpectedAmounts = OperationShape(
        "getExpectedAmounts", "/api/v1/organisations/{organisation}/expected-amounts", for: .business, in: .invoices, answers: .item,
        [.path("organisation"), .year("year", required: true)])

    /// The organisation's inhabitants, newest first.
    package static let listOrganisationInhabitants = OperationShape(
        "listOrganisationInhabitants", "/api/v1/organisations/{organisation}/inhabitants", for: .business, in: .organisations,
        answers: .list,
        [.path("organisation")])

    /// Numbers of inhabitants.
    package static let listInhabitants = OperationShape(
        "listInhabitants", "/api/v1/inhabitants", for: .business, in: .organisations, answers: .list,
        [.id("organisation")])
}
