import Postgres

/// Sees from outside how far a posting has come.
struct PostingWatch {
    private let connection: Connection
    private let sizeBefore: Int64

    /// A posting that holds the posting lock.
    struct Sight: Sendable {
        /// The transaction's number, which says afterwards whether it was committed.
        let transaction: Int64
        /// The server's process that serves it.
        let backend: Int32
        /// Whether rows are in already, which nobody else sees before the commit.
        let hasRows: Bool
    }

    init(_ arena: Arena) async throws {
        connection = try await arena.connect()
        sizeBefore = try await connection.only("SELECT pg_relation_size('document_line')", as: Int64.self)
    }

    func close() async { await connection.close() }

    /// The posting that is under way at this moment; nothing when there is none, or when the server is gone.
    func look() async -> Sight? {
        let found = try? await connection.first(
            """
            SELECT \(Posting.columns) FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid)
            WHERE held.locktype = 'advisory' AND held.granted AND held.classid = \(PostingWatch.lock.high)::int8::oid
                AND held.objid = \(PostingWatch.lock.low)::int8::oid AND activity.backend_xid IS NOT NULL
                AND activity.datname = current_database()
            """, as: Posting.self)
        return found.map { Sight(transaction: $0.transaction, backend: $0.backend, hasRows: $0.size > sizeBefore) }
    }

    /// Waits until a posting is under way. False when none came before `isOver`.
    func waitForPosting(unless isOver: () -> Bool) async throws -> Bool {
        while await look() == nil {
            if isOver() { return false }
            try await Task.sleep(for: .milliseconds(1))
        }
        return true
    }

    /// Whether a posting that was under way was committed after all, once it is over; asked before anything else is posted.
    ///
    /// Its run says so. The transaction's number alone would not: a server that crashed may give it to another transaction.
    static func wasCommitted(_ transaction: Int64, in arena: Arena) async throws -> Bool {
        try await arena.inDatabase { connection in
            for _ in 0..<6000 {
                let isOpen = try await connection.only(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_xid::text::int8 = \(transaction))", as: Bool.self)
                guard isOpen else {
                    return try await connection.only(
                        "SELECT EXISTS (SELECT FROM invoice_run WHERE xmin::text::int8 = \(transaction))", as: Bool.self)
                }
                try await Task.sleep(for: .milliseconds(10))
            }
            throw Violation("the transaction of a dead program is still open after a minute")
        }
    }

    /// The two halves of the key of `Registry.postingLock`, as the server shows them.
    private static let lock: (high: Int64, low: Int64) = (0x6F73_326D, 0x706F_7374)

    private struct Posting: RowDecodable, Sendable {
        let transaction: Int64
        let backend: Int32
        let size: Int64

        static var columns: SQL { "activity.backend_xid::text::int8, activity.pid, pg_relation_size('document_line')" }

        init(row: inout Row) throws(DecodingFailure) {
            transaction = try row.next()
            backend = try row.next()
            size = try row.next()
        }
    }
}
