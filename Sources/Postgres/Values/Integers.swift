// Integers of a fixed width are read from the PostgreSQL type of exactly that width; `Int` widens what is narrower.

extension Int16: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int2 }
    public static let postgresTypes = [PostgresType.int2]
    public static func accepts(_ type: PostgresType) -> Bool { type == .int2 }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try bytes.integer() }
}

extension Int32: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int4 }
    public static let postgresTypes = [PostgresType.int4]
    public static func accepts(_ type: PostgresType) -> Bool { type == .int4 }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try bytes.integer() }
}

extension Int64: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }
    public static let postgresTypes = [PostgresType.int8]
    public static func accepts(_ type: PostgresType) -> Bool { type == .int8 }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try bytes.integer() }
}

/// Sent as `int8`; read from `int8`, `int4` and `int2`, none of which loses anything.
extension Int: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .int8 }
    public static let postgresTypes: [PostgresType] = [.int8, .int4, .int2]
    public static func accepts(_ type: PostgresType) -> Bool { type == .int8 || type == .int4 || type == .int2 }
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(Int64(self)) }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        switch bytes.remaining {
        case 4: self = Int(try bytes.integer(as: Int32.self))
        case 2: self = Int(try bytes.integer(as: Int16.self))
        default:
            let value = try bytes.integer(as: Int64.self)
            guard let exact = Int(exactly: value) else { throw DecodingFailure(expected: "Int", found: "a larger number") }
            self = exact
        }
    }
}

/// One byte is PostgreSQL's type `"char"`; an array of bytes is a `bytea`.
extension UInt8: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .char }
    public static let postgresTypes = [PostgresType.char]
    public func encode(into buffer: inout ParameterBuffer) { buffer.append(self) }
    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try bytes.integer() }

    public static var postgresArrayType: PostgresType { .bytea }
    public static func encode(array: [UInt8], into buffer: inout ParameterBuffer) { buffer.append(bytes: array) }
    public static let postgresArrayTypes = [PostgresType.bytea]
    public static func acceptsArray(_ type: PostgresType) -> Bool { type == .bytea }
    public static func array(from bytes: inout PostgresBytes) throws(DecodingFailure) -> [UInt8] { try bytes.bytes() }
}
