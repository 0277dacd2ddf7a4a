/// A product as a row of a folder describes it. What is blank is unknown to the row.
public struct ProductDraft: Sendable {
    public let location: SourceLocation
    public var name: ProductName
    public var account: String?
    public var repository: String?
    public var level: GovernanceLevel?
    /// The e-mail address of a person.
    public var coordinator: Located<String>?

    public init(
        location: SourceLocation, name: ProductName, account: String?, repository: String?, level: GovernanceLevel?,
        coordinator: Located<String>?
    ) {
        self.location = location
        self.name = name
        self.account = account
        self.repository = repository
        self.level = level
        self.coordinator = coordinator
    }
}

/// A supplier's role as a row of a folder describes it. Organisation and product are resolved when it is stored.
public struct SupplierRoleDraft: Sendable {
    public let location: SourceLocation
    public var organisation: Located<String>
    public var product: Located<String>
    public var role: SupplierRole
    public var term: Term

    public init(location: SourceLocation, organisation: Located<String>, product: Located<String>, role: SupplierRole, term: Term) {
        self.location = location
        self.organisation = organisation
        self.product = product
        self.role = role
        self.term = term
    }
}
