/// A column did not hold what the Swift type reads: names the column, what was expected and what was found, never the value.
public struct DecodingFailure: Error, Hashable, Sendable {
    /// The column's name, or its position where the server names none (COPY); empty until the row has filled it in.
    public var column: String
    public var expected: String
    public var found: String

    public init(column: String = "", expected: String, found: String) {
        self.column = column
        self.expected = expected
        self.found = found
    }
}

extension DecodingFailure: CustomStringConvertible {
    public var description: String {
        "\(column.isEmpty ? "value" : "column \(column)"): expected \(expected), found \(found)"
    }
}

/// A parameter cannot be sent; the reason never quotes the value.
public struct EncodingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var reason: String

    public init(_ reason: String) { self.reason = reason }

    public var description: String { "parameter cannot be sent: \(reason)" }
}
