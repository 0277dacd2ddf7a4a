/// A contact as an organisation's profile shows it: who, in which role, at which organisation, on which days.
public struct ContactRecord: Sendable, Hashable {
    public let id: Identifier<ContactRecord>
    public let person: Identifier<Person>
    /// The person's.
    public let name: String
    public let email: String
    public let phone: String?
    public let role: ContactRole
    public let term: Term
    public let organisation: OrganisationName

    package init(
        id: Identifier<ContactRecord>, person: Identifier<Person>, name: String, email: String, phone: String?, role: ContactRole,
        term: Term,
        organisation: OrganisationName
    ) {
        self.id = id
        self.person = person
        self.name = name
        self.email = email
        self.phone = phone
        self.role = role
        self.term = term
        self.organisation = organisation
    }

    /// The same contact in another role or on other days.
    package func with(_ role: ContactRole, during term: Term) -> ContactRecord {
        ContactRecord(id: id, person: person, name: name, email: email, phone: phone, role: role, term: term, organisation: organisation)
    }
}
