extension Transaction {
    /// Runs `COPY table (columns) FROM STDIN (FORMAT binary)` and answers how many rows were written.
    ///
    /// `write` writes them with ``CopyWriter``; it runs on the connection's queue. When it throws, the COPY is aborted, nothing of it stays
    /// and the transaction can only be rolled back (or back to a savepoint). Throws what `write` throws, or ``PostgresError``.
    @discardableResult
    public func copyIn(_ sql: SQL, _ write: sending (inout CopyWriter) throws -> Void) async throws -> Int {
        try await connection.copyIn(sql, in: id, write)
    }

    /// Runs `COPY … TO STDOUT (FORMAT binary)`, hands each row to `body` as it arrives and answers how many there were.
    ///
    /// The stream names no types: the number and lengths of the fields are checked, their types cannot be. Memory does not grow with the
    /// number of rows. When `body` throws, the rest is read and dropped, the transaction goes on. Throws what `body` throws, or
    /// ``PostgresError``.
    @discardableResult
    public func copyOut<R: RowDecodable & SendableMetatype>(
        _ sql: SQL, as type: R.Type = R.self, _ body: sending (R) throws -> Void
    ) async throws -> Int {
        try await connection.copyOut(sql, as: type, in: id, body)
    }
}

extension Connection {
    func copyIn(_ sql: SQL, in id: UInt64, _ write: sending (inout CopyWriter) throws -> Void) async throws -> Int {
        try await interruptible { () throws(PostgresError) in
            try exchange(in: id) { (session, opening) throws(PostgresError) in
                if let opening { _ = try session.script(opening) }
                return try session.copyIn(sql, write)
            }
        }.get()
    }

    func copyOut<R: RowDecodable & SendableMetatype>(
        _ sql: SQL, as type: R.Type, in id: UInt64, _ body: sending (R) throws -> Void
    ) async throws -> Int {
        try await interruptible { () throws(PostgresError) in
            try exchange(in: id) { (session, opening) throws(PostgresError) in
                if let opening { _ = try session.script(opening) }
                return try session.copyOut(sql, as: type, body)
            }
        }.get()
    }
}
