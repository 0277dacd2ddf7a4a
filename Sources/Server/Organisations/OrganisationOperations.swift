import Domain
import Interchange
import Registry

extension Operation {
    /// Organisations and what belongs to one.
    package static let organisations: [Operation] = [
        .list(
            .listOrganisations,
            { request, caller, work in
                try await Organisations.page(
                    matching: try request.text("q"), kind: try request.word("kind"), by: .name, request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .item(
            .getOrganisation, { try await Organisations.find(try $0.identifier("organisation"), for: $1, in: $2) }, { $0.write(to: &$1) }),
        .list(
            .listOrganisationContacts,
            { request, caller, work in
                try await People.contacts(
                    ofOrganisation: try request.identifier("organisation"), on: try request.day(), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .list(
            .listOrganisationInvoices,
            { request, caller, work in
                try await Documents.invoices(
                    toOrganisation: try request.identifier("organisation"), status: try request.word("status"), request.page, for: caller,
                    in: work)
            }, { try $0.write(to: &$1) }),
        .list(
            .listOrganisationInhabitants,
            { request, caller, work in
                try await Inhabitants.page(
                    ofOrganisation: try request.identifier("organisation"), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
        .list(
            .listInhabitants,
            { request, caller, work in
                try await Inhabitants.page(of: try request.optionalIdentifier("organisation"), request.page, for: caller, in: work)
            }, { $0.write(to: &$1) }),
    ]
}
