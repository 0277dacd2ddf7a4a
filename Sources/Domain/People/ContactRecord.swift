/// A person of the register (*person*): somebody at work, known by an e-mail address.
public enum Person {}

/// A contact as an organisation's profile shows it.
public struct ContactRecord: Sendable, Hashable {
    public let name: String
    public let email: String
    public let phone: String?
    public let role: ContactRole
    public let term: Term

    package init(name: String, email: String, phone: String?, role: ContactRole, term: Term) {
        self.name = name
        self.email = email
        self.phone = phone
        self.role = role
        self.term = term
    }
}
