/// A Swift value that can be sent as a binary parameter or COPY field.
///
/// A domain type wraps one that exists: `static var postgresType: PostgresType { .int8 }` and
/// `func encode(into buffer: inout ParameterBuffer) { minorUnits.encode(into: &buffer) }`. An enum with a raw value gets both for free.
public protocol PostgresEncodable: Sendable {
    /// The type the parameter is declared as. The server casts from it where its own rules allow.
    static var postgresType: PostgresType { get }

    /// Appends the value's binary form, or calls ``ParameterBuffer/appendNull()`` or ``ParameterBuffer/refuse(_:)``.
    func encode(into buffer: inout ParameterBuffer)

    /// The type of an array of such values. The default is the array type of `postgresType`.
    static var postgresArrayType: PostgresType { get }

    /// Appends the binary form of an array of such values. The default is a one-dimensional PostgreSQL array.
    static func encode(array: [Self], into buffer: inout ParameterBuffer)
}

extension PostgresEncodable {
    public static var postgresArrayType: PostgresType { postgresType.array ?? .unspecified }

    public static func encode(array: [Self], into buffer: inout ParameterBuffer) {
        guard let count = Int32(exactly: array.count) else { return buffer.refuse("array with \(array.count) elements") }
        guard postgresType.array != nil else { return buffer.refuse("PostgreSQL has no arrays of \(postgresType)") }
        buffer.append(array.isEmpty ? 0 : 1 as Int32)
        let flags = buffer.count
        buffer.append(0 as Int32)
        buffer.append(postgresType.rawValue)
        guard !array.isEmpty else { return }
        buffer.append(count)
        buffer.append(1 as Int32)
        var hasNull = false
        for element in array where buffer.appendSized(element) { hasNull = true }
        if hasNull { buffer.overwrite(1 as Int32, at: flags) }
    }
}

extension PostgresEncodable where Self: RawRepresentable, RawValue: PostgresEncodable {
    public static var postgresType: PostgresType { RawValue.postgresType }

    public func encode(into buffer: inout ParameterBuffer) { rawValue.encode(into: &buffer) }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    public static var postgresType: PostgresType { Wrapped.postgresType }

    public func encode(into buffer: inout ParameterBuffer) {
        switch self {
        case .some(let value): value.encode(into: &buffer)
        case .none: buffer.appendNull()
        }
    }
}

/// An array parameter: the way to send a list (`= ANY(\(ids))`, `unnest(\(names))`). `[UInt8]` is a `bytea`.
extension Array: PostgresEncodable where Element: PostgresEncodable {
    public static var postgresType: PostgresType { Element.postgresArrayType }

    public func encode(into buffer: inout ParameterBuffer) { Element.encode(array: self, into: &buffer) }
}
