internal import CLibPQ

/// An open transaction: what runs through it is committed together or not at all. Handed to the body of `transaction { … }`, with which
/// it ends; afterwards every call throws ``PostgresError/unusable(_:)``.
///
/// Not Sendable: statements of one transaction come one after the other, from one task.
public struct Transaction {
    let connection: Connection
    let id: UInt64

    /// Runs a statement and answers how many rows it affected.
    @discardableResult
    public func execute(_ sql: SQL) async throws(PostgresError) -> Int { try await connection.execute(sql, in: id) }

    /// All rows of a statement.
    public func query<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> [R] {
        try await connection.query(sql, as: type, in: id)
    }

    /// The only row of a statement, nil when there is none. Two rows are an error: ``PostgresError/rowCount(expected:found:)``.
    public func first<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> R? {
        try await connection.first(sql, as: type, in: id)
    }

    /// The only row of a statement. None or two are an error: ``PostgresError/rowCount(expected:found:)``.
    public func only<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> R {
        try await connection.only(sql, as: type, in: id)
    }

    /// Runs trusted text that may hold many statements, none of which may end the transaction. Nothing that a person typed belongs in it.
    public func run(script: String) async throws(PostgresError) { try await connection.runInterruptibly(script: script, in: id) }

    /// Runs `body` so that, when it throws, only what it did is taken back and the transaction goes on.
    ///
    /// Inside, a failed statement does not spoil the transaction outside. A serialization failure cannot be cured here: let it pass on.
    @discardableResult
    public func savepoint<T>(_ body: (Transaction) async throws -> T) async throws -> T {
        let name = try await connection.beginSavepoint(in: id)
        do {
            let value = try await body(self)
            try await connection.endSavepoint(name, in: id)
            return value
        } catch {
            await connection.rollBack(to: name, in: id)
            throw error
        }
    }
}

@available(*, unavailable, message: "a transaction belongs to the task whose body it was handed to")
extension Transaction: Sendable {}

extension Connection {
    func execute(_ sql: SQL, in id: UInt64) async throws(PostgresError) -> Int {
        try await interruptible { () throws(PostgresError) in try run(sql, in: id).affectedRows }
    }

    func query<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type, in id: UInt64) async throws(PostgresError) -> [R] {
        try await interruptible { () throws(PostgresError) in try run(sql, in: id).rows(as: type) }
    }

    func first<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type, in id: UInt64) async throws(PostgresError) -> R? {
        try await interruptible { () throws(PostgresError) in try run(sql, in: id).first(as: type) }
    }

    func only<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type, in id: UInt64) async throws(PostgresError) -> R {
        try await interruptible { () throws(PostgresError) in try run(sql, in: id).only(as: type) }
    }

    func runInterruptibly(script: String, in id: UInt64) async throws(PostgresError) {
        try await interruptible { () throws(PostgresError) in try run(script: script, in: id) }
    }

    /// Sets a savepoint and answers its name.
    func beginSavepoint(in id: UInt64) async throws(PostgresError) -> String {
        let number = (open?.savepoints ?? 0) + 1
        let name = "p\(number)"
        try await interruptible { () throws(PostgresError) in try run(script: "SAVEPOINT \(name)", in: id) }
        open?.savepoints = number
        return name
    }

    /// Ends a savepoint well. When the body hid a failure of its own, that failure is thrown.
    func endSavepoint(_ name: String, in id: UInt64) async throws(PostgresError) {
        if let failure = open?.failure, session.isInFailedTransaction { throw .server(failure) }
        try await interruptible { () throws(PostgresError) in try run(script: "RELEASE SAVEPOINT \(name)", in: id) }
    }

    /// Takes back what was done since the savepoint. When that cannot be done the connection is closed: the transaction must not go on
    /// as if it had been.
    func rollBack(to name: String, in id: UInt64) {
        guard session.isOpen, open?.id == id else { return }
        do throws(PostgresError) {
            try shielded { () throws(PostgresError) in
                try run(script: "ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)", in: id)
            }
            open?.failure = nil
        } catch {
            session.close()
        }
    }
}
