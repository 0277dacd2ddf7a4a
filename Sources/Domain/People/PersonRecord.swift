/// A person of the register (*person*): somebody at work, known by an e-mail address.
public enum Person {}

/// A person as the register shows them to a caller: work details only.
public struct PersonRecord: Sendable, Hashable {
    public let id: Identifier<Person>
    public let name: String
    public let email: String
    public let phone: String?
    /// Where they work as far as the caller may know: by a role in force today, the primary one first, or else by a seat; nothing where neither says.
    public let organisation: OrganisationName?
    /// What they are and were to organisations the caller sees, those in force longest first.
    public let roles: [Role]

    public struct Role: Sendable, Hashable {
        public let role: ContactRole
        public let organisation: OrganisationName
        public let term: Term

        package init(role: ContactRole, organisation: OrganisationName, term: Term) {
            self.role = role
            self.organisation = organisation
            self.term = term
        }
    }

    package init(
        id: Identifier<Person>, name: String, email: String, phone: String?, organisation: OrganisationName?, roles: [Role]
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.organisation = organisation
        self.roles = roles
    }
}
