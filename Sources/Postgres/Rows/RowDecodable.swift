/// A value read from one row.
///
/// The two members belong side by side: `columns` says what to select and `init(row:)` reads exactly that, in that order.
/// ```
/// static let columns: SQL = "person.name, person.born"
/// init(row: inout Row) throws(DecodingFailure) {
///     name = try row.next()
///     born = try row.next()
/// }
/// ```
/// A single value (`Int64`, `String?` …) is a row of one column, so `query("SELECT count(*) FROM person", as: Int64.self)` works; such
/// types have no `columns` of their own.
public protocol RowDecodable {
    /// What to select: the list between SELECT and FROM.
    static var columns: SQL { get }

    /// Reads the columns in order. Columns left over afterwards are an error.
    init(row: inout Row) throws(DecodingFailure)
}

extension RowDecodable {
    /// Reads the whole of `row`.
    init(wholeOf row: inout Row) throws(DecodingFailure) {
        self = try Self(row: &row)
        try row.finish()
    }
}

extension RowDecodable where Self: PostgresDecodable {
    public static var columns: SQL { "" }

    public init(row: inout Row) throws(DecodingFailure) { self = try row.next() }
}

extension Bool: RowDecodable {}
extension Int16: RowDecodable {}
extension Int32: RowDecodable {}
extension Int64: RowDecodable {}
extension Int: RowDecodable {}
extension UInt8: RowDecodable {}
extension Double: RowDecodable {}
extension String: RowDecodable {}
extension PostgresDate: RowDecodable {}
extension PostgresDateRange: RowDecodable {}
extension PostgresTimestamp: RowDecodable {}
extension PostgresNumeric: RowDecodable {}
extension PostgresUUID: RowDecodable {}
extension JSONB: RowDecodable {}
extension Array: RowDecodable where Element: PostgresDecodable {}
extension Optional: RowDecodable where Wrapped: PostgresDecodable {}
