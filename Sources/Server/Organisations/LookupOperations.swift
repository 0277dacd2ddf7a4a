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
        Operation(.listOrganisationGroups) { request, register in
            let (id, day) = (Identifier<Organisation>(try request.id("organisation")), try request.day())
            // Asked all day: session and answer travel together.
            let groups = try await register.groups(of: id, on: day, as: request.token, allowing: request.roles, in: request.shape.scope)
            return .list(
                Page(request.page, of: groups) { $0.id.value }, for: request, header: OrganisationGroup.csvHeader, cells: \.csvCells
            ) { $0.write(to: &$1) }
        },
        Operation(.listOrganisationAgreements) { request, register in
            let (id, day) = (Identifier<Organisation>(try request.id("organisation")), try request.day())
            let agreements = try await request.read(register) { try await Lookups.agreements(of: id, on: day, for: $1, in: $0) }
            return .list(
                Page(request.page, of: agreements) { $0.agreement.id.value }, for: request, header: LookedUpAgreement.csvHeader,
                cells: \.csvCells
            ) { $0.write(to: &$1) }
        },
        Operation(.listOrganisationProductContacts) { request, register in
            let (id, day) = (Identifier<Organisation>(try request.id("organisation")), try request.day())
            let contacts = try await request.read(register) { try await Lookups.productContacts(of: id, on: day, for: $1, in: $0) }
            return .list(
                Page(request.page, of: contacts) { $0.agreement.value }, for: request, header: ProductContacts.csvHeader, cells: \.csvCells
            ) { $0.write(to: &$1) }
        },
        Operation(.getExpectedAmounts) { request, register in
            let (id, year) = (Identifier<Organisation>(try request.id("organisation")), try request.year() ?? request.today.year + 1)
            let expected = try await request.read(register) { try await Lookups.expected(of: id, for: year, for: $1, in: $0) }
            return try .item { try expected.write(to: &$0) }
        },
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
