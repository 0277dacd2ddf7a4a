/// In what capacity somebody asks the register (os2medlem serve). What each may see is a table in the repository that a test compares with the program.
public enum AccessRole: String, Sendable, CaseIterable {
    /// Anybody, without a token: what the association publishes.
    case anonymous
    /// An employee of a public authority; sees what is its organisation's own.
    case memberContact
    /// One who looks after its organisation's entries; sees what a contact sees; changes will be its.
    case memberAdministrator
    /// An employee of a supplier; sees its own agreement and the products it supplies.
    case supplier
    /// The association's daily hand (*sekretariat*).
    case secretariat
    case finance
    /// The board (*bestyrelse*).
    case board
    case auditor
    /// Runs the machines; sees no business data.
    case `operator`

    /// Whether the role speaks for one organisation and sees no other's.
    public var isOfOrganisation: Bool {
        switch self {
        case .memberContact, .memberAdministrator, .supplier: true
        case .anonymous, .secretariat, .finance, .board, .auditor, .operator: false
        }
    }

    /// Whether the role sees every organisation's data, as far as its operations go.
    public var seesAll: Bool {
        switch self {
        case .secretariat, .finance, .board, .auditor: true
        case .anonymous, .memberContact, .memberAdministrator, .supplier, .operator: false
        }
    }
}
