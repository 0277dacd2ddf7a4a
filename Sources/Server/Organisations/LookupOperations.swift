import Domain
import Interchange
import Registry

extension Operation {
    /// What an organisation asks about itself, whole and in parts.
    package static let lookups: [Operation] = [
        Operation(.getLookup) { request, register in
            let (id, day) = (Identifier<Organisation>(try request.id("organisation")), try request.day())
            return try await answer(request, register, on: day) { _, _ in id }
        },
        Operation(.findLookup) { request, register in
            let (text, day) = (try request.text("organisation") ?? "", try request.day())
            return try await answer(request, register, on: day) { try await Lookups.find(text, for: $1, in: $0) }
        },
        .inOnePipeline(.listOrganisationGroups) { request, register in
            // Asked all day: session and answer travel together.
            let groups = try await register.groups(
                of: try request.identifier("organisation"), on: try request.day(), today: request.today, as: request.token,
                allowing: request.roles, in: request.shape.scope, recognised: request.recognised)
            return .list(try Page(request.page, of: groups) { $0.id.value }, for: request) { $0.write(to: &$1) }
        },
        .list(
            .listOrganisationAgreements,
            { request, caller, work in
                let agreements = try await Lookups.agreements(
                    of: try request.identifier("organisation"), on: try request.day(), for: caller, in: work)
                return try Page(request.page, of: agreements) { $0.agreement.id.value }
            }, { $0.write(to: &$1) }),
        .list(
            .listOrganisationProductContacts,
            { request, caller, work in
                let contacts = try await Lookups.productContacts(
                    of: try request.identifier("organisation"), on: try request.day(), for: caller, in: work)
                return try Page(request.page, of: contacts) { $0.product.id.value }
            }, { $0.write(to: &$1) }),
        .item(
            .getExpectedAmounts,
            { request, caller, work in
                try await Lookups.expected(
                    of: try request.identifier("organisation"), for: try request.year() ?? request.today.year, for: caller, in: work)
            }, { try $0.write(to: &$1) }),
    ]

    private static func answer(
        _ request: OperationRequest, _ register: ServedRegister, on day: CivilDate,
        _ organisation: @Sendable (Work, Caller) async throws -> Identifier<Organisation>
    ) async throws -> Answer {
        let found = try await request.read(register) { work, caller in
            try await Lookups.all(of: try await organisation(work, caller), on: day, for: caller, in: work)
        }
        return try .item { try found.write(to: &$0) }
    }
}
