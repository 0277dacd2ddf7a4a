import Postgres
import Testing

/// Each value and the server's own text for it, both ways: what the server reads from us and what we read from the server.
@Suite struct ValueTests {
    private func agree<T: PostgresEncodable & PostgresDecodable & RowDecodable & Equatable>(
        _ pairs: [(T, String)], _ type: SQL, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var configuration = try await serverConfiguration()
        configuration.parameters["options"] = "-c timezone=UTC -c datestyle=ISO -c bytea_output=hex"
        try await withConnection(configuration) { connection async throws in
            for (value, text) in pairs {
                let asText = try await connection.only("SELECT \(value)::text", as: String.self)
                #expect(asText == text, sourceLocation: sourceLocation)
                let read = try await connection.only("SELECT \(text)::\(type)", as: T.self)
                #expect(read == value, sourceLocation: sourceLocation)
                let optional = try await connection.only("SELECT \(Optional(value))", as: T?.self)
                #expect(optional == value, sourceLocation: sourceLocation)
            }
            let values = pairs.map(\.0)
            let array = try await connection.only("SELECT \(values)", as: [T].self)
            #expect(array == values, sourceLocation: sourceLocation)
            let withNulls: [T?] = [nil] + values + [nil]
            let holed = try await connection.only("SELECT \(withNulls)", as: [T?].self)
            #expect(holed == withNulls, sourceLocation: sourceLocation)
            #expect(try await connection.only("SELECT \([] as [T])", as: [T].self) == [], sourceLocation: sourceLocation)
            #expect(try await connection.only("SELECT \(nil as T?)", as: T?.self) == nil, sourceLocation: sourceLocation)
            #expect(try await connection.only("SELECT \(nil as [T]?)", as: [T]?.self) == nil, sourceLocation: sourceLocation)
        }
    }

    @Test func integers() async throws {
        try await agree([(Int16.min, "-32768"), (-1, "-1"), (0, "0"), (.max, "32767")], "int2")
        try await agree([(Int32.min, "-2147483648"), (-1, "-1"), (0, "0"), (.max, "2147483647")], "int4")
        try await agree([(Int64.min, "-9223372036854775808"), (-1, "-1"), (.max, "9223372036854775807")], "int8")
        try await agree([(Int.min, "-9223372036854775808"), (0, "0"), (.max, "9223372036854775807")], "int8")
    }

    @Test func widensInt() async throws {
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT (-32768)::int2", as: Int.self) == -32768)
            #expect(try await connection.only("SELECT (-2147483648)::int4", as: Int.self) == -2_147_483_648)
            #expect(try await connection.only("SELECT '{1,-2}'::int4[]", as: [Int].self) == [1, -2])
        }
    }

    @Test func booleansAndText() async throws {
        try await agree([(true, "true"), (false, "false")], "bool")
        try await agree([("", ""), ("null", "null"), ("{a,\"b\"}", "{a,\"b\"}")], "text")
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT 'ab'::varchar(9)", as: String.self) == "ab")
            #expect(try await connection.only("SELECT 'ab'::char(4)", as: String.self) == "ab  ")
            #expect(try await connection.only("SELECT 'ab'::name", as: String.self) == "ab")
            #expect(try await connection.only("SELECT '{a,b}'::varchar[]", as: [String].self) == ["a", "b"])
            #expect(try await connection.only("SELECT \(UInt8(ascii: "x"))", as: UInt8.self) == UInt8(ascii: "x"))
        }
    }

    @Test func bytes() async throws {
        let all = (0...255).map { UInt8($0) }
        try await agree([([] as [UInt8], "\\x"), ([0], "\\x00"), ([255, 0, 39, 92], "\\xff00275c")], "bytea")
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT \(all)", as: [UInt8].self) == all)
            let megabytes = [UInt8](repeating: 0xA5, count: 20_000_000)
            #expect(try await connection.only("SELECT \(megabytes)", as: [UInt8].self) == megabytes)
        }
    }

    @Test func doubles() async throws {
        try await agree(
            [
                (Double.greatestFiniteMagnitude, "1.7976931348623157e+308"), (-.greatestFiniteMagnitude, "-1.7976931348623157e+308"),
                (.leastNonzeroMagnitude, "5e-324"), (-0.0, "-0"), (0.1, "0.1"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
            ], "float8")
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT 'NaN'::float8", as: Double.self).isNaN)
            #expect(try await connection.only("SELECT \(Double.nan)::text", as: String.self) == "NaN")
            #expect(try await connection.only("SELECT (-0.0)::float8", as: Double.self) == 0)
        }
    }

    @Test func dates() async throws {
        try await agree(
            [
                (PostgresDate(daysSince2000: 0), "2000-01-01"), (PostgresDate(daysSince2000: -1), "1999-12-31"),
                (PostgresDate(daysSince2000: 59), "2000-02-29"), (PostgresDate(daysSince2000: -2_451_545), "4714-11-24 BC"),
                (PostgresDate(daysSince2000: 2_145_031_948), "5874897-12-31"),
            ], "date")
        try await withConnection { connection async throws in
            for text in ["infinity", "-infinity"] {
                let error = try await postgresError { _ = try await connection.only("SELECT \(text)::date", as: PostgresDate.self) }
                #expect(error?.kind == .decoding, "an infinite date was read")
            }
            for days in [Int32.min, .max] {
                let error = try await postgresError { try await connection.execute("SELECT \(PostgresDate(daysSince2000: days))") }
                #expect(error?.kind == .encoding, "an infinite date was sent")
            }
            let beyond = try await postgresError { try await connection.execute("SELECT \(PostgresDate(daysSince2000: .max - 1))") }
            #expect(beyond?.serverError?.sqlState == "22008")
        }
    }

    @Test func timestamps() async throws {
        try await agree(
            [
                (PostgresTimestamp(microsecondsSince2000: 0), "2000-01-01 00:00:00+00"),
                (PostgresTimestamp(microsecondsSince2000: -1), "1999-12-31 23:59:59.999999+00"),
                (PostgresTimestamp(microsecondsSince2000: -211_813_488_000_000_000), "4714-11-24 00:00:00+00 BC"),
                (PostgresTimestamp(microsecondsSince2000: 9_223_371_331_199_999_999), "294276-12-31 23:59:59.999999+00"),
            ], "timestamptz")
        try await withConnection { connection async throws in
            for text in ["infinity", "-infinity"] {
                let error = try await postgresError {
                    _ = try await connection.only("SELECT \(text)::timestamptz", as: PostgresTimestamp.self)
                }
                #expect(error?.kind == .decoding, "an infinite timestamp was read")
            }
            let infinite = try await postgresError {
                try await connection.execute("SELECT \(PostgresTimestamp(microsecondsSince2000: .max))")
            }
            #expect(infinite?.kind == .encoding, "an infinite timestamp was sent")
        }
    }

    @Test func dateRanges() async throws {
        let day = { PostgresDate(daysSince2000: $0) }
        try await agree(
            [
                (PostgresDateRange.empty, "empty"), (PostgresDateRange(lower: nil, upper: nil), "(,)"),
                (PostgresDateRange(lower: day(0), upper: nil), "[2000-01-01,)"),
                (PostgresDateRange(lower: nil, upper: day(0)), "(,2000-01-01)"),
                (PostgresDateRange(lower: day(0), upper: day(366)), "[2000-01-01,2001-01-01)"),
                (PostgresDateRange(lower: day(-2_451_545), upper: day(2_145_031_948)), "[\"4714-11-24 BC\",5874897-12-31)"),
            ], "daterange")
        #expect(PostgresDateRange(lower: day(3), upper: day(3)) == .empty)
        try await withConnection { connection async throws in
            let closed = try await connection.only("SELECT '[2000-01-01,2000-01-31]'::daterange", as: PostgresDateRange.self)
            #expect(closed == PostgresDateRange(lower: day(0), upper: day(31)))
            let backwards = try await postgresError {
                try await connection.execute("SELECT \(PostgresDateRange(lower: day(2), upper: day(1)))")
            }
            #expect(backwards?.kind == .encoding, "a backward range was sent")
            let infinite = try await postgresError {
                _ = try await connection.only("SELECT '[2000-01-01,infinity)'::daterange", as: PostgresDateRange.self)
            }
            #expect(infinite?.kind == .decoding, "an infinite bound was read")
        }
    }

    @Test func identifiersAndDocuments() async throws {
        try await agree(
            [
                (PostgresUUID(high: 0, low: 0), "00000000-0000-0000-0000-000000000000"),
                (PostgresUUID(high: .max, low: .max), "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                (PostgresUUID(high: 0x0123_4567_89AB_4DEF, low: 0x8123_4567_89AB_CDEF), "01234567-89ab-4def-8123-456789abcdef"),
            ], "uuid")
        for _ in 0..<100 {
            let uuid = PostgresUUID.random()
            #expect(PostgresUUID(uuid.description) == uuid && PostgresUUID(uuid.description.uppercased()) == uuid)
            #expect(uuid.high >> 12 & 0xF == 4 && uuid.low >> 62 == 0b10)
        }
        for text in [
            "", "0123456789ab4def8123456789abcdef", "01234567-89ab-4def-8123-456789abcdeg", "01234567-89ab-4def-8123_456789abcdef",
        ] {
            #expect(PostgresUUID(text) == nil)
        }
        try await agree([(JSONB("null"), "null"), (JSONB("{\"a\": [1, \"é\"]}"), "{\"a\": [1, \"é\"]}")], "jsonb")
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT '{ \"b\":1 }'::json", as: JSONB.self).text == "{ \"b\":1 }")
            let broken = try await postgresError { try await connection.execute("SELECT \(JSONB("{"))") }
            #expect(broken?.serverError?.sqlState == "22P02")
        }
    }

    @Test func rawValues() async throws {
        enum Mood: String, PostgresEncodable, PostgresDecodable, RowDecodable { case calm, angry }
        try await withConnection { connection async throws in
            #expect(try await connection.only("SELECT \(Mood.angry)::text", as: Mood.self) == .angry)
            #expect(try await connection.only("SELECT \([Mood.angry, .calm])", as: [Mood].self) == [.angry, .calm])
            let unknown = try await postgresError { _ = try await connection.only("SELECT 'gloomy'", as: Mood.self) }
            #expect(unknown?.kind == .decoding)
            #expect(unknown?.description.contains("gloomy") == false)
        }
    }
}
