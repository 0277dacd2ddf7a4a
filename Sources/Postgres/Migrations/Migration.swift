/// One step in a database's history: plain SQL, forward only, never changed once it has been applied anywhere.
public struct Migration: Hashable, Sendable {
    /// Position in the history, counted from 1 without gaps.
    public let number: Int
    /// A short name for people; not checked against the database.
    public let name: String
    /// Trusted text, run in a transaction of its own. It must not begin or end transactions.
    public let sql: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}

/// Where one migration stands in one database.
public struct MigrationStatus: Hashable, Sendable {
    public let migration: Migration
    /// When it was applied; nil when it still is to be.
    public let appliedAt: PostgresTimestamp?
    /// True when what was applied had another text.
    public let isChanged: Bool
}

/// Why a database was not migrated. Nothing was changed, except that with `.failed` the migrations before it are applied.
public enum MigrationError: Error, Hashable, Sendable {
    /// The program's migrations are not numbered 1, 2, 3 …: this number is missing, doubled or out of order.
    case gap(expected: Int, found: Int)
    /// The database's own record is not 1, 2, 3 …
    case damagedRecord(missing: Int)
    /// The database was migrated by a newer program.
    case newerDatabase(database: Int, program: Int)
    /// The text of an applied migration has been changed since.
    case changedChecksum(number: Int, name: String)
    /// The server refused a migration; it was rolled back.
    case failed(number: Int, name: String, PostgresError)
}

extension MigrationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .gap(let expected, let found): "the migrations are not numbered 1, 2, 3 …: expected \(expected), found \(found)"
        case .damagedRecord(let missing): "the database's record of migrations lacks number \(missing)"
        case .newerDatabase(let database, let program):
            "the database is at migration \(database), this program knows only \(program): use a newer program"
        case .changedChecksum(let number, let name): "migration \(number) \(name) was changed after it had been applied"
        case .failed(let number, let name, let error): "migration \(number) \(name) failed: \(error)"
        }
    }
}
