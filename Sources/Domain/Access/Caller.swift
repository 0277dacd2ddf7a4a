/// Who asks: a role, and for roles of an organisation whose business it is.
public struct Caller: Sendable, Hashable {
    public let role: AccessRole
    /// The organisation the caller speaks for; present exactly for the roles that speak for one.
    public let organisation: Identifier<Organisation>?
    /// That organisation and those whose place it has taken by today.
    public let organisations: [Identifier<Organisation>]
    /// The parts of the register the token opens; for an anonymous caller all of them, as far as they are published.
    public let scopes: [AccessScope]
    /// Nothing for an anonymous caller and at the command line.
    public let token: Identity?

    /// The token that somebody came with.
    public struct Identity: Sendable, Hashable {
        public let id: Identifier<AccessToken>
        public let prefix: String
        /// Through this day, Copenhagen's, it holds.
        public let lastDay: CivilDate

        public init(id: Identifier<AccessToken>, prefix: String, lastDay: CivilDate) {
            self.id = id
            self.prefix = prefix
            self.lastDay = lastDay
        }
    }

    /// Nothing for a role of an organisation without one, or the other way round, and for an anonymous caller with a token.
    public init?(
        role: AccessRole, organisation: Identifier<Organisation>?, organisations: [Identifier<Organisation>], scopes: [AccessScope],
        token: Identity
    ) {
        guard role != .anonymous, role.isOfOrganisation == (organisation != nil),
            organisation.map(organisations.contains) ?? organisations.isEmpty
        else { return nil }
        self.role = role
        self.organisation = organisation
        self.organisations = organisations
        self.scopes = scopes
        self.token = token
    }

    private init(_ role: AccessRole) {
        (self.role, organisation, organisations, scopes, token) = (role, nil, [], AccessScope.allCases, nil)
    }

    public static let anonymous = Caller(.anonymous)

    /// Whoever works at the association's own command line, which no token opens.
    public static let commandLine = Caller(.secretariat)

    /// Whether an organisation's business is the caller's.
    public func sees(_ organisation: Identifier<Organisation>) -> Bool { role.seesAll || organisations.contains(organisation) }
}
