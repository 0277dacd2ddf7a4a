internal import Crypto
public import Domain
public import Postgres

/// Personal API tokens: made, listed, revoked.
public enum Tokens {
    /// What a new token is for.
    public struct Request: Sendable {
        public var email: String
        /// Registers the person first, or brings the name up to date, and makes who has no place at the organisation a technical contact of it from today
        /// on; nothing for a person who is registered.
        public var name: String?
        public var role: AccessRole
        /// As ``Organisations/find(_:in:)`` takes it.
        public var organisation: String?
        public var scopes: [AccessScope]
        public var lastDay: CivilDate

        public init(
            email: String, name: String? = nil, role: AccessRole, organisation: String? = nil, scopes: [AccessScope] = AccessScope.allCases,
            lastDay: CivilDate
        ) {
            self.email = email
            self.name = name
            self.role = role
            self.organisation = organisation
            self.scopes = scopes
            self.lastDay = lastDay
        }
    }

    /// Makes a token. The secret exists here and in the answer, nowhere else.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PERSON`, `UNKNOWN_ORGANISATION`, `TOKEN_ROLE_UNFIT` where a role needs an organisation and has none, the other
    ///   way round, or is another kind's; `TOKEN_WITHOUT_PLACE` for a person who is no contact of the organisation and sits nowhere on its behalf;
    ///   `TOKEN_LIFE` for a last day before today or more than ``TokenRecord/longestLife`` days ahead.
    public static func create(_ request: Request, in work: Work) async throws -> (token: AccessToken, record: TokenRecord) {
        guard work.today <= request.lastDay, request.lastDay.daysSince2000 - work.today.daysSince2000 <= TokenRecord.longestLife else {
            throw Refusal(.tokenLife, request.lastDay.description)
        }
        var organisation: Identifier<Organisation>?
        if let text = request.organisation {
            let party = try await Organisations.find(text, in: work)
            guard request.role.fits(party.kind) else { throw Refusal(.tokenRoleUnfit, request.role.rawValue, party.name) }
            organisation = party.id
        }
        guard request.role != .anonymous, request.role.isOfOrganisation == (organisation != nil) else {
            throw Refusal(.tokenRoleUnfit, request.role.rawValue, request.organisation ?? "")
        }
        if let name = request.name {
            guard let address = EmailAddress(request.email) else { throw Refusal(.emailInvalid, request.email) }
            let place = SourceLocation(file: "token", line: 1, column: 1)
            _ = try await People.store(PersonDraft(location: place, name: name, email: address, phone: nil), in: work)
        }
        let person = try await People.find(request.email, in: work)
        if let organisation { try await checkPlace(of: person, at: organisation, request, in: work) }
        let token = try random()
        let scopes = AccessScope.allCases.filter(request.scopes.contains).map(\.rawValue)
        let id = try await work.transaction.only(
            """
            INSERT INTO api_token (person_id, role, organisation_id, scopes, prefix, digest, expires_at)
            VALUES (\(person.value), \(request.role.rawValue), \(organisation?.value), \(scopes), \(token.prefix),
                \(Array(SHA256.hash(data: Array(token.secret.utf8)))),
                (\(request.lastDay.stored) + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
            RETURNING id
            """, as: Int64.self)
        guard let record = try await list("t.id = \(id)", in: work).first else { throw Refusal(.unknownToken, token.prefix) }
        return (token, record)
    }

    /// Every token, the newest first.
    ///
    /// - Parameter organisation: only tokens that speak for it, where it is given.
    public static func list(of organisation: Identifier<Organisation>? = nil, in work: Work) async throws -> [TokenRecord] {
        try await list("\(organisation?.value)::bigint IS NULL OR t.organisation_id = \(organisation?.value)", in: work)
    }

    /// Ends a token at once: the next request with it is turned away.
    ///
    /// - Parameter prefix: `os2m_` and eight characters, as ``list(of:in:)`` shows it; a whole token will do.
    /// - Throws: ``Refusal`` by `UNKNOWN_TOKEN`, or `TOKEN_REVOKED` when it was before.
    public static func revoke(_ prefix: String, in work: Work) async throws -> TokenRecord {
        let prefix = AccessToken(prefix)?.prefix ?? prefix
        guard let known = try await list("t.prefix = \(prefix)", in: work).first else { throw Refusal(.unknownToken, prefix) }
        if let day = known.revokedOn { throw Refusal(.tokenRevoked, prefix, day.description) }
        try await work.transaction.execute("UPDATE api_token SET revoked_at = clock_timestamp() WHERE id = \(known.id.value)")
        return try await list("t.id = \(known.id.value)", in: work).first ?? known
    }

    /// Who has left an organisation asks nothing on its behalf; the database ends such a token by itself (`open_session`).
    private static func checkPlace(
        of person: Identifier<Person>, at organisation: Identifier<Organisation>, _ request: Request, in work: Work
    ) async throws {
        let place: SQL = "SELECT has_place(\(person.value), \(organisation.value))"
        if try await work.transaction.only(place, as: Bool.self) { return }
        guard request.name != nil, let term = Term(first: work.today, last: nil) else {
            throw Refusal(.tokenWithoutPlace, request.email, request.organisation ?? "")
        }
        _ = try await People.store(.technical, of: request.email, at: organisation, during: term, in: work)
    }

    private static func list(_ condition: SQL, in work: Work) async throws -> [TokenRecord] {
        try await work.transaction.query(
            "SELECT \(TokenRecord.columns) FROM \(TokenRecord.table) WHERE \(condition) ORDER BY t.created_at DESC, t.id DESC")
    }

    private static func random() throws -> AccessToken {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        guard let token = AccessToken(bytes: bytes) else { throw Refusal(.recordInvalid, "token") }
        return token
    }
}

extension AccessRole {
    /// Suppliers ask as suppliers, public authorities as members; one that has only joined a product asks as a member does.
    fileprivate func fits(_ kind: OrganisationKind) -> Bool {
        switch self {
        case .memberContact, .memberAdministrator: kind.mayBeMember
        case .supplier: kind == .supplier
        case .anonymous, .secretariat, .finance, .board, .auditor, .operator: false
        }
    }
}

extension TokenRecord: RowDecodable {
    static var table: SQL {
        """
        api_token AS t JOIN person AS p ON p.id = t.person_id LEFT JOIN organisation AS o ON o.id = t.organisation_id
        LEFT JOIN api_token_use AS u ON u.token_id = t.id
        """
    }

    public static var columns: SQL {
        """
        t.id, t.prefix, p.name, p.email, t.role, o.id, o.cvr, o.name, t.scopes, (t.created_at AT TIME ZONE 'Europe/Copenhagen')::date,
        (t.expires_at AT TIME ZONE 'Europe/Copenhagen')::date - 1, (u.last_used_at AT TIME ZONE 'Europe/Copenhagen')::date,
        (t.revoked_at AT TIME ZONE 'Europe/Copenhagen')::date, t.organisation_id IS NULL OR has_place(t.person_id, t.organisation_id)
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), prefix: try row.next(), personName: try row.next(), personEmail: try row.next(),
            role: try row.word(), organisation: try row.optionalOrganisationName(), scopes: try row.scopes(), createdOn: try row.date(),
            lastDay: try row.date(), lastUsedOn: try row.optionalDate(), revokedOn: try row.optionalDate(),
            hasPlace: try row.next())
    }
}

extension Row {
    mutating func scopes() throws(DecodingFailure) -> [AccessScope] {
        try domain(try next([String].self)) { words in
            let scopes = words.compactMap(AccessScope.init(rawValue:))
            return scopes.count == words.count ? scopes : nil
        }
    }

    /// `o.id, o.cvr, o.name` of an outer join.
    mutating func optionalOrganisationName() throws(DecodingFailure) -> OrganisationName? {
        let (id, cvr, name) = (try next(Int64?.self), try next(String?.self), try next(String?.self))
        guard let id, let name else { return nil }
        return OrganisationName(id: Identifier(id), cvr: try optional(cvr) { CVRNumber($0) }, name: name)
    }
}
