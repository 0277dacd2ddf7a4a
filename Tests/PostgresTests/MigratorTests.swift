import Postgres
import Testing

@Suite struct MigratorTests {
    private static let migrations = [
        Migration(number: 1, name: "item", sql: "CREATE TABLE item (id int8 PRIMARY KEY); INSERT INTO item VALUES (1);"),
        Migration(number: 2, name: "more", sql: "INSERT INTO item VALUES (2);\nALTER TABLE item ADD note text DEFAULT 'é';"),
        Migration(number: 3, name: "done", sql: "-- nothing but a comment"),
    ]

    private func migrationError(_ migrations: [Migration], _ configuration: ConnectionConfiguration) async throws -> MigrationError? {
        try await withConnection(configuration) { connection async throws in
            do {
                _ = try await Migrator(migrations: migrations).migrate(connection)
                return nil
            } catch let error as MigrationError {
                return error
            }
        }
    }

    @Test func appliesEachOnce() async throws {
        try await withConnection(freshDatabase()) { connection async throws in
            let before = try await Migrator(migrations: Self.migrations).status(connection)
            #expect(before.map(\.migration) == Self.migrations && before.allSatisfy { $0.appliedAt == nil && !$0.isChanged })
            #expect(try await Migrator(migrations: Array(Self.migrations.prefix(1))).migrate(connection) == [Self.migrations[0]])
            #expect(try await Migrator(migrations: Self.migrations).migrate(connection) == Array(Self.migrations.dropFirst()))
            #expect(try await Migrator(migrations: Self.migrations).migrate(connection) == [])
            let after = try await Migrator(migrations: Self.migrations).status(connection)
            #expect(after.allSatisfy { $0.appliedAt != nil && !$0.isChanged })
            #expect(try await connection.query("SELECT id FROM item ORDER BY id", as: Int64.self) == [1, 2])
            #expect(try await connection.query("SELECT number FROM schema_migration ORDER BY number", as: Int.self) == [1, 2, 3])
            #expect(await connection.isUsable)
        }
    }

    @Test func twentyAtOnce() async throws {
        let configuration = try await freshDatabase()
        let applied = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await withConnection(configuration) { connection async throws in
                        try await Migrator(migrations: Self.migrations).migrate(connection).map(\.number)
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied == [1, 2, 3])
    }

    @Test func refusesChangesAndNewerDatabases() async throws {
        let configuration = try await freshDatabase()
        #expect(try await migrationError(Self.migrations, configuration) == nil)
        var changed = Self.migrations
        changed[1] = Migration(number: 2, name: "more", sql: Self.migrations[1].sql + " ")
        #expect(try await migrationError(changed, configuration) == .changedChecksum(number: 2, name: "more"))
        try await withConnection(configuration) { [changed] connection async throws in
            #expect(try await Migrator(migrations: changed).status(connection).map(\.isChanged) == [false, true, false])
        }
        #expect(
            try await migrationError(Array(Self.migrations.prefix(2)), configuration) == .newerDatabase(database: 3, program: 2))
        try await withConnection(configuration) { connection async throws in
            try await connection.run(script: "DELETE FROM schema_migration WHERE number = 2")
        }
        #expect(try await migrationError(Self.migrations, configuration) == .damagedRecord(missing: 2))
    }

    @Test func refusesGaps() async throws {
        let configuration = try await freshDatabase()
        #expect(try await migrationError([Self.migrations[0], Self.migrations[2]], configuration) == .gap(expected: 2, found: 3))
        #expect(try await migrationError([Self.migrations[0], Self.migrations[0]], configuration) == .gap(expected: 2, found: 1))
        try await withConnection(configuration) { connection async throws in
            #expect(try await connection.only("SELECT to_regclass('schema_migration') IS NULL", as: Bool.self))
        }
    }

    @Test func aFailureLeavesWhatCameBefore() async throws {
        let configuration = try await freshDatabase()
        let broken = Migration(number: 2, name: "broken", sql: "INSERT INTO item VALUES (5); INSERT INTO item VALUES (1);")
        guard case .failed(2, "broken", .server(let refusal)) = try await migrationError([Self.migrations[0], broken], configuration) else {
            Issue.record("the broken migration was not refused")
            return
        }
        #expect(refusal.sqlState == "23505")
        try await withConnection(configuration) { connection async throws in
            #expect(try await connection.query("SELECT id FROM item", as: Int64.self) == [1])
            #expect(try await Migrator(migrations: Self.migrations).migrate(connection).map(\.number) == [2, 3])
        }
        let ending = Migration(number: 4, name: "ending", sql: "COMMIT; INSERT INTO item VALUES (9)")
        guard case .failed(4, _, .unusable) = try await migrationError(Self.migrations + [ending], configuration) else {
            Issue.record("a migration that ends its transaction was not noticed")
            return
        }
    }

    @Test func advisoryLock() async throws {
        let holder = try await openConnection()
        try await holder.withAdvisoryLock(77, waitingAtMost: .seconds(10)) {
            try await withConnection { other async throws in
                let refused = try await postgresError { try await other.withAdvisoryLock(77, waitingAtMost: .milliseconds(1)) {} }
                #expect(refused == .timeout("advisory lock 77"))
                #expect(await other.isUsable)
                #expect(try await other.only("SELECT current_setting('lock_timeout')", as: String.self) == "0")
                try await other.withAdvisoryLock(78, waitingAtMost: .zero) {}
            }
            let kept = try await holder.transaction { transaction async throws in try await transaction.only("SELECT 1", as: Int.self) }
            #expect(kept == 1)
        }
        await #expect(throws: Planned.self) {
            try await holder.withAdvisoryLock(77, waitingAtMost: .seconds(10)) { throw Planned() }
        }
        try await withConnection { other async throws in
            try await other.withAdvisoryLock(77, waitingAtMost: .seconds(10)) {}
        }
        await holder.close()
    }
}
