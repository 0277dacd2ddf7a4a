/// Who asks: a role, and for roles of an organisation whose business it is.
public struct Caller: Sendable, Hashable {
    public let role: AccessRole
    /// Present exactly for the roles that speak for one organisation.
    public let organisation: Identifier<Organisation>?
    /// The token's number in the register; nothing for an anonymous caller.
    public let token: Identifier<AccessToken>?

    /// Nothing for a role of an organisation without one, or the other way round, and for a named role without a token.
    public init?(role: AccessRole, organisation: Identifier<Organisation>?, token: Identifier<AccessToken>?) {
        guard role.isOfOrganisation == (organisation != nil), (role == .anonymous) == (token == nil) else { return nil }
        self.role = role
        self.organisation = organisation
        self.token = token
    }

    private init() { (role, organisation, token) = (.anonymous, nil, nil) }

    public static let anonymous = Caller()
}
