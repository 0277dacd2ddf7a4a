import Testing

@testable import Postgres

@Suite struct RowTests {
    private struct Pair: RowDecodable {
        let number: Int64
        let text: String
        static let columns: SQL = "1::int8 AS number, 'x' AS text"
        init(row: inout Row) throws(DecodingFailure) {
            number = try row.next()
            text = try row.next()
        }
    }

    private func failure<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type) async throws -> DecodingFailure? {
        try await withConnection { connection async throws in
            let error = try await postgresError { _ = try await connection.query(sql, as: type) }
            #expect(await connection.isUsable)
            return error?.decodingFailure
        }
    }

    @Test func readsRows() async throws {
        try await withConnection { connection async throws in
            let pair = try await connection.only("SELECT \(Pair.columns)", as: Pair.self)
            #expect(pair.number == 1 && pair.text == "x")
            let many = try await connection.query("SELECT g, g::text FROM generate_series(1::int8, 5000) AS g", as: Pair.self)
            #expect(many.count == 5000 && many.last?.text == "5000")
        }
    }

    @Test func refusesOtherTypes() async throws {
        let failure = try #require(try await failure("SELECT 1::int4 AS number, 'x'", as: Pair.self))
        #expect(failure.column == "number (1)" && failure.expected == "Int64 (int8)" && failure.found == "int4")
        #expect(try await self.failure("SELECT 1::int8", as: Int32.self) != nil)
        #expect(try await self.failure("SELECT 1.5", as: Double.self) != nil)
        #expect(try await self.failure("SELECT 1", as: String.self) != nil)
        #expect(try await self.failure("SELECT 'x'", as: [UInt8].self) != nil)
        #expect(try await self.failure("SELECT '{1}'::int4[]", as: [Int64].self) != nil)
        #expect(try await self.failure("SELECT now()::timestamp", as: PostgresTimestamp.self) != nil)
    }

    @Test func refusesNull() async throws {
        let failure = try #require(try await failure("SELECT 1::int8, NULL::text AS name", as: Pair.self))
        #expect(failure.column == "name (2)" && failure.found == "NULL")
        #expect(try await self.failure("SELECT '{1,NULL}'::int8[]", as: [Int64].self) != nil)
        #expect(try await self.failure("SELECT NULL::int8[]", as: [Int64?].self) != nil)
    }

    @Test func refusesOtherNumbersOfColumns() async throws {
        #expect(try await failure("SELECT 1::int8, 'x', 'left over'", as: Pair.self) != nil)
        #expect(try await failure("SELECT 1::int8", as: Pair.self) != nil)
        #expect(try await failure("SELECT 1::int8, 2::int8", as: Int64.self) != nil)
    }

    @Test func refusesArraysItCannotHold() async throws {
        #expect(try await failure("SELECT '{{1,2},{3,4}}'::int8[]", as: [Int64].self) != nil)
        #expect(try await failure("SELECT '[0:1]={1,2}'::int8[]", as: [Int64].self) != nil)
        try await withConnection { connection async throws in
            let nested = try await postgresError { try await connection.execute("SELECT \([[1], [2]])") }
            #expect(nested?.kind == .encoding, "an array of arrays was sent")
        }
    }

    @Test func countsRows() async throws {
        try await withConnection { connection async throws in
            #expect(try await connection.first("SELECT 1 WHERE false", as: Int.self) == nil)
            #expect(try await connection.first("SELECT 1", as: Int.self) == 1)
            let two = try await postgresError { _ = try await connection.first("VALUES (1), (2)", as: Int.self) }
            #expect(two == .rowCount(expected: "at most one row", found: 2))
            let none = try await postgresError { _ = try await connection.only("SELECT 1 WHERE false", as: Int.self) }
            #expect(none == .rowCount(expected: "exactly one row", found: 0))
            let rowless = try await postgresError { _ = try await connection.query("SET client_min_messages = notice", as: Int.self) }
            #expect(rowless == .unexpectedResult("the statement returns no rows"))
            #expect(try await connection.execute("") == 0)
        }
    }

    /// Every strict prefix of a value's binary form, the form with a byte more, and random bytes: refused or read, never a trap.
    @Test func survivesDamagedBytes() throws {
        #expect(throws: DecodingFailure.self) { try read(String.self, [0x61, 0xFF, 0xFE]) }
        #expect(throws: DecodingFailure.self) { try read(String.self, [0xED, 0xA0, 0x80]) }
        try damage(Int16.max)
        try damage(Int64.min)
        try damage(true)
        try damage(1.5)
        try damage(PostgresDate(daysSince2000: 1))
        try damage(PostgresTimestamp(microsecondsSince2000: 1))
        try damage(PostgresDateRange(lower: PostgresDate(daysSince2000: 1), upper: PostgresDate(daysSince2000: 9)))
        try damage(PostgresUUID.random())
        try damage(try #require(PostgresNumeric("-12345.678")))
        try damage([1, nil, 3] as [Int64?], hasFixedLength: false)
        try damage(["a", "bc"], hasFixedLength: false)
        try damage([PostgresDateRange.empty], hasFixedLength: false)
    }

    private func damage<T: PostgresEncodable & PostgresDecodable>(_ value: T, hasFixedLength: Bool = true) throws {
        var buffer = ParameterBuffer()
        value.encode(into: &buffer)
        let bytes = buffer.bytes
        for length in 0..<bytes.count { #expect(throws: DecodingFailure.self) { try read(T.self, Array(bytes.prefix(length))) } }
        #expect(throws: DecodingFailure.self) { try read(T.self, bytes + [0]) }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var random = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) where !random.isEmpty {
                random[Int.random(in: random.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = try? read(T.self, random)
            _ = try? read(T.self, (0..<bytes.count).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    private func read<T: PostgresDecodable>(_: T.Type, _ bytes: [UInt8]) throws -> T {
        try bytes.withUnsafeBytes { try T(wholly: $0, type: .unspecified) }
    }
}
