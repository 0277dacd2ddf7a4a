extension Bool: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .bool }
    public static let postgresTypes = [PostgresType.bool]
    public static func accepts(_ type: PostgresType) -> Bool { type == .bool }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self ? 1 : 0 as UInt8) }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        switch try bytes.integer(as: UInt8.self) {
        case 0: self = false
        case 1: self = true
        case let other: throw DecodingFailure(expected: "bool 0 or 1", found: "\(other)")
        }
    }
}

/// `float8`, bit for bit, NaN and infinities included.
extension Double: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .float8 }
    public static let postgresTypes = [PostgresType.float8]
    public static func accepts(_ type: PostgresType) -> Bool { type == .float8 }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(bitPattern) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self.init(bitPattern: try bytes.integer()) }
}

/// Sent as `text`; read from `text`, `varchar`, `bpchar` and `name`. A NUL character is refused when the statement is executed.
extension String: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .text }
    public static let postgresTypes: [PostgresType] = [.text, .varchar, .bpchar, .name]
    public static func accepts(_ type: PostgresType) -> Bool {
        type == .text || type == .varchar || type == .bpchar || type == .name
    }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(text: self) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try bytes.text() }
}
