/// A JSON document as text. Sent as `jsonb`; read from `jsonb` (the server's own spacing and key order) and `json` (as written).
/// The text is checked by the server, not here.
public struct JSONB: Hashable, Sendable {
    public var text: String

    public init(_ text: String) { self.text = text }
}

extension JSONB: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .jsonb }
    public static let postgresTypes: [PostgresType] = [.jsonb, .json]

    /// The one version of the binary form there is.
    private static let version: UInt8 = 1

    public func encode(into buffer: inout ParameterBuffer) {
        buffer.append(Self.version)
        buffer.append(text: text)
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        if bytes.type != .json {
            let version = try bytes.integer(as: UInt8.self)
            guard version == Self.version else {
                throw DecodingFailure(expected: "jsonb version \(Self.version)", found: "version \(version)")
            }
        }
        self.init(try bytes.text())
    }
}
