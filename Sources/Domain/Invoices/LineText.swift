/// What a line says to the person who reads the invoice.
public struct LineText: Sendable {
    /// Short: `Kontingent 2027`.
    public let name: String
    /// How the amount came to be.
    public let description: String

    public init(name: String, description: String) {
        self.name = name
        self.description = description
    }
}
