/// PostgreSQL's `daterange` in its canonical form: half-open, the lower bound included, the upper excluded; a missing bound is open.
public struct PostgresDateRange: Hashable, Sendable {
    /// The first date in the range; nil when it has no beginning, and for the empty range.
    public let lower: PostgresDate?
    /// The first date after the range; nil when it has no end, and for the empty range.
    public let upper: PostgresDate?
    public let isEmpty: Bool

    public static let empty = PostgresDateRange(lower: nil, upper: nil, isEmpty: true)

    /// Equal bounds make the empty range, as on the server. A lower bound after the upper is refused when it is sent.
    public init(lower: PostgresDate?, upper: PostgresDate?) {
        if let lower, lower == upper {
            self = .empty
        } else {
            self.init(lower: lower, upper: upper, isEmpty: false)
        }
    }

    private init(lower: PostgresDate?, upper: PostgresDate?, isEmpty: Bool) {
        self.lower = lower
        self.upper = upper
        self.isEmpty = isEmpty
    }
}

extension PostgresDateRange: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .daterange }
    public static let postgresTypes = [PostgresType.daterange]
    public static func accepts(_ type: PostgresType) -> Bool { type == .daterange }

    /// The flag byte that opens a range's binary form.
    private enum Flag {
        static let empty: UInt8 = 0x01
        static let lowerIncluded: UInt8 = 0x02
        static let upperIncluded: UInt8 = 0x04
        static let lowerOpen: UInt8 = 0x08
        static let upperOpen: UInt8 = 0x10
    }

    public func encode(into buffer: inout ParameterBuffer) {
        if isEmpty { return buffer.append(Flag.empty) }
        if let lower, let upper, upper < lower { buffer.refuse("a date range that ends before it begins") }
        buffer.append((lower == nil ? Flag.lowerOpen : Flag.lowerIncluded) | (upper == nil ? Flag.upperOpen : 0))
        if let lower { buffer.appendSized(lower) }
        if let upper { buffer.appendSized(upper) }
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        let flags = try bytes.integer(as: UInt8.self)
        if flags & Flag.empty != 0 {
            self = .empty
            return
        }
        let hasLower = flags & Flag.lowerOpen == 0
        let hasUpper = flags & Flag.upperOpen == 0
        guard hasLower == (flags & Flag.lowerIncluded != 0), flags & Flag.upperIncluded == 0 else {
            throw DecodingFailure(expected: "a date range [lower, upper)", found: "a range with other bounds")
        }
        let lower: PostgresDate? = hasLower ? try bytes.sized(PostgresDate.self, type: .date) : nil
        let upper: PostgresDate? = hasUpper ? try bytes.sized(PostgresDate.self, type: .date) : nil
        self.init(lower: lower, upper: upper)
    }
}
