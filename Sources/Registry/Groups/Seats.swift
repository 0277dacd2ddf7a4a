public import Domain
public import Postgres

/// Seats: somebody joins a group on behalf of an organisation, and leaves it.
public enum Seats {
    /// The seats of some groups that were not recorded by mistake, in one statement: by group and first day, then by organisation and person.
    static func list(of groups: [Identifier<Group>], in work: Work) async throws -> [Seat] {
        try await work.transaction.query(
            """
            SELECT \(Seat.columns) FROM \(Seat.table) WHERE s.group_id = ANY(\(groups.map(\.value))) AND NOT s.voided
            ORDER BY s.group_id, lower(s.during), o.name COLLATE "da-x-icu", p.name COLLATE "da-x-icu", s.id
            """)
    }

    /// Gives a person a seat in a group.
    ///
    /// - Parameter person: the e-mail address of a person of the register, who is registered first where `name` is given.
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `UNKNOWN_PERSON`, `UNKNOWN_ORGANISATION`, `UNKNOWN_DECISION`, `GROUP_FULL`, and as
    ///   ``store(_:of:for:in:decision:work:)``.
    public static func join(
        _ facts: SeatFacts, person email: String, named name: String? = nil, for organisation: String, in group: String,
        decision: String? = nil, in work: Work
    ) async throws -> GroupRecord {
        let record = try await Groups.locked(group, in: work)
        let party = try await Organisations.find(organisation, in: work)
        if let name {
            guard let address = EmailAddress(email) else { throw Refusal(.emailInvalid, email) }
            let place = SourceLocation(file: "join", line: 1, column: 1)
            _ = try await People.store(PersonDraft(location: place, name: name, email: address, phone: nil), in: work)
        }
        let person = try await People.find(email, in: work)
        let decisionID = try await Seats.decision(decision, in: work)
        if let limit = record.seatLimit, facts.role.mayVote, record.roster(on: facts.term.first).members.count >= limit {
            throw Refusal(.groupFull, record.name, String(limit))
        }
        try await begin(facts, of: person, for: party, in: record, decision: decisionID, work: work)
        return try await Groups.find(group, in: work)
    }

    /// A new seat, where a folder's row might mean the one that is there.
    ///
    /// - Throws: ``Refusal`` as ``store(_:of:for:in:decision:work:)``.
    static func begin(
        _ facts: SeatFacts, of person: Identifier<Person>, for organisation: OrganisationRecord, in group: GroupRecord,
        decision: Identifier<Decision>?, work: Work
    ) async throws {
        if let held = group.seats.first(where: { $0.isKnown(by: facts, of: person, for: organisation.id) }) {
            throw Refusal(.overlappingSeat, held.summary)
        }
        _ = try await store(facts, of: person, for: organisation, in: group, decision: decision, work: work)
    }

    /// Ends whatever seats a person has in a group on a day, which is their last.
    ///
    /// - Parameter organisation: only those for this organisation, where it is given; so with the role.
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `UNKNOWN_ORGANISATION`, and `UNKNOWN_SEAT` where there is none on the day.
    public static func leave(
        _ group: String, person email: String, for organisation: String? = nil, as role: SeatRole? = nil, last day: CivilDate,
        in work: Work
    ) async throws -> GroupRecord {
        let record = try await Groups.locked(group, in: work)
        let party = try await Seats.organisation(organisation, in: work)
        let held = record.seats.held(by: email, for: party, on: day).filter { role == nil || $0.role == role }
        guard !held.isEmpty else { throw Refusal(.unknownSeat, email, record.name, day.description) }
        for seat in held { try await end(seat, last: day, in: work) }
        return try await Groups.find(group, in: work)
    }

    /// Stores what is said of a seat. The natural key is group, person, organisation, role and first day; another last day is a change, none leaves it.
    ///
    /// - Throws: ``Refusal`` by `OVERLAPPING_SEAT`, `CHAIR_TAKEN`, `ROLE_WITHOUT_VOTES`, `ASSEMBLY_WITHOUT_SEATS`, `GROUP_NOT_THERE` where the group is
    ///   not there on the first day.
    static func store(
        _ facts: SeatFacts, of person: Identifier<Person>, for organisation: OrganisationRecord, in group: GroupRecord,
        decision: Identifier<Decision>?, work: Work
    ) async throws -> StoreOutcome {
        let (role, votes, term) = (facts.role, facts.votes.map(Int32.init), facts.term)
        // One vote where the role may have one, but none for suppliers (DOMAIN §4).
        let ordinary: Int32 = role.mayVote && organisation.kind != .supplier ? 1 : 0
        if group.kind == .generalAssembly { throw Refusal(.assemblyWithoutSeats, group.name) }
        if let votes, votes > 0, !role.mayVote { throw Refusal(.roleWithoutVotes, role.rawValue) }
        if facts.isVoid != true { try checkNeighbours(facts, of: person, for: organisation.id, in: group) }
        let known = try await work.transaction.query(
            """
            SELECT id FROM seat WHERE group_id = \(group.id.value) AND person_id = \(person.value)
                AND organisation_id = \(organisation.id.value) AND role = \(role.rawValue) AND lower(during) = \(term.first.stored)
            ORDER BY voided, id
            """, as: Int64.self
        ).first
        guard let known else {
            guard group.exists(on: term.first) else { throw Refusal(.groupNotThere, group.name, term.first.description) }
            try await work.transaction.execute(
                """
                INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during, elected_until, decision_id, voided)
                VALUES (\(group.id.value), \(person.value), \(organisation.id.value), \(role.rawValue),
                    \(votes ?? ordinary), \(term.stored), \(facts.electedUntil?.stored),
                    \(decision?.value), \(facts.isVoid ?? false))
                """)
            return .added
        }
        // One that was recorded by mistake and now stands again is stated anew.
        let revives = facts.isVoid == false
        let updated = try await work.transaction.execute(
            """
            UPDATE seat AS s SET votes = n.votes, during = n.during, elected_until = n.elected_until, decision_id = n.decision_id,
                voided = n.voided
            FROM (
                SELECT id, coalesce(\(votes), CASE WHEN voided AND \(revives) THEN \(ordinary) ELSE votes END) AS votes,
                    CASE WHEN \(term.last?.stored)::date IS NULL AND NOT (voided AND \(revives)) THEN during ELSE \(term.stored) END AS during,
                    coalesce(\(facts.electedUntil?.stored), CASE WHEN NOT (voided AND \(revives)) THEN elected_until END) AS elected_until,
                    coalesce(\(decision?.value), CASE WHEN NOT (voided AND \(revives)) THEN decision_id END) AS decision_id,
                    coalesce(\(facts.isVoid), voided) AS voided
                FROM seat WHERE id = \(known)
            ) AS n
            WHERE s.id = n.id AND (s.votes, s.during, s.elected_until, s.decision_id, s.voided)
                IS DISTINCT FROM (n.votes, n.during, n.elected_until, n.decision_id, n.voided)
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// What the database would refuse between seats is looked for first, to say whose is in the way.
    private static func checkNeighbours(
        _ facts: SeatFacts, of person: Identifier<Person>, for organisation: Identifier<Organisation>, in group: GroupRecord
    ) throws(Refusal) {
        let known = group.seats.first { $0.isKnown(by: facts, of: person, for: organisation) }
        // A row that knows no end leaves the recorded one.
        let term = facts.term.last == nil ? known?.term ?? facts.term : facts.term
        let others = group.seats.filter { $0.id != known?.id && $0.role == facts.role && $0.term.overlaps(term) }
        if let own = others.first(where: { $0.person == person && $0.organisation == organisation }) {
            throw Refusal(.overlappingSeat, own.summary)
        }
        if facts.role == .chair, let chair = others.first {
            throw Refusal(.chairTaken, group.name, chair.personName, chair.term.first.description)
        }
    }

    static func end(_ seat: Seat, last day: CivilDate, in work: Work) async throws {
        guard let term = Term(first: seat.term.first, last: day) else {
            throw Refusal(.endBeforeStart, day.description, seat.term.first.description)
        }
        try await work.transaction.execute("UPDATE seat SET during = \(term.stored) WHERE id = \(seat.id.value)")
    }

    static func organisation(_ text: String?, in work: Work) async throws -> Identifier<Organisation>? {
        guard let text else { return nil }
        return try await Organisations.find(text, in: work).id
    }

    static func decision(_ reference: String?, in work: Work) async throws -> Identifier<Decision>? {
        guard let reference else { return nil }
        return try await Decisions.find(reference, in: work)
    }
}

extension [Seat] {
    /// A person's seats on a day, for one organisation where it is given.
    func held(by email: String, for organisation: Identifier<Organisation>?, on day: CivilDate) -> [Seat] {
        filter { $0.email == email && $0.term.contains(day) && (organisation == nil || $0.organisation == organisation) }
    }
}

extension Seat {
    /// Is this the seat that somebody means who says so of a person and an organisation: in the role, from the day?
    fileprivate func isKnown(by facts: SeatFacts, of person: Identifier<Person>, for organisation: Identifier<Organisation>) -> Bool {
        self.person == person && self.organisation == organisation && role == facts.role && term.first == facts.term.first
    }

    /// Whose it is, as what and when, to point at in a refusal.
    var summary: String { "\(personName), \(role.rawValue) \(term)" }
}

extension Seat: RowDecodable {
    static var table: SQL {
        """
        seat AS s JOIN governance_group AS sg ON sg.id = s.group_id JOIN person AS p ON p.id = s.person_id
        JOIN organisation AS o ON o.id = s.organisation_id LEFT JOIN decision AS d ON d.id = s.decision_id
        """
    }

    public static var columns: SQL {
        """
        s.id, s.group_id, sg.name, p.id, p.name, p.email, o.id, o.name, o.cvr, o.kind, s.role, s.votes, s.during, s.elected_until, d.reference,
        p.phone
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), group: try row.identifier(), groupName: try row.next(), person: try row.identifier(),
            personName: try row.next(), email: try row.next(), organisation: try row.identifier(), organisationName: try row.next(),
            organisationCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) }, organisationKind: try row.word(),
            role: try row.word(), votes: try row.next(), term: try row.term(), electedUntil: try row.optionalDate(),
            decision: try row.next(), phone: try row.next())
    }
}
