/// PostgreSQL's `date`: a civil date as days since 2000-01-01. `infinity` and `-infinity` are not dates here and are refused both ways.
public struct PostgresDate: Hashable, Comparable, Sendable {
    /// Days since 2000-01-01, negative before. PostgreSQL's own range is −2,451,545 (4713 BC) to 2,145,031,948 (5874897 AD).
    public var daysSince2000: Int32

    public init(daysSince2000: Int32) { self.daysSince2000 = daysSince2000 }

    public static func < (left: Self, right: Self) -> Bool { left.daysSince2000 < right.daysSince2000 }

    private var isInfinite: Bool { daysSince2000 == .max || daysSince2000 == .min }
}

extension PostgresDate: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .date }
    public static let postgresTypes = [PostgresType.date]
    public static func accepts(_ type: PostgresType) -> Bool { type == .date }

    public func encode(into buffer: inout ParameterBuffer) {
        if isInfinite { buffer.refuse("an infinite date") }
        buffer.append(daysSince2000)
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        self.init(daysSince2000: try bytes.integer())
        if isInfinite { throw DecodingFailure(expected: "a date", found: "an infinite date") }
    }
}

/// PostgreSQL's `timestamptz`: an instant as microseconds since 2000-01-01 00:00 UTC. Infinities are refused both ways.
public struct PostgresTimestamp: Hashable, Comparable, Sendable {
    /// Microseconds since 2000-01-01 00:00:00 UTC, negative before.
    public var microsecondsSince2000: Int64

    public init(microsecondsSince2000: Int64) { self.microsecondsSince2000 = microsecondsSince2000 }

    public static func < (left: Self, right: Self) -> Bool { left.microsecondsSince2000 < right.microsecondsSince2000 }

    private var isInfinite: Bool { microsecondsSince2000 == .max || microsecondsSince2000 == .min }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .timestamptz }
    public static let postgresTypes = [PostgresType.timestamptz]
    public static func accepts(_ type: PostgresType) -> Bool { type == .timestamptz }

    public func encode(into buffer: inout ParameterBuffer) {
        if isInfinite { buffer.refuse("an infinite timestamp") }
        buffer.append(microsecondsSince2000)
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        self.init(microsecondsSince2000: try bytes.integer())
        if isInfinite { throw DecodingFailure(expected: "a timestamp", found: "an infinite timestamp") }
    }
}
