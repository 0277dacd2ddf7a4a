public import Domain
import Postgres

/// Which part of a list is asked for.
public struct PageRequest: Sendable, Hashable {
    /// The key of the last row of the page before; nothing for the first page.
    public let after: Int64?
    /// How many rows at most, 1…200.
    public let limit: Int

    /// A limit outside 1…200 is rounded to those.
    public init(after: Int64? = nil, limit: Int = 50) {
        self.after = after
        self.limit = min(max(limit, 1), 200)
    }
}

/// A part of a list.
public struct Page<Element: Sendable>: Sendable {
    public let elements: [Element]
    /// The key to ask the next page with; nothing on the last one.
    public let next: Int64?

    public init(elements: [Element], next: Int64?) {
        self.elements = elements
        self.next = next
    }

    public func map<Other: Sendable>(_ transform: (Element) throws -> Other) rethrows -> Page<Other> {
        Page<Other>(elements: try elements.map(transform), next: next)
    }
}

/// How a list is read page by page: each page begins after the row that the last one ended with, whatever has been added in between, so nothing is left
/// out or shown twice, and a late page costs what the first one does.
struct Listing {
    /// What is listed, with its joins.
    let table: SQL
    /// A bigint that is each row's own.
    let key: SQL
    /// What it is sorted by before the key, never null; nothing for the key alone.
    var order: SQL?
    var isDescending = false

    /// One statement, however many rows there are.
    ///
    /// - Parameter condition: which rows are listed.
    func page<Record: RowDecodable & Sendable>(
        _ request: PageRequest, where condition: SQL, as _: Record.Type = Record.self, in work: Work
    ) async throws -> Page<Record> {
        let place: SQL = order.map { "\($0), \(key)" } ?? key
        let sorting: SQL =
            isDescending ? (order.map { "\($0) DESC, \(key) DESC" } ?? "\(key) DESC") : place
        let beyond: SQL =
            isDescending
            ? "(\(place)) < (SELECT \(place) FROM \(table) WHERE \(key) = \(request.after))"
            : "(\(place)) > (SELECT \(place) FROM \(table) WHERE \(key) = \(request.after))"
        let rows = try await work.transaction.query(
            """
            SELECT \(key), \(Record.columns) FROM \(table) WHERE (\(condition)) AND (\(request.after)::bigint IS NULL OR \(beyond))
            ORDER BY \(sorting) LIMIT \(Int64(request.limit) + 1)
            """, as: KeyedRow<Record>.self)
        // A row that is not there any more begins no page: an empty one would pass for the end of the list.
        if rows.isEmpty, let after = request.after {
            let isThere = try await work.transaction.only("SELECT EXISTS (SELECT FROM \(table) WHERE \(key) = \(after))", as: Bool.self)
            if !isThere { throw AccessRefusal.notFound }
        }
        let shown = rows.prefix(request.limit)
        return Page(elements: shown.map(\.record), next: rows.count > request.limit ? shown.last?.key : nil)
    }
}

private struct KeyedRow<Record: RowDecodable & Sendable>: RowDecodable, Sendable {
    let key: Int64
    let record: Record

    static var columns: SQL { Record.columns }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.next()
        record = try Record(row: &row)
    }
}

extension Caller {
    /// The organisations whose rows may be shown, as a list to compare with; null where all may.
    private var shown: [Int64]? { role.seesAll ? nil : organisations.map(\.value) }

    /// The condition that a column names an organisation whose business is the caller's. The policies say the same to the database.
    func sees(_ column: SQL) -> SQL { "(\(shown)::bigint[] IS NULL OR \(column) = ANY (\(shown)))" }
}

extension Page {
    /// A part of what is already at hand: of lists that are short by their nature.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where the row that the page before ended with is not there any more.
    public init(_ request: PageRequest, of all: [Element], by key: (Element) -> Int64) throws(AccessRefusal) {
        var start = 0
        if let after = request.after {
            guard let last = all.firstIndex(where: { key($0) == after }) else { throw .notFound }
            start = last + 1
        }
        let shown = all[start...].prefix(request.limit)
        self.init(elements: Array(shown), next: start + shown.count < all.count ? shown.last.map(key) : nil)
    }
}
