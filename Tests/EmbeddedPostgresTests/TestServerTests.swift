import Logging
import Postgres
import TestSupport
import Testing

@Suite(.serialized) struct `The server that tests share` {
    private let logger = Logger(label: "test")

    @Test func `answers in its own database`() async throws {
        let connection = try await Connection.open(TestServer.shared.configuration(), logger: logger)
        #expect(try await connection.only("SELECT current_database()::text", as: String.self) == "postgres")
        await connection.close()
    }

    @Test func `prepares a template once and clones it for each test`() async throws {
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 1...4 {
                group.addTask {
                    let configuration = try await TestServer.shared.database(fromTemplate: "a \"template\"") { connection in
                        try await connection.run(script: "CREATE TABLE t (n int); INSERT INTO t VALUES (1)")
                    }
                    let connection = try await Connection.open(configuration, logger: logger)
                    #expect(try await connection.only("SELECT count(*) FROM t", as: Int64.self) == 1)
                    try await connection.execute("INSERT INTO t VALUES (2)")
                    await connection.close()
                    return configuration.parameters["dbname"] ?? ""
                }
            }
            var names: Set<String> = []
            for try await name in group { names.insert(name) }
            #expect(names.count == 4)
        }
    }

    @Test func `gives each asker an empty database of their own`() async throws {
        let first = try await TestServer.shared.freshDatabase()
        let second = try await TestServer.shared.freshDatabase()
        #expect(first != second)
    }
}
