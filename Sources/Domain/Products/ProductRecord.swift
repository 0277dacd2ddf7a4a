/// A product as the register holds it.
public struct ProductRecord: Sendable, Hashable {
    public let id: Identifier<Product>
    public let name: String
    /// The account that the host keeps for it (*PSP-element*); nothing where it is not known.
    public let account: String?
    /// Where its source code is.
    public let repository: String?
    /// Nothing where nobody has placed it.
    public let level: GovernanceLevel?
    public let coordinator: ProductCoordinator?

    package init(
        id: Identifier<Product>, name: String, account: String?, repository: String?, level: GovernanceLevel?,
        coordinator: ProductCoordinator?
    ) {
        self.id = id
        self.name = name
        self.account = account
        self.repository = repository
        self.level = level
        self.coordinator = coordinator
    }
}

/// The person who coordinates a product (*produktkoordinator*), a person of the register.
public struct ProductCoordinator: Sendable, Hashable {
    public let name: String
    public let email: String

    package init(name: String, email: String) {
        self.name = name
        self.email = email
    }
}

/// A product's maturity (*niveau*): 0, the sandbox, to 3 (DOMAIN §1).
public enum GovernanceLevel: Int16, Sendable, CaseIterable, CustomStringConvertible {
    case sandbox = 0
    case one = 1
    case two = 2
    case three = 3

    /// Reads exactly one digit, 0…3.
    public init?(_ text: String) {
        guard let level = GovernanceLevel.allCases.first(where: { $0.description == text }) else { return nil }
        self = level
    }

    public var description: String { String(rawValue) }
}
