/// A Swift value that can be read from a column's binary form.
///
/// A domain type wraps one that exists: `static var postgresTypes: [PostgresType] { Int64.postgresTypes }` and
/// `init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self.init(minorUnits: try Int64(from: &bytes)) }`.
/// An enum with a raw value gets both for free.
public protocol PostgresDecodable {
    /// The column types this value is read from; any other is refused.
    static var postgresTypes: [PostgresType] { get }

    /// Whether a column of `type` may be read. The default asks `postgresTypes`.
    static func accepts(_ type: PostgresType) -> Bool

    /// Reads the value; bytes that are left over afterwards are refused by the caller.
    init(from bytes: inout PostgresBytes) throws(DecodingFailure)

    /// What NULL reads as; nil (the default) means that NULL is refused.
    static var readingNull: Self? { get }

    /// The column types that `[Self]` is read from. The default is the arrays of `postgresTypes`.
    static var postgresArrayTypes: [PostgresType] { get }

    /// Whether a column of `type` may be read as `[Self]`.
    static func acceptsArray(_ type: PostgresType) -> Bool

    /// Reads an array of such values. The default reads a one-dimensional PostgreSQL array.
    static func array(from bytes: inout PostgresBytes) throws(DecodingFailure) -> [Self]
}

extension PostgresDecodable {
    public static func accepts(_ type: PostgresType) -> Bool { postgresTypes.contains(type) }

    public static var readingNull: Self? { nil }

    public static var postgresArrayTypes: [PostgresType] { postgresTypes.compactMap(\.array) }

    public static func acceptsArray(_ type: PostgresType) -> Bool { type.element.map(accepts) ?? false }

    public static func array(from bytes: inout PostgresBytes) throws(DecodingFailure) -> [Self] {
        let dimensions = try bytes.integer(as: Int32.self)
        _ = try bytes.integer(as: Int32.self)
        let element = PostgresType(rawValue: try bytes.integer(as: UInt32.self))
        guard accepts(element) else { throw DecodingFailure(expected: "array of \(expectation)", found: "array of \(element)") }
        if dimensions == 0 { return [] }
        guard dimensions == 1 else { throw DecodingFailure(expected: "one dimension", found: "\(dimensions) dimensions") }
        let count = try bytes.integer(as: Int32.self)
        let lowerBound = try bytes.integer(as: Int32.self)
        guard lowerBound == 1 else { throw DecodingFailure(expected: "array counted from 1", found: "array counted from \(lowerBound)") }
        // Every element takes at least its length word, so a count that the data cannot hold reserves nothing.
        guard count >= 0, Int(count) <= bytes.remaining / 4 else {
            throw DecodingFailure(expected: "array of \(count) elements", found: "\(bytes.remaining) bytes")
        }
        var result: [Self] = []
        result.reserveCapacity(Int(count))
        for _ in 0..<count { result.append(try bytes.sized(Self.self, type: element)) }
        return result
    }

    static var expectation: String { postgresTypes.map(\.description).joined(separator: " or ") }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    public static var postgresTypes: [PostgresType] { RawValue.postgresTypes }

    public static func accepts(_ type: PostgresType) -> Bool { RawValue.accepts(type) }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        guard let value = Self(rawValue: try RawValue(from: &bytes)) else {
            throw DecodingFailure(expected: "a value of \(Self.self)", found: "another \(RawValue.self)")
        }
        self = value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public static var postgresTypes: [PostgresType] { Wrapped.postgresTypes }

    public static func accepts(_ type: PostgresType) -> Bool { Wrapped.accepts(type) }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = .some(try Wrapped(from: &bytes)) }

    public static var readingNull: Wrapped?? { .some(.none) }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    public static var postgresTypes: [PostgresType] { Element.postgresArrayTypes }

    public static func accepts(_ type: PostgresType) -> Bool { Element.acceptsArray(type) }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) { self = try Element.array(from: &bytes) }
}
