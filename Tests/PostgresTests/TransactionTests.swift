import Postgres
import Synchronization
import Testing

@Suite struct TransactionTests {
    @Test func commitsAndRollsBack() async throws {
        try await withConnection(try await TestServer.shared.freshDatabase()) { connection in
            try await connection.run(script: "CREATE TABLE item (id int8 PRIMARY KEY, name text)")
            try await connection.transaction { transaction in
                let affected = try await transaction.execute("INSERT INTO item VALUES (\(1), \("one"))")
                #expect(affected == 1)
            }
            struct Stop: Error {}
            await #expect(throws: Stop.self) {
                try await connection.transaction { transaction in
                    try await transaction.execute("INSERT INTO item VALUES (\(2), \("two"))")
                    throw Stop()
                }
            }
            #expect(try await connection.query("SELECT id FROM item", as: Int64.self) == [1])
            #expect(await connection.isUsable)
        }
    }
}
