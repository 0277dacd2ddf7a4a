/// Where a document can be read: `http://` or `https://` and at least one further character, no spaces or control characters, at most 500
/// characters. A value in hand is valid.
public struct WebLink: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix), text.utf8.count > scheme.utf8.count,
            text.unicodeScalars.count <= 500,
            text.unicodeScalars.allSatisfy({ !$0.properties.isWhitespace && $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { return nil }
        description = text
    }
}
