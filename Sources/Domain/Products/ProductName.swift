/// A product's name, its natural key (DOMAIN §3, rule 17): 1…100 characters, no control characters, and none of the words that say something
/// else where an agreement's subject is named. A value in hand is valid.
public struct ProductName: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// - Throws: ``Refusal`` by `TEXT_INVALID`; by `PRODUCT_NAME_RESERVED` for `association`, `supplier` and what begins with `product:` or
    ///   `project:`, in capitals or not.
    public init(_ text: String) throws(Refusal) {
        guard text.isLine(atMost: 100) else { throw Refusal(.textInvalid, "name", "100") }
        let lower = text.lowercased()
        guard lower != "association", lower != "supplier", !lower.hasPrefix("product:"), !lower.hasPrefix("project:") else {
            throw Refusal(.productNameReserved, text)
        }
        description = text
    }
}
