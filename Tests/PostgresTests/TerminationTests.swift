import Dispatch
import Postgres
import Testing

/// The server process is ended at each step: a clear error, never a hang, and what was open is taken back.
@Suite struct TerminationTests {
    private static let pid: SQL = "SELECT pg_backend_pid()"

    /// Ends a server process from within a synchronous closure, which runs on its connection's own queue and may wait.
    private static func terminateAndWait(_ pid: Int32) throws {
        let semaphore = DispatchSemaphore(value: 0)
        Task {
            try? await terminate(pid)
            semaphore.signal()
        }
        semaphore.wait()
    }

    @Test func beforeAQuery() async throws {
        let connection = try await openConnection()
        try await terminate(connection.only(Self.pid, as: Int32.self))
        let error = try await postgresError { try await connection.execute("SELECT 1") }
        #expect(error?.kind == .connectionLost)
        #expect(error?.description.contains("terminating connection") == true)
        #expect(await !connection.isUsable)
        #expect(try await postgresError { try await connection.execute("SELECT 1") }?.kind == .unusable)
        #expect(try await postgresError { try await connection.transaction { _ async throws in } }?.kind == .unusable)
    }

    @Test func beforeAFirstUse() async throws {
        let connection = try await openConnection()
        try await terminate(connection.only(Self.pid, as: Int32.self))
        let error = try await postgresError {
            _ = try await connection.pipeline(Statement.execute("SELECT 1"), Statement.execute("SELECT 2"))
        }
        #expect(error?.kind == .connectionLost)
        #expect(await !connection.isUsable)
    }

    @Test func insideATransaction() async throws {
        let configuration = try await freshDatabase()
        let connection = try await openConnection(configuration)
        try await connection.run(script: "CREATE TABLE item (id int8)")
        let error = try await postgresError {
            try await connection.transaction { transaction async throws in
                try await transaction.execute("INSERT INTO item VALUES (1)")
                try await terminate(transaction.only(Self.pid, as: Int32.self))
                try await transaction.execute("INSERT INTO item VALUES (2)")
            }
        }
        #expect(error?.kind == .connectionLost)
        try await withConnection(configuration) { connection async throws in
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
        }
    }

    @Test func insideASavepoint() async throws {
        let connection = try await openConnection()
        let error = try await postgresError {
            try await connection.transaction { transaction async throws in
                _ = try? await transaction.savepoint { inner async throws in
                    try await terminate(inner.only(Self.pid, as: Int32.self))
                    try await inner.execute("SELECT 1")
                }
                try await transaction.execute("SELECT 2")
            }
        }
        #expect(error?.kind == .unusable)
    }

    @Test func beforeCommit() async throws {
        let configuration = try await freshDatabase()
        let connection = try await openConnection(configuration)
        try await connection.run(script: "CREATE TABLE item (id int8)")
        for readOnly in [false, true] {
            let connection = try await openConnection(configuration)
            let error = try await postgresError {
                try await connection.transaction(readOnly: readOnly) { transaction async throws in
                    try await transaction.execute("SELECT * FROM item")
                    try await terminate(transaction.only(Self.pid, as: Int32.self))
                }
            }
            #expect(error?.kind == (readOnly ? .connectionLost : .commitOutcomeUnknown))
            #expect(await !connection.isUsable)
        }
    }

    @Test func duringCopyIn() async throws {
        let configuration = try await freshDatabase()
        let connection = try await openConnection(configuration)
        try await connection.run(script: "CREATE TABLE item (id int8, name text)")
        let error = try await postgresError {
            try await connection.transaction { transaction async throws in
                let pid = try await transaction.only(Self.pid, as: Int32.self)
                try await transaction.copyIn("COPY item FROM STDIN (FORMAT binary)") { writer in
                    for number in 0..<100_000 {
                        if number == 20_000 { try Self.terminateAndWait(pid) }
                        try writer.row(number, "name")
                    }
                }
            }
        }
        #expect(error?.kind == .connectionLost)
        #expect(await !connection.isUsable)
        try await withConnection(configuration) { connection async throws in
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
        }
    }

    @Test func duringCopyOut() async throws {
        let connection = try await openConnection()
        let error = try await postgresError {
            try await connection.transaction { transaction async throws in
                let pid = try await transaction.only(Self.pid, as: Int32.self)
                var isEnded = false
                try await transaction.copyOut(
                    "COPY (SELECT repeat('x', 1000) FROM generate_series(1, 100000)) TO STDOUT (FORMAT binary)", as: String.self
                ) { _ in
                    if !isEnded { try Self.terminateAndWait(pid) }
                    isEnded = true
                }
            }
        }
        #expect(error?.kind == .connectionLost)
        #expect(await !connection.isUsable)
    }

    @Test func inThePool() async throws {
        let pool = Pool(try await serverConfiguration(), maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        let first = try await pool.transaction { transaction async throws in try await transaction.only(Self.pid, as: Int32.self) }
        try await terminate(first)
        // Idle when it died: the next caller notices nothing.
        let second = try await pool.transaction { transaction async throws in try await transaction.only(Self.pid, as: Int32.self) }
        #expect(first != second)
        // Lent out when it died: that caller gets the error, the next a new connection.
        let error = try await postgresError {
            try await pool.withConnection { connection async throws in
                try await terminate(connection.only(Self.pid, as: Int32.self))
                try await connection.execute("SELECT 1")
            }
        }
        #expect(error?.kind == .connectionLost)
        let third = try await pool.withConnection { connection async throws in try await connection.only(Self.pid, as: Int32.self) }
        #expect(third != second)
        #expect(pool.connectionCount == 1)
        await pool.close()
    }

    @Test func noServer() async throws {
        let nowhere = ConnectionConfiguration(parameters: ["host": "/nonexistent", "password": "s3cret"])
        let error = try await postgresError { _ = try await openConnection(nowhere) }
        #expect(error?.kind == .connectionFailed)
        #expect(error?.description.contains("s3cret") == false)
        let pool = Pool(nowhere, acquireDeadline: .seconds(600), logger: quiet)
        #expect(try await postgresError { try await pool.withConnection { _ async throws in } }?.kind == .connectionFailed)
        #expect(pool.connectionCount == 0)
        await pool.close()
    }
}
