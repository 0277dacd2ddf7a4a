import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    private static let prepared: SQL = "SELECT count(*) FROM pg_prepared_statements"

    @Test func leastRecentlyUsedLeavesFirst() {
        var cache = StatementCache(capacity: 2)
        let keys = ["a", "b", "c"].map { StatementCache.Key(text: $0, types: []) }
        let first = cache.insert(keys[0])
        let second = cache.insert(keys[1])
        #expect(cache.name(of: keys[0]) == first)
        let third = cache.insert(keys[2])
        #expect(cache.name(of: keys[1]) == nil && cache.name(of: keys[0]) == first && cache.name(of: keys[2]) == third)
        #expect(cache.takeDiscarded() == [second] && cache.takeDiscarded().isEmpty)
        #expect(cache.name(of: StatementCache.Key(text: "a", types: [20])) == nil)
        #expect(Set([first, second, third]).count == 3)
    }

    /// A reply that comes late speaks of the name it was sent under, not of what has been prepared since.
    @Test func whatWasPreparedAnewStays() {
        var cache = StatementCache(capacity: 2)
        let key = StatementCache.Key(text: "a", types: [])
        let old = cache.insert(key)
        cache.forget(key, named: old)
        #expect(cache.count == 0)
        let new = cache.insert(key)
        cache.forget(key, named: old)
        cache.discard(key, named: old)
        #expect(old != new && cache.name(of: key) == new && cache.takeDiscarded().isEmpty)
        cache.discard(key, named: new)
        #expect(cache.name(of: key) == nil && cache.takeDiscarded() == [new])
    }

    /// Many lost at once are found out one after the other; one that a statement of somebody's own speaks of costs the others nothing.
    @Test func aPipelineOfLostStatementsIsPreparedAnew() async throws {
        try await withConnection { connection async throws in
            let statements: [SQL] = ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4"]
            try await connection.transaction { transaction async throws in try await transaction.pipeline(statements) }
            try await connection.run(script: "DEALLOCATE ALL")
            try await connection.transaction { transaction async throws in try await transaction.pipeline(statements) }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 5)
            for _ in 0..<3 {
                let refusal = try await postgresError { try await connection.execute("EXECUTE nothing") }
                #expect(refusal?.serverError?.sqlState == "26000")
            }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 6)
        }
    }

    @Test func evictionReachesTheServer() async throws {
        var configuration = try await serverConfiguration()
        configuration.statementCacheCapacity = 3
        try await withConnection(configuration) { connection async throws in
            let statements: [SQL] = ["SELECT 1", "SELECT 2", "SELECT 3", "SELECT 4", "SELECT 5", "SELECT 6"]
            for _ in 0..<3 {
                for (index, statement) in statements.enumerated() {
                    #expect(try await connection.only(statement, as: Int.self) == index + 1)
                }
            }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 3)
            try await connection.transaction { transaction async throws in try await transaction.pipeline(statements + statements) }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 3)
            // In a transaction that failed nothing can be deallocated; later it is made up for.
            await #expect(throws: PostgresError.self) {
                try await connection.transaction { transaction async throws in
                    _ = try? await transaction.execute("SELECT 1 / 0")
                    for statement in statements { _ = try? await transaction.execute(statement) }
                }
            }
            for statement in statements { try await connection.execute(statement) }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 3)
        }
    }

    @Test func sameTextWithOtherTypesIsAnotherStatement() async throws {
        try await withConnection { connection async throws in
            func echo<T: PostgresEncodable & PostgresDecodable & RowDecodable>(_ value: T) async throws -> T {
                try await connection.only("SELECT \(value)", as: T.self)
            }
            for _ in 0..<2 {
                #expect(try await echo("text") == "text")
                #expect(try await echo(7 as Int64) == 7)
                #expect(try await echo(8 as Int32) == 8)
                #expect(try await echo([true]) == [true])
            }
        }
    }

    @Test func aStatementThatDoesNotParseIsNotKept() async throws {
        try await withConnection { connection async throws in
            for _ in 0..<3 {
                #expect(try await postgresError { try await connection.execute("SELEC") }?.serverError?.sqlState == "42601")
            }
            #expect(try await connection.only(Self.prepared, as: Int.self) == 1)
        }
    }

    @Test func survivesChangesUnderneath() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: "CREATE TEMPORARY TABLE item (id int8)")
            let all: SQL = "TABLE item"
            #expect(try await connection.query(all, as: Int64.self) == [])
            try await connection.run(script: "ALTER TABLE item ALTER id TYPE text; INSERT INTO item VALUES ('x')")
            #expect(try await connection.query(all, as: String.self) == ["x"])
            try await connection.run(script: "DEALLOCATE ALL")
            #expect(try await connection.query(all, as: String.self) == ["x"])
            try await connection.run(script: "ALTER TABLE item ALTER id TYPE varchar(3)")
            let inTransaction = try await connection.transaction { transaction async throws in
                try await transaction.query(all, as: String.self)
            }
            #expect(inTransaction == ["x"])
            try await connection.run(script: "DISCARD ALL")
            let again = try await connection.transaction { transaction async throws in
                try await transaction.pipeline(Statement.only("SELECT 1", as: Int.self), Statement.only("SELECT 2", as: Int.self))
            }
            #expect(again == (1, 2))
        }
    }
}
