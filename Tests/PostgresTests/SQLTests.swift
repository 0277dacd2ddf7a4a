import Logging
import Synchronization
import TestSupport
import Testing

@testable import Postgres

@Suite struct SQLTests {
    @Test func numbersParametersInOrder() {
        let sql: SQL = "SELECT \(1), \("two"), \(nil as Int64?)"
        #expect(sql.text == "SELECT $1, $2, $3")
        #expect(sql.parameters.types == [20, 25, 20])
        #expect(sql.parameters.lengths == [8, 3, nil])
    }

    @Test func composesFragments() {
        let condition: SQL = "a = \(1) AND b = \("x")"
        let other: SQL = "c = ANY(\([1, 2] as [Int64]))"
        let sql: SQL = "SELECT \(true) WHERE \(condition) OR \(fragment: other) LIMIT \(3)"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 OR c = ANY($4) LIMIT $5")
        #expect(sql.parameters.types == [16, 20, 25, 1016, 20])
    }

    @Test func composesManyTimesTwice() async throws {
        var sql: SQL = "SELECT 0"
        for number in 1...12 { sql = "\(sql) + \(number)" }
        let doubled: SQL = "SELECT (\(sql)) - (\(sql)) + \(7)"
        #expect(doubled.text.hasSuffix("+ $24) + $25"))
        try await withConnection { connection async throws in
            #expect(try await connection.only(doubled, as: Int.self) == 7)
        }
    }

    @Test func neverPrintsParameters() {
        let sql: SQL = "SELECT \("secret") WHERE \("hidden" as String?) = \(["covert"])"
        var dumped = ""
        dump(sql, to: &dumped)
        for text in ["\(sql)", String(reflecting: sql), dumped] {
            #expect(!text.contains("secret") && !text.contains("hidden") && !text.contains("covert"))
        }
    }

    @Test func sendsLists() async throws {
        try await withConnection { connection async throws in
            let found = try await connection.query(
                "SELECT n FROM generate_series(1::int8, 9) AS n WHERE n = ANY(\([2, 4, 99])) ORDER BY n", as: Int64.self)
            #expect(found == [2, 4])
            let rows = try await connection.query("SELECT name FROM unnest(\(["b", "a"])) AS name ORDER BY 1", as: String.self)
            #expect(rows == ["a", "b"])
        }
    }

    @Test func refusesTooManyParameters() async throws {
        var sql: SQL = "SELECT 1 WHERE false"
        for _ in 0..<300 { sql = "\(sql) OR \(true)" }
        let many = sql
        sql = "SELECT 1 WHERE false"
        for _ in 0..<219 { sql = "\(sql) OR (\(many))" }
        let tooMany = sql
        try await withConnection { connection async throws in
            let error = try await postgresError { try await connection.execute(tooMany) }
            #expect(error?.kind == .encoding, "65,700 parameters were not refused")
            #expect(await connection.isUsable)
        }
    }

    @Test func neverPrintsThePassword() throws {
        let configuration = try ConnectionConfiguration(url: "postgresql://me:s3cret@db.example:5433/members?sslpassword=s3cret")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] { #expect(!text.contains("s3cret")) }
        #expect(configuration.description == "host=db.example port=5433 dbname=members user=me")
        let broken = #expect(throws: PostgresError.self) { try ConnectionConfiguration(url: "postgresql://me:s3cret@[::1/x") }
        #expect(broken.map { !"\($0)".contains("s3cret") } == true)
    }

    @Test func errorsDoNotRepeatData() async throws {
        try await withConnection { connection async throws in
            let error = try #require(
                await postgresError {
                    try await connection.execute("SELECT \("0101701234")::date")
                }?.serverError)
            #expect(error.sqlState == "22008" && error.message.contains("0101701234"))
            var dumped = ""
            dump(PostgresError.server(error), to: &dumped)
            for text in ["\(error)", String(reflecting: PostgresError.server(error)), dumped] { #expect(!text.contains("0101701234")) }
        }
    }

    @Test func logsNotices() async throws {
        let recorder = Recorder()
        var logger = Logger(label: "notices") { _ in recorder }
        logger.logLevel = .trace
        let connection = try await Connection.open(serverConfiguration(), logger: logger)
        try await connection.run(script: "DO $$ BEGIN RAISE NOTICE 'take note' USING DETAIL = 'private'; END $$")
        await connection.close()
        #expect(recorder.lines.withLock { $0 } == ["info take note"])
    }
}
