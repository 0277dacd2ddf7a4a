import Postgres
import Testing

@Suite struct HostileTextTests {
    static let texts = [
        "", " ", "'", "''", "\"", "\\", "\\'; DROP TABLE x; --", "$1", "$$", "%s %n", "?", "\n\r\t\u{8}\u{1B}", "\u{1}\u{7F}",
        "æøåÆØÅ", "e\u{301}", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u{FEFF}bom", "שלום \u{202E}abc\u{202C}", "\u{FFFD}\u{FFFF}\u{10FFFF}", "NULL", "null", "{}", "{1,2}",
        "\u{2028}\u{2029}", String(repeating: "long ' \\ 🐘 ", count: 200_000),
    ]

    @Test func roundTrip() async throws {
        try await withConnection { connection async throws in
            for text in Self.texts {
                let back = try await connection.only("SELECT \(text)", as: String.self)
                // Scalars, not characters: equality of strings forgives normalisation.
                #expect(back.unicodeScalars.elementsEqual(text.unicodeScalars))
                let length = try await connection.only("SELECT octet_length(\(text))", as: Int.self)
                #expect(length == text.utf8.count)
            }
            let all = try await connection.only("SELECT \(Self.texts)", as: [String].self)
            #expect(all == Self.texts)
        }
    }

    @Test func roundTripThroughJSONAndBytes() async throws {
        try await withConnection { connection async throws in
            for text in Self.texts {
                let same = try await connection.only(
                    "SELECT convert_from(\(Array(text.utf8)), 'UTF8') = \(text) AND jsonb_build_array(\(text)) ->> 0 = \(text)",
                    as: Bool.self)
                #expect(same)
            }
        }
    }

    @Test func refusesNUL() async throws {
        try await withConnection { connection async throws in
            let statements: [SQL] = [
                "SELECT \("a\0b")", "SELECT \(["fine", "\0"])", "SELECT \(JSONB("\"\0\""))", "SELECT '\0'",
            ]
            for statement in statements {
                let error = try await postgresError { try await connection.execute(statement) }
                #expect(error?.kind == .encoding)
                #expect(error?.description.contains("NUL") == true)
            }
            let error = try await postgresError { try await connection.run(script: "SELECT 1;\0 SELECT 2") }
            #expect(error?.kind == .encoding)
            #expect(await connection.isUsable)
        }
    }
}
