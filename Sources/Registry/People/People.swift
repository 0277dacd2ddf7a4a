public import Domain
public import Postgres

/// Persons and what they are to organisations.
public enum People {
    /// An organisation's contacts, current ones first.
    public static func contacts(of organisation: Identifier<Organisation>, in work: Work) async throws -> [ContactRecord] {
        try await work.transaction.query(
            """
            SELECT \(ContactRecord.columns) FROM \(ContactRecord.table)
            WHERE c.organisation_id = \(organisation.value) ORDER BY upper(c.during) DESC NULLS FIRST, c.role, p.name, p.id
            """)
    }

    /// The person with an e-mail address.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PERSON`.
    static func find(_ email: String, in work: Work) async throws -> Identifier<Person> {
        guard let id = try await work.transaction.first("SELECT id FROM person WHERE email = \(email)", as: Int64.self) else {
            throw Refusal(.unknownPerson, email)
        }
        return Identifier(id)
    }

    /// Registers a person, or brings the one with this e-mail address up to date. Returns whether anything changed.
    static func store(_ draft: PersonDraft, in work: Work) async throws -> StoreOutcome {
        let email = draft.email.description
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO person (name, email, phone) VALUES (\(draft.name), \(email), \(draft.phone)) ON CONFLICT (email) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE person SET name = \(draft.name), phone = coalesce(\(draft.phone), phone)
            WHERE email = \(email) AND (name, phone) IS DISTINCT FROM (\(draft.name), coalesce(\(draft.phone), phone))
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Gives a person a role at an organisation. The natural key is organisation, person, role and first day; another last day is a change, none leaves it.
    static func store(
        _ role: ContactRole, of email: String, at organisation: Identifier<Organisation>, during term: Term, in work: Work
    ) async throws -> StoreOutcome {
        let person = try await find(email, in: work).value
        let known = try await work.transaction.first(
            """
            SELECT id FROM contact_role
            WHERE organisation_id = \(organisation.value) AND person_id = \(person) AND role = \(role.rawValue)
                AND lower(during) = \(term.first.stored)
            """, as: Int64.self)
        guard let known else {
            let overlapping = try await work.transaction.first(
                """
                SELECT \(HeldTerm.columns) FROM contact_role WHERE organisation_id = \(organisation.value) AND person_id = \(person) AND role = \(role.rawValue)
                    AND during && \(term.stored)
                """, as: HeldTerm.self)
            if let held = overlapping?.term {
                throw Refusal(.overlappingContact, email, role.rawValue, held.first.description, held.last?.description ?? "")
            }
            try await work.transaction.execute(
                """
                INSERT INTO contact_role (organisation_id, person_id, role, during)
                VALUES (\(organisation.value), \(person), \(role.rawValue), \(term.stored))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE contact_role SET during = \(term.stored)
            WHERE id = \(known) AND \(term.last?.stored)::date IS NOT NULL AND during <> \(term.stored)
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Makes a person an organisation's primary contact from a day on. The one before ends the day before; nothing when it is the same person.
    static func makePrimary(
        _ email: String, at organisation: Identifier<Organisation>, since day: CivilDate, in work: Work
    ) async throws {
        let current = try await contacts(of: organisation, in: work).first { $0.role == .primary && $0.term.contains(day) }
        if current?.email == email { return }
        try await work.transaction.execute(
            """
            UPDATE contact_role SET during = daterange(lower(during), \(day.stored))
            WHERE organisation_id = \(organisation.value) AND role = 'primary' AND during @> \(day.stored) AND lower(during) < \(day.stored)
            """)
        guard let term = Term(first: day, last: nil) else { return }
        _ = try await store(.primary, of: email, at: organisation, during: term, in: work)
    }

    /// The members without a primary contact on a day: a finding for the secretariat, not an error.
    public static func membersWithoutPrimaryContact(in work: Work) async throws -> [OrganisationRecord] {
        try await work.transaction.query(
            """
            SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table)
            WHERE EXISTS (SELECT FROM agreement AS a WHERE a.organisation_id = o.id AND a.subject = 'association'
                    AND a.state IN ('active', 'noticeGiven', 'ended') AND a.during @> \(work.today.stored))
                AND NOT EXISTS (SELECT FROM contact_role AS c WHERE c.organisation_id = o.id AND c.role = 'primary'
                    AND c.during @> \(work.today.stored))
            ORDER BY o.name COLLATE "da-x-icu", o.id
            """)
    }
}

/// What storing one record did.
enum StoreOutcome {
    case added, changed, unchanged
}

extension ContactRecord: RowDecodable {
    static var table: SQL {
        "contact_role AS c JOIN person AS p ON p.id = c.person_id JOIN organisation AS o ON o.id = c.organisation_id"
    }

    public static var columns: SQL { "c.id, p.id, p.name, p.email, p.phone, c.role, c.during, o.id, o.cvr, o.name" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), person: try row.identifier(), name: try row.next(), email: try row.next(), phone: try row.next(),
            role: try row.word(), term: try row.term(), organisation: try row.organisationName())
    }
}

private struct HeldTerm: RowDecodable, Sendable {
    let term: Term

    static var columns: SQL { "during" }

    init(row: inout Row) throws(DecodingFailure) { term = try row.term() }
}
