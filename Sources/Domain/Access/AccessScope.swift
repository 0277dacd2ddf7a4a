/// A part of the register that a token opens. A token opens all of them unless it was made for some.
public enum AccessScope: String, Sendable, CaseIterable {
    case organisations
    case people
    case agreements
    case products
    case rates
    case governance
    case invoices
    case audit
}
