/// One read of the register by somebody from outside the association: who, what, when.
public struct AccessEntry: Sendable, Hashable {
    public let id: Identifier<AccessEntry>
    /// ISO 8601, UTC, to the second.
    public let at: String
    /// What people tell the token by.
    public let prefix: String
    /// Nothing where the person's name is no business of who reads the entry any more.
    public let personName: String?
    public let role: AccessRole
    /// Whom the token speaks for.
    public let organisation: OrganisationName
    /// As the description of the API names it.
    public let operation: String
    /// Path and query, as they were sent.
    public let target: String
    /// Of HTTP: 200 or 304 where it was answered.
    public let status: Int32
    /// The request's number, which the server's log names too.
    public let request: String

    package init(
        id: Identifier<AccessEntry>, at: String, prefix: String, personName: String?, role: AccessRole, organisation: OrganisationName,
        operation: String, target: String, status: Int32, request: String
    ) {
        self.id = id
        self.at = at
        self.prefix = prefix
        self.personName = personName
        self.role = role
        self.organisation = organisation
        self.operation = operation
        self.target = target
        self.status = status
        self.request = request
    }
}
