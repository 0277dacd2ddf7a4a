import Postgres
import Testing

@Suite struct PipelineTests {
    @Test func answersEachStatement() async throws {
        try await withConnection { connection async throws in
            let (created, affected, rows, none, only) = try await connection.transaction { transaction async throws in
                try await transaction.pipeline(
                    Statement.execute("CREATE TEMPORARY TABLE item (id int8)"), Statement.execute("INSERT INTO item VALUES (\(1)), (\(2))"),
                    Statement.query("SELECT id FROM item ORDER BY id", as: Int64.self),
                    Statement.first("SELECT id FROM item WHERE false", as: Int64.self),
                    Statement.only("SELECT count(*) FROM item", as: Int.self))
            }
            #expect(created == 0 && affected == 2 && rows == [1, 2] && none == nil && only == 2)
            let single = try await connection.pipeline(Statement.only("SELECT 1", as: Int.self))
            #expect(single == 1)
            #expect(await connection.isUsable)
        }
    }

    @Test func isOneByItself() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: "CREATE TEMPORARY TABLE item (id int8 PRIMARY KEY)")
            let error = try await postgresError {
                _ = try await connection.pipeline(
                    Statement.execute("INSERT INTO item VALUES (1)"), Statement.execute("INSERT INTO item VALUES (1)"),
                    Statement.execute("INSERT INTO item VALUES (2)"))
            }
            #expect(error?.serverError?.sqlState == "23505")
            #expect(await connection.isUsable)
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
        }
    }

    @Test func rowsThatCannotBeReadLeaveTheConnectionGood() async throws {
        try await withConnection { connection async throws in
            let error = try await postgresError {
                _ = try await connection.pipeline(
                    Statement.only("SELECT 1", as: String.self), Statement.only("SELECT 2", as: Int.self),
                    Statement.query("SELECT 'x'", as: String.self))
            }
            #expect(error?.kind == .decoding)
            #expect(try await connection.only("SELECT 3", as: Int.self) == 3)
        }
    }

    @Test func aStatementThatCannotBeSentSendsNone() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: "CREATE TEMPORARY TABLE item (name text)")
            let error = try await postgresError {
                _ = try await connection.pipeline(
                    Statement.execute("INSERT INTO item VALUES ('a')"), Statement.execute("INSERT INTO item VALUES (\("\0"))"))
            }
            #expect(error?.kind == .encoding)
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
        }
    }

    @Test func takesMany() async throws {
        try await withConnection { connection async throws in
            let counts = try await connection.transaction { transaction async throws in
                try await transaction.execute("CREATE TEMPORARY TABLE item (id int8, filler text)")
                let filler = String(repeating: "x", count: 2000)
                return try await transaction.pipeline((0..<5000).map { "INSERT INTO item VALUES (\($0), \(filler))" })
            }
            #expect(counts == Array(repeating: 1, count: 5000))
            // More in both directions than any socket buffers: neither side may wait for the other for ever.
            let big: SQL = "SELECT repeat(\("y"), 1000000)"
            let (first, second, third) = try await connection.pipeline(
                Statement.only(big, as: String.self), Statement.only("SELECT \(String(repeating: "z", count: 5_000_000))", as: String.self),
                Statement.only(big, as: String.self))
            #expect(first.utf8.count == 1_000_000 && second.utf8.count == 5_000_000 && third == first)
        }
    }

    @Test func aCopyDoesNotHang() async throws {
        let connection = try await openConnection()
        let error = try await postgresError {
            _ = try await connection.pipeline(
                Statement.execute("CREATE TEMPORARY TABLE item (id int8)"), Statement.execute("COPY item FROM STDIN"))
        }
        #expect(error?.kind == .unexpectedResult || error?.kind == .connectionLost)
        #expect(await !connection.isUsable)
    }
}
