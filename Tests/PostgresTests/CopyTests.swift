import Testing

@testable import Postgres

@Suite struct CopyTests {
    private struct Item: RowDecodable, Equatable {
        var id: Int64
        var name: String?
        var born: PostgresDate
        var tags: [String]

        init(_ number: Int) {
            id = Int64(number)
            name = number % 7 == 0 ? nil : "name ' \\ \t \(number) 🐘"
            born = PostgresDate(daysSince2000: Int32(number))
            tags = Array(repeating: "tag", count: number % 3)
        }

        static let columns: SQL = "id, name, born, tags"

        init(row: inout Row) throws(DecodingFailure) {
            id = try row.next()
            name = try row.next()
            born = try row.next()
            tags = try row.next()
        }
    }

    private static let table = "CREATE TEMPORARY TABLE item (id int8 PRIMARY KEY, name text, born date NOT NULL, tags text[] NOT NULL)"
    private static let copyIn: SQL = "COPY item (id, name, born, tags) FROM STDIN (FORMAT binary)"
    private static let copyOut: SQL = "COPY (SELECT \(Item.columns) FROM item ORDER BY id) TO STDOUT (FORMAT binary)"

    @Test func manyRowsInAndOut() async throws {
        let count = 100_000
        try await withConnection { connection async throws in
            try await connection.run(script: Self.table)
            let written = try await connection.transaction { transaction async throws in
                try await transaction.copyIn(Self.copyIn) { writer in
                    for number in 0..<count {
                        let item = Item(number)
                        if number.isMultiple(of: 2) {
                            try writer.row(item.id, item.name, item.born, item.tags)
                        } else {
                            try writer.row { fields in
                                fields.write(item.id)
                                fields.write(item.name)
                                fields.write(item.born)
                                fields.write(item.tags)
                            }
                        }
                    }
                }
            }
            #expect(written == count)
            let wrong = try await connection.transaction { transaction async throws in
                var next = 0
                var wrong = 0
                let read = try await transaction.copyOut(Self.copyOut, as: Item.self) { item in
                    if item != Item(next) { wrong += 1 }
                    next += 1
                }
                return wrong + abs(read - count)
            }
            #expect(wrong == 0)
            let same = try await connection.query("SELECT \(Item.columns) FROM item WHERE id IN (0, 99999) ORDER BY id", as: Item.self)
            #expect(same == [Item(0), Item(99_999)])
        }
    }

    @Test func rowsLargerThanASlice() async throws {
        try await withConnection { connection async throws in
            let sizes = [0, 1, 65_535, 65_536, 1_000_000, 3]
            let lengths = try await connection.transaction { transaction async throws in
                try await transaction.execute("CREATE TEMPORARY TABLE blob (data bytea)")
                try await transaction.copyIn("COPY blob FROM STDIN (FORMAT binary)") { writer in
                    for size in sizes { try writer.row([UInt8](repeating: 7, count: size)) }
                }
                var lengths: [Int] = []
                try await transaction.copyOut("COPY blob TO STDOUT (FORMAT binary)", as: [UInt8].self) { lengths.append($0.count) }
                return lengths
            }
            #expect(lengths == sizes)
        }
    }

    @Test func noRows() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: Self.table)
            let counts = try await connection.transaction { transaction async throws in
                let written = try await transaction.copyIn(Self.copyIn) { _ in }
                let read = try await transaction.copyOut(Self.copyOut, as: Item.self) { _ in }
                return [written, read]
            }
            #expect(counts == [0, 0])
        }
    }

    @Test func aWriterThatThrowsLeavesNothing() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: Self.table)
            await #expect(throws: Planned.self) {
                try await connection.transaction { transaction async throws in
                    try await transaction.copyIn(Self.copyIn) { writer in
                        for number in 0..<50_000 {
                            let item = Item(number)
                            try writer.row(item.id, item.name, item.born, item.tags)
                        }
                        throw Planned()
                    }
                }
            }
            #expect(await connection.isUsable)
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
            // Hiding it does not help: the transaction cannot be committed.
            let hidden = try await postgresError {
                try await connection.transaction { transaction async throws in
                    try await transaction.execute("INSERT INTO item VALUES (1, 'x', now(), '{}')")
                    _ = try? await transaction.copyIn(Self.copyIn) { _ in throw Planned() }
                }
            }
            #expect(hidden != nil)
            // A savepoint confines it.
            let after = try await connection.transaction { transaction async throws in
                _ = try? await transaction.savepoint { inner async throws in
                    try await inner.copyIn(Self.copyIn) { _ in throw Planned() }
                }
                return try await transaction.only("SELECT count(*) FROM item", as: Int.self)
            }
            #expect(after == 0)
        }
    }

    @Test func refusesWhatDoesNotFit() async throws {
        try await withConnection { connection async throws in
            try await connection.run(script: Self.table)
            func copy(_ sql: SQL, _ write: @Sendable @escaping (inout CopyWriter) throws -> Void) async throws -> PostgresError? {
                try await postgresError {
                    try await connection.transaction { transaction async throws in try await transaction.copyIn(sql, write) }
                }
            }
            #expect(try await copy(Self.copyIn) { try $0.row(1, "too few") }?.kind == .encoding)
            #expect(try await copy(Self.copyIn) { try $0.row { fields in for _ in 0..<5 { fields.write(1) } } }?.kind == .encoding)
            let day = PostgresDate(daysSince2000: 0)
            #expect(try await copy(Self.copyIn) { try $0.row(1, "NUL \0", day, [] as [String]) }?.kind == .encoding)
            let narrow = try await copy(Self.copyIn) { try $0.row(1 as Int16, "x", day, [] as [String]) }
            #expect(narrow?.serverError?.sqlState == "08P01")
            let double = try await copy(Self.copyIn) { for _ in 0..<2 { try $0.row(1, "x", day, [] as [String]) } }
            #expect(double?.serverError?.constraint == "item_pkey")
            #expect(try await copy("SELECT 1") { _ in }?.kind == .unexpectedResult)
            #expect(try await copy("COPY nowhere FROM STDIN (FORMAT binary)") { _ in }?.serverError?.sqlState == "42P01")
            #expect(try await copy("COPY item FROM \("file") (FORMAT binary)") { _ in }?.kind == .unexpectedResult)
            #expect(await connection.isUsable)
            #expect(try await copy("COPY item FROM STDIN") { _ in }?.kind == .unexpectedResult)
            #expect(await !connection.isUsable)
        }
    }

    @Test func aReaderThatThrowsLeavesTheTransactionGood() async throws {
        try await withConnection { connection async throws in
            let answer = try await connection.transaction { transaction async throws in
                await #expect(throws: Planned.self) {
                    try await transaction.copyOut(
                        "COPY (SELECT generate_series(1::int8, 100000)) TO STDOUT (FORMAT binary)", as: Int64.self
                    ) { if $0 == 500 { throw Planned() } }
                }
                let short = try await postgresError {
                    try await transaction.copyOut("COPY (SELECT 1::int4) TO STDOUT (FORMAT binary)", as: Int64.self) { _ in }
                }
                #expect(short?.decodingFailure?.column == "1")
                let long = try await postgresError {
                    try await transaction.copyOut("COPY (SELECT 1::int8) TO STDOUT (FORMAT binary)", as: Int32.self) { _ in }
                }
                #expect(long?.kind == .decoding)
                let wide = try await postgresError {
                    try await transaction.copyOut("COPY (SELECT 1::int8, 2) TO STDOUT (FORMAT binary)", as: Int64.self) { _ in }
                }
                #expect(wide?.kind == .decoding)
                return try await transaction.only("SELECT 1", as: Int.self)
            }
            #expect(answer == 1)
            let midway = try await postgresError {
                try await connection.transaction { transaction async throws in
                    try await transaction.copyOut(
                        "COPY (SELECT 1 / (1000 - n) FROM generate_series(1, 2000) AS n) TO STDOUT (FORMAT binary)", as: Int32.self
                    ) { _ in }
                }
            }
            #expect(midway?.serverError?.sqlState == "22012")
        }
    }

    /// The stream may be cut anywhere; every cut must give the same rows.
    @Test func streamsMayBeCutAnywhere() throws {
        var buffer = ParameterBuffer()
        buffer.append(bytes: Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00])
        buffer.append(0 as Int32)
        buffer.append(3 as Int32)
        buffer.append(bytes: [1, 2, 3])
        for number in 0..<20 {
            buffer.append(2 as Int16)
            buffer.appendSized(Int64(number))
            buffer.appendSized(number.isMultiple(of: 3) ? nil : String(repeating: "x", count: number))
        }
        buffer.append(-1 as Int16)
        let bytes = buffer.bytes
        struct Two: RowDecodable {
            static let columns: SQL = ""
            var number: Int64
            init(row: inout Row) throws(DecodingFailure) {
                number = try row.next()
                _ = try row.next(String?.self)
            }
        }
        for size in 1...bytes.count {
            var stream = CopyStream()
            var numbers: [Int64] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                try Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { piece in
                    try stream.take(piece) { numbers.append(try Two(wholeOf: &$0).number) }
                }
            }
            #expect(numbers == (0..<20).map { Int64($0) } && stream.isComplete)
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            var damaged = bytes
            damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            var stream = CopyStream()
            try? damaged.withUnsafeBytes { piece in try stream.take(piece) { _ = try Two(wholeOf: &$0) } }
        }
    }
}
