/// What an agreement or a pledge is about, and so what its charges are for: the association itself, the supplier partnership, one product, or a
/// project that may become one.
public enum Subject: Sendable, Hashable, CustomStringConvertible {
    case association
    case supplier
    case product(Identifier<Product>)
    case project(Identifier<Project>)

    /// `association`, `supplier`, `product:17`: the stored form, one column that is never null.
    public var description: String {
        switch self {
        case .association: "association"
        case .supplier: "supplier"
        case .product(let product): "product:\(product)"
        case .project(let project): "project:\(project)"
        }
    }

    public init?(_ text: String) {
        switch text {
        case "association": self = .association
        case "supplier": self = .supplier
        default:
            guard let number = Int64(text.dropFirst(8)), number > 0 else { return nil }
            if text.hasPrefix("product:") {
                self = .product(Identifier(number))
            } else if text.hasPrefix("project:") {
                self = .project(Identifier(number))
            } else {
                return nil
            }
        }
    }
}

extension Subject: Comparable {
    /// The association first, then suppliers, products and projects in the order they were registered: the order of lines on a document.
    public static func < (left: Subject, right: Subject) -> Bool { left.place < right.place }

    private var place: (Int, Int64) {
        switch self {
        case .association: (0, 0)
        case .supplier: (1, 0)
        case .product(let id): (2, id.value)
        case .project(let id): (3, id.value)
        }
    }
}

/// A product that authorities own together (*produkt*).
public enum Product {}
