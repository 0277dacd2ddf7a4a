public import Domain
public import Postgres

/// One change with what the row held, as the triggers wrote it down.
public struct AuditEntry: Sendable, Hashable {
    public let record: AuditRecord
    /// The row as JSON; nothing before an insertion, and after a deletion.
    public let before: String?
    public let after: String?
}

extension AuditEntry: RowDecodable {
    public static var columns: SQL { "\(AuditRecord.columns), e.before::text, e.after::text" }

    public init(row: inout Row) throws(DecodingFailure) {
        record = try AuditRecord(row: &row)
        before = try row.next()
        after = try row.next()
    }
}

/// The log of who changed what.
public enum AuditLog {
    /// Entries, newest first; of one table, or one row of it, when named.
    /// - Throws: ``Refusal`` by `UNKNOWN_RECORD` for a table that the audit does not follow.
    public static func list(record: String? = nil, id: String? = nil, limit: Int32, in work: Work) async throws -> [AuditEntry] {
        if let record {
            let followed = try await work.transaction.query(
                """
                SELECT DISTINCT c.relname::text FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_proc AS p ON p.oid = t.tgfoid
                WHERE p.proname = 'audit_change' ORDER BY 1
                """, as: String.self)
            guard followed.contains(record) else { throw Refusal(.unknownRecord, record, followed.joined(separator: ", ")) }
        }
        return try await work.transaction.query(
            """
            SELECT \(AuditEntry.columns) FROM audit_entry AS e
            WHERE (\(record)::text IS NULL OR e.record = \(record)) AND (\(id)::text IS NULL OR e.record_id = \(id))
            ORDER BY e.id DESC LIMIT \(limit)
            """)
    }
}
