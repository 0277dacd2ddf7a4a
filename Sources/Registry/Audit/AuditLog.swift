public import Postgres

/// One change, as the triggers wrote it down.
public struct AuditEntry: Sendable, Hashable {
    /// ISO 8601, UTC.
    public let at: String
    public let actor: String
    public let useCase: String
    /// The table and the identifying value of the changed row.
    public let record: String
    public let recordID: String
    /// The row as JSON; nothing before an insertion, and after a deletion.
    public let before: String?
    public let after: String?

    /// Added, changed or removed.
    public var change: String { before == nil ? "added" : after == nil ? "removed" : "changed" }
}

extension AuditEntry: RowDecodable {
    public static var columns: SQL {
        """
        to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), actor, use_case, record, record_id, before::text, after::text
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        at = try row.next()
        actor = try row.next()
        useCase = try row.next()
        record = try row.next()
        recordID = try row.next()
        before = try row.next()
        after = try row.next()
    }
}

/// The log of who changed what.
public enum AuditLog {
    /// Entries, newest first; of one table, or one row of it, when named.
    public static func list(record: String? = nil, id: String? = nil, limit: Int32, in work: Work) async throws -> [AuditEntry] {
        try await work.transaction.query(
            """
            SELECT \(AuditEntry.columns) FROM audit_entry
            WHERE (\(record)::text IS NULL OR record = \(record)) AND (\(id)::text IS NULL OR record_id = \(id))
            ORDER BY audit_entry.id DESC LIMIT \(limit)
            """)
    }
}
