public import Domain
import Postgres

// People and their roles as they are served: one's own, and whom to ask.

extension People {
    /// Those the caller may see; three statements, however many there are.
    ///
    /// - Parameter text: part of the name or of the e-mail address, or nearly. Who fits best comes first.
    public static func page(
        matching text: String? = nil, by order: ListOrder = .number, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<PersonRecord> {
        let listing = Listing(
            table: "person AS p", key: "p.id",
            order: order.column("p.name", after: FoldedText.likeness(to: text, of: ["p.name", "p.email"])))
        let page: Page<PersonRow> = try await listing.page(
            request,
            where: """
                \(caller.seesPerson("p.id", on: work.today))
                AND (\(FoldedText.finds(text, in: "p.name")) OR \(FoldedText.finds(text, in: "p.email")))
                """, in: work)
        let facts = try await employment(of: page.elements.map(\.id), for: caller, in: work)
        return page.map { $0.record(facts) }
    }

    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<Person>, for caller: Caller, in work: Work) async throws -> PersonRecord {
        let found = try await work.transaction.first(
            "SELECT \(PersonRow.columns) FROM person AS p WHERE p.id = \(id.value) AND \(caller.seesPerson("p.id", on: work.today))",
            as: PersonRow.self)
        guard let found else { throw AccessRefusal.notFound }
        return found.record(try await employment(of: [id], for: caller, in: work))
    }

    /// Who has which role at the caller's organisations on a day, by organisation and name in Danish order.
    ///
    /// - Parameter organisation: only at this one, where it is given; so with the role.
    public static func contacts(
        at organisation: Identifier<Organisation>? = nil, as role: ContactRole? = nil, on day: CivilDate? = nil, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<ContactRecord> {
        let day = day ?? work.today
        let listing = Listing(
            table: ContactRecord.table, key: "c.id",
            order:
                "o.name COLLATE \"da-x-icu\", o.id, array_position(\(ContactRole.allCases.map(\.rawValue)), c.role), p.name COLLATE \"da-x-icu\""
        )
        return try await listing.page(
            request,
            where: """
                \(caller.sees("c.organisation_id")) AND c.during @> \(day.stored)
                AND (\(organisation?.value)::bigint IS NULL OR c.organisation_id = \(organisation?.value))
                AND (\(role?.rawValue)::text IS NULL OR c.role = \(role?.rawValue))
                """, in: work)
    }

    /// An organisation's contacts on a day, by role.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where they are not the caller's business.
    public static func contacts(
        ofOrganisation organisation: Identifier<Organisation>, on day: CivilDate? = nil, _ request: PageRequest, for caller: Caller,
        in work: Work
    ) async throws -> Page<ContactRecord> {
        try await Organisations.require(organisation, for: caller, in: work)
        return try await contacts(at: organisation, on: day, request, for: caller, in: work)
    }

    /// Roles and seats of some people that the caller may see, in two statements.
    private static func employment(
        of people: [Identifier<Person>], for caller: Caller, in work: Work
    ) async throws -> Employment {
        let ids = people.map(\.value)
        let roles = try await work.transaction.query(
            """
            SELECT \(RoleRow.columns) FROM contact_role AS c JOIN organisation AS o ON o.id = c.organisation_id
            WHERE c.person_id = ANY (\(ids)) AND \(caller.sees("c.organisation_id"))
            ORDER BY upper(c.during) DESC NULLS FIRST, array_position(\(ContactRole.allCases.map(\.rawValue)), c.role), lower(c.during), c.id
            """, as: RoleRow.self)
        let seats = try await work.transaction.query(
            """
            SELECT DISTINCT ON (s.person_id) \(SeatedRow.columns) FROM seat AS s JOIN organisation AS o ON o.id = s.organisation_id
            WHERE s.person_id = ANY (\(ids)) AND NOT s.voided AND s.during @> \(work.today.stored) AND \(caller.seesSeat("s", on: work.today))
            ORDER BY s.person_id, lower(s.during), s.id
            """, as: SeatedRow.self)
        return Employment(
            today: work.today, roles: Dictionary(grouping: roles, by: \.person).mapValues { $0.map(\.role) },
            seats: Dictionary(seats.map { ($0.person, $0.organisation) }) { first, _ in first })
    }
}

/// What says where people work.
private struct Employment {
    let today: CivilDate
    let roles: [Identifier<Person>: [PersonRecord.Role]]
    let seats: [Identifier<Person>: OrganisationName]
}

private struct PersonRow: RowDecodable, Sendable {
    let id: Identifier<Person>
    private let name: String
    private let email: String
    private let phone: String?

    static var columns: SQL { "p.id, p.name, p.email, p.phone" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        name = try row.next()
        email = try row.next()
        phone = try row.next()
    }

    func record(_ facts: Employment) -> PersonRecord {
        let roles = facts.roles[id] ?? []
        let current = roles.filter { $0.term.contains(facts.today) }
        let organisation = (current.first { $0.role == .primary } ?? current.first)?.organisation ?? facts.seats[id]
        return PersonRecord(id: id, name: name, email: email, phone: phone, organisation: organisation, roles: roles)
    }
}

private struct RoleRow: RowDecodable, Sendable {
    let person: Identifier<Person>
    let role: PersonRecord.Role

    static var columns: SQL { "c.person_id, c.role, o.id, o.cvr, o.name, c.during" }

    init(row: inout Row) throws(DecodingFailure) {
        person = try row.identifier()
        role = PersonRecord.Role(role: try row.word(), organisation: try row.organisationName(), term: try row.term())
    }
}

private struct SeatedRow: RowDecodable, Sendable {
    let person: Identifier<Person>
    let organisation: OrganisationName

    static var columns: SQL { "s.person_id, o.id, o.cvr, o.name" }

    init(row: inout Row) throws(DecodingFailure) {
        person = try row.identifier()
        organisation = try row.organisationName()
    }
}
