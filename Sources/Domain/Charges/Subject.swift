/// What an agreement is about, and so what its charges are for: the association itself, the supplier partnership, or one product.
public enum Subject: Sendable, Hashable, CustomStringConvertible {
    case association
    case supplier
    case product(Identifier<Product>)

    /// `association`, `supplier`, `product:17`: the stored form, one column that is never null.
    public var description: String {
        switch self {
        case .association: "association"
        case .supplier: "supplier"
        case .product(let product): "product:\(product)"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "association": self = .association
        case "supplier": self = .supplier
        default:
            guard text.hasPrefix("product:"), let number = Int64(text.dropFirst(8)), number > 0 else { return nil }
            self = .product(Identifier(number))
        }
    }
}

/// A product that authorities own together (*produkt*).
public enum Product {}
