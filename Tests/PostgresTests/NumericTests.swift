import Postgres
import Testing

@Suite struct NumericTests {
    static let texts =
        [
            "0", "0.0", "0.0000", "1", "-1", "9", "10", "9999", "10000", "10001", "99999999", "100000000", "0.1", "0.01", "0.001", "0.0001",
            "0.00001", "0.00009999", "1.0", "1.00", "-12.50", "12345.6789", "100000.00001", "123456789012345678901234567890.123456789",
            "-0.000000000000000000000000000001", "1000000000000", "0.10000", "5000.0005", "9223372036854775807", "-92233720368547758.08",
        ] + [
            String(repeating: "9", count: 131_072), "0." + String(repeating: "0", count: 16_382) + "1",
            "-" + String(repeating: "9", count: 131_072) + "." + String(repeating: "9", count: 16_383),
            "1" + String(repeating: "0", count: 131_071),
        ]

    @Test func agreesWithTheServer() async throws {
        try await withConnection { connection async throws in
            for text in Self.texts {
                let number = try #require(PostgresNumeric(text))
                #expect(number.description == text)
                #expect(try await connection.only("SELECT \(number)::text", as: String.self) == text)
                #expect(try await connection.only("SELECT \(text)::numeric", as: PostgresNumeric.self) == number)
            }
            let all = Self.texts.compactMap { PostgresNumeric($0) }
            #expect(try await connection.only("SELECT \(all)", as: [PostgresNumeric].self) == all)
        }
    }

    @Test func agreesWithTheServerOnRandomNumbers() async throws {
        var generator = SystemRandomNumberGenerator()
        try await withConnection { connection async throws in
            var texts: [String] = []
            for _ in 0..<500 {
                let whole = String((0..<Int.random(in: 1...13, using: &generator)).map { _ in "0123456789".randomElement() ?? "0" })
                let decimals = String((0..<Int.random(in: 0...13, using: &generator)).map { _ in "000123456789".randomElement() ?? "0" })
                texts.append((Bool.random() ? "-" : "") + whole + (decimals.isEmpty ? "" : ".") + decimals)
            }
            let numbers = texts.compactMap { PostgresNumeric($0) }
            let fromServer = try await connection.only("SELECT \(texts)::numeric[]", as: [PostgresNumeric].self)
            #expect(fromServer == numbers, "\(texts)")
            let printed = try await connection.only("SELECT \(numbers)::text[]", as: [String].self)
            #expect(printed == numbers.map(\.description), "\(texts)")
        }
    }

    @Test func refusesWhatIsNoNumber() async throws {
        let wrong = [
            "", "-", "+", ".", "-.", "1e5", " 1", "1 ", "1,5", "0x1", "NaN", "Infinity", "1.2.3", "--1", "١",
            String(repeating: "9", count: 131_073), "0." + String(repeating: "1", count: 16_384),
        ]
        for text in wrong { #expect(PostgresNumeric(text) == nil) }
        #expect(PostgresNumeric("-0")?.isNegative == false)
        #expect(PostgresNumeric(".5")?.description == "0.5")
        #expect(PostgresNumeric("5.")?.description == "5")
        #expect(PostgresNumeric(isNegative: false, unscaledDigits: [10], scale: 0) == nil)
        #expect(PostgresNumeric(unscaled: 1, scale: -1) == nil)
        try await withConnection { connection async throws in
            for text in ["NaN", "Infinity", "-Infinity"] {
                let error = try await postgresError { _ = try await connection.only("SELECT \(text)::numeric", as: PostgresNumeric.self) }
                #expect(error?.kind == .decoding, "\(text) was read as a number")
            }
        }
    }

    @Test func countsInSmallUnits() {
        #expect(PostgresNumeric("12.5")?.unscaledValue(atScale: 2) == 1250)
        #expect(PostgresNumeric("12.50")?.unscaledValue(atScale: 1) == 125)
        #expect(PostgresNumeric("12.55")?.unscaledValue(atScale: 1) == nil)
        #expect(PostgresNumeric("0.00")?.unscaledValue(atScale: 0) == 0)
        #expect(PostgresNumeric("-9223372036854775808")?.unscaledValue(atScale: 0) == .min)
        #expect(PostgresNumeric("9223372036854775807")?.unscaledValue(atScale: 0) == .max)
        #expect(PostgresNumeric("9223372036854775808")?.unscaledValue(atScale: 0) == nil)
        #expect(PostgresNumeric("1")?.unscaledValue(atScale: 19) == nil)
        #expect(PostgresNumeric("0.001")?.unscaledValue(atScale: -1) == nil)
        for number in ["0", "0.00", "1", "-1.5"].compactMap({ PostgresNumeric($0) }) {
            #expect(number.unscaledValue(atScale: .max) == (number.unscaledDigits.isEmpty ? 0 : nil))
            #expect(number.unscaledValue(atScale: .min) == (number.unscaledDigits.isEmpty ? 0 : nil))
        }
        #expect(PostgresNumeric(unscaled: .min, scale: 2)?.description == "-92233720368547758.08")
    }
}
