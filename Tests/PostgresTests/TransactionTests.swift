import Postgres
import Synchronization
import Testing

@Suite struct TransactionTests {
    /// A connection to a database of its own with a table `item` that holds (1, 10) and (2, 20).
    private func prepared() async throws -> ConnectionConfiguration {
        var configuration = try await freshDatabase()
        configuration.parameters["options"] = "-c deadlock_timeout=20ms"
        try await withConnection(configuration) { connection async throws in
            try await connection.run(
                script: "CREATE TABLE item (id int8 PRIMARY KEY, amount int8 NOT NULL); INSERT INTO item VALUES (1, 10), (2, 20)")
        }
        return configuration
    }

    @Test func commitsAndRollsBack() async throws {
        try await withConnection(prepared()) { connection async throws in
            let affected = try await connection.transaction { transaction in
                try await transaction.execute("INSERT INTO item VALUES (\(3), \(30))")
            }
            #expect(affected == 1)
            await #expect(throws: Planned.self) {
                try await connection.transaction { transaction async throws in
                    try await transaction.execute("INSERT INTO item VALUES (\(4), \(40))")
                    throw Planned()
                }
            }
            try await connection.rolledBack { transaction async throws in
                try await transaction.execute("DELETE FROM item")
                #expect(try await transaction.only("SELECT count(*) FROM item", as: Int.self) == 0)
            }
            #expect(try await connection.query("SELECT id FROM item ORDER BY id", as: Int64.self) == [1, 2, 3])
            #expect(await connection.isUsable)
        }
    }

    @Test func retriesSerializationFailures() async throws {
        let configuration = try await prepared()
        let gate = Gate(2)
        let bodies = Counter()
        // Write skew: each reads the whole and writes one row. Run one after the other, the second sees what the first wrote.
        let skew = { @Sendable (id: Int64) async throws in
            try await withConnection(configuration) { connection async throws in
                try await connection.transaction(.serializable) { transaction async throws in
                    bodies.next()
                    let sum = try await transaction.only("SELECT sum(amount)::int8 FROM item", as: Int64.self)
                    await gate.arrive()
                    try await transaction.execute("UPDATE item SET amount = \(sum) WHERE id = \(id)")
                }
            }
        }
        async let first: Void = skew(1)
        async let second: Void = skew(2)
        _ = try await (first, second)
        #expect(bodies.value > 2)
        try await withConnection(configuration) { connection async throws in
            let amounts = try await connection.query("SELECT amount FROM item ORDER BY amount", as: Int64.self)
            #expect(amounts == [30, 50] || amounts == [30, 40])
        }
    }

    @Test func retriesDeadlocks() async throws {
        let configuration = try await prepared()
        let gate = Gate(2)
        let bodies = Counter()
        let cross = { @Sendable (first: Int64, second: Int64) async throws in
            try await withConnection(configuration) { connection async throws in
                try await connection.transaction { transaction async throws in
                    bodies.next()
                    try await transaction.execute("UPDATE item SET amount = amount + 1 WHERE id = \(first)")
                    await gate.arrive()
                    try await transaction.execute("UPDATE item SET amount = amount + 1 WHERE id = \(second)")
                }
            }
        }
        async let there: Void = cross(1, 2)
        async let back: Void = cross(2, 1)
        _ = try await (there, back)
        #expect(bodies.value == 3)
        try await withConnection(configuration) { connection async throws in
            #expect(try await connection.query("SELECT amount FROM item ORDER BY id", as: Int64.self) == [12, 22])
        }
    }

    /// The server's refusal raised by hand, so that each condition can be had at will.
    @Test(arguments: [("40001", true), ("40P01", true), ("23505", false), ("40002", false), ("55P03", false), ("57014", false)])
    func retriesExactlyTwoConditions(sqlState: String, isRetried: Bool) async throws {
        try await withConnection { connection async throws in
            let bodies = Counter()
            let error = try await postgresError {
                try await connection.transaction(attempts: 3) { transaction async throws in
                    bodies.next()
                    try await transaction.run(script: "DO $$ BEGIN RAISE EXCEPTION 'planned' USING ERRCODE = '\(sqlState)'; END $$")
                }
            }
            #expect(error?.serverError?.sqlState == sqlState)
            #expect(bodies.value == (isRetried ? 3 : 1))
            #expect(await connection.isUsable)
        }
    }

    @Test func retriesWhenTheBodyWrapsTheRefusal() async throws {
        try await withConnection { connection async throws in
            let bodies = Counter()
            try await connection.transaction { transaction async throws in
                guard bodies.next() == 1 else { return }
                do {
                    try await transaction.run(script: "DO $$ BEGIN RAISE EXCEPTION 'planned' USING ERRCODE = '40001'; END $$")
                } catch {
                    throw Planned()
                }
            }
            #expect(bodies.value == 2)
        }
    }

    @Test func doesNotCommitAfterAHiddenFailure() async throws {
        try await withConnection(prepared()) { connection async throws in
            let error = try await postgresError {
                try await connection.transaction { transaction async throws in
                    try await transaction.execute("INSERT INTO item VALUES (3, 30)")
                    _ = try? await transaction.execute("INSERT INTO item VALUES (1, 1)")
                }
            }
            #expect(error?.serverError?.sqlState == "23505" && error?.serverError?.constraint == "item_pkey")
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 2)
        }
    }

    @Test func reportsFailuresAtCommit() async throws {
        try await withConnection(prepared()) { connection async throws in
            try await connection.run(
                script: "CREATE TABLE part (item int8 REFERENCES item DEFERRABLE INITIALLY DEFERRED); INSERT INTO part VALUES (1)")
            let error = try await postgresError {
                try await connection.transaction { transaction async throws in try await transaction.execute("INSERT INTO part VALUES (9)")
                }
            }
            #expect(error?.serverError?.sqlState == "23503")
            #expect(await connection.isUsable)
        }
    }

    @Test func savepointsTakeBackOnlyTheirOwn() async throws {
        try await withConnection(prepared()) { connection async throws in
            let kept = try await connection.transaction { transaction async throws in
                await #expect(throws: PostgresError.self) {
                    try await transaction.savepoint { inner async throws in
                        try await inner.execute("INSERT INTO item VALUES (3, 30)")
                        try await inner.execute("INSERT INTO item VALUES (1, 1)")
                    }
                }
                let hidden = try await postgresError {
                    try await transaction.savepoint { inner async throws in _ = try? await inner.execute("SELECT 1 / 0") }
                }
                #expect(hidden?.serverError?.sqlState == "22012")
                let inner = try await transaction.savepoint { outer async throws in
                    try await outer.execute("INSERT INTO item VALUES (4, 40)")
                    await #expect(throws: Planned.self) {
                        try await outer.savepoint { inner async throws in
                            try await inner.execute("DELETE FROM item")
                            throw Planned()
                        }
                    }
                    return try await outer.only("SELECT count(*) FROM item", as: Int.self)
                }
                #expect(inner == 3)
                return try await transaction.query("SELECT id FROM item ORDER BY id", as: Int64.self)
            }
            #expect(kept == [1, 2, 4])
        }
    }

    @Test func onlyTheTransactionMaySpeak() async throws {
        try await withConnection(prepared()) { connection async throws in
            let escaped = Mutex<PostgresError?>(nil)
            try await connection.transaction { transaction async throws in
                let direct = try await postgresError { try await connection.execute("DELETE FROM item") }
                let nested = try await postgresError { try await connection.transaction { _ async throws in } }
                #expect(direct?.kind == .unusable && nested?.kind == .unusable)
                #expect(await !connection.isUsable)
                escaped.withLock { $0 = direct }
            }
            #expect(escaped.withLock { $0 } != nil)
            #expect(await connection.isUsable)
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 2)
        }
    }

    @Test func statementsMustNotMoveTheTransaction() async throws {
        let configuration = try await prepared()
        for statement in ["COMMIT", "ROLLBACK"] as [SQL] {
            let connection = try await openConnection(configuration)
            let error = try await postgresError {
                try await connection.transaction { transaction async throws in
                    try await transaction.execute("UPDATE item SET amount = 7 WHERE id = 1")
                    try await transaction.execute(statement)
                }
            }
            #expect(error?.kind == .unusable)
            #expect(await !connection.isUsable)
        }
        for script in ["BEGIN", "SELECT 1; BEGIN; SELECT 2"] {
            let connection = try await openConnection(configuration)
            #expect(try await postgresError { try await connection.run(script: script) }?.kind == .unusable)
            #expect(await !connection.isUsable)
        }
    }

    @Test func isolationAndAccessAreAsAsked() async throws {
        try await withConnection(prepared()) { connection async throws in
            for (isolation, name) in [
                (Isolation.readCommitted, "read committed"), (.repeatableRead, "repeatable read"), (.serializable, "serializable"),
            ] {
                let found = try await connection.transaction(isolation, readOnly: true) { transaction async throws in
                    try await transaction.pipeline(
                        Statement.only("SELECT current_setting('transaction_isolation')", as: String.self),
                        Statement.only("SELECT current_setting('transaction_read_only')", as: String.self))
                }
                #expect(found == (name, "on"))
            }
            let error = try await postgresError {
                try await connection.transaction(readOnly: true) { transaction async throws in
                    try await transaction.execute("DELETE FROM item")
                }
            }
            #expect(error?.serverError?.sqlState == "25006")
        }
    }

    /// Its administrator may have reasons, such as a copy that is being made.
    @Test func aDatabaseThatIsReadOnlyStaysSo() async throws {
        var configuration = try await prepared()
        configuration.parameters["options"] = "-c default_transaction_read_only=on"
        try await withConnection(configuration) { connection async throws in
            let error = try await postgresError { try await connection.transaction { try await $0.execute("DELETE FROM item") } }
            #expect(error?.serverError?.isReadOnly == true)
            #expect(try await connection.transaction { try await $0.only("SELECT count(*) FROM item", as: Int.self) } == 2)
        }
    }
}
