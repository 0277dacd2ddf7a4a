/// A personal API token as the register keeps it: everything but the secret. Days are Copenhagen's.
public struct TokenRecord: Sendable, Hashable {
    public let id: Identifier<AccessToken>
    /// What people tell it by.
    public let prefix: String
    public let personName: String
    public let personEmail: String
    public let role: AccessRole
    /// Present exactly for the roles that speak for one organisation.
    public let organisation: OrganisationName?
    /// In the order of ``AccessScope/allCases``.
    public let scopes: [AccessScope]
    public let createdOn: CivilDate
    /// Through this day it opens the register.
    public let lastDay: CivilDate
    /// To the minute or so; nothing while it was never used.
    public let lastUsedOn: CivilDate?
    public let revokedOn: CivilDate?
    /// Whether its holder still has a place at the organisation, as a contact or in a group; always true where it speaks for none.
    public let hasPlace: Bool

    package init(
        id: Identifier<AccessToken>, prefix: String, personName: String, personEmail: String, role: AccessRole,
        organisation: OrganisationName?, scopes: [AccessScope], createdOn: CivilDate, lastDay: CivilDate, lastUsedOn: CivilDate?,
        revokedOn: CivilDate?, hasPlace: Bool
    ) {
        self.id = id
        self.prefix = prefix
        self.personName = personName
        self.personEmail = personEmail
        self.role = role
        self.organisation = organisation
        self.scopes = scopes
        self.createdOn = createdOn
        self.lastDay = lastDay
        self.lastUsedOn = lastUsedOn
        self.revokedOn = revokedOn
        self.hasPlace = hasPlace
    }

    public enum State: String, Sendable {
        case valid, expired, revoked
        /// Its holder has left the organisation.
        case left
    }

    public func state(on day: CivilDate) -> State {
        if revokedOn != nil { return .revoked }
        if day > lastDay { return .expired }
        return hasPlace ? .valid : .left
    }

    /// How long a token may live, in days: a year and the leap day.
    public static let longestLife = 366
}

/// An organisation as it is mentioned elsewhere: its number in the register, its CVR number where known, its name.
public struct OrganisationName: Sendable, Hashable {
    public let id: Identifier<Organisation>
    public let cvr: CVRNumber?
    public let name: String

    package init(id: Identifier<Organisation>, cvr: CVRNumber?, name: String) {
        self.id = id
        self.cvr = cvr
        self.name = name
    }
}
