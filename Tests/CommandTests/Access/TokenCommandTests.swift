import Foundation
import Postgres
import Testing

/// `token create|list|revoke`, from the terminal.
@Suite struct TokenCommandTests {
    private struct Token: Decodable {
        let token: String?
        let prefix: String
        let email: String
        let role: String
        let organisationId: Int64?
        let scopes: [String]
        let state: String
        let lastDay: String
    }

    private static func create(_ place: CommandPlace, _ words: String...) async throws -> Command.Result {
        try await place.command.run(["token", "create"] + words + ["--as", "tester"])
    }

    @Test func aTokenIsShownOnceAndKeptAsADigest() async throws {
        let place = try await CommandDatabase.example()
        let made = try await Self.create(
            place, "kontakt@syddjurs.example", "--name", "Kontakt (eksempel)", "--role", "memberContact", "--organisation", "0706",
            "--scopes",
            "governance,agreements", "--until", Days.fromToday(60), "--format", "json")
        let token = try made.decoded(Token.self)
        let secret = try token.token.orThrow("the token itself")
        #expect(secret.hasPrefix(token.prefix) && secret.utf8.count == 48 && token.state == "valid")
        #expect(token.scopes == ["agreements", "governance"] && token.lastDay == Days.fromToday(60) && token.organisationId != nil)
        // What is kept knows it again, and nowhere is it written down: not in its table, not in the audit log.
        let (known, written) = try await place.connect { connection in
            (
                try await connection.only(
                    "SELECT count(*) FROM api_token WHERE digest = sha256(convert_to(\(secret), 'UTF8'))", as: Int64.self),
                try await connection.only(
                    """
                    SELECT count(*) FROM (SELECT t::text AS row FROM api_token AS t UNION ALL SELECT a::text FROM audit_entry AS a) AS all_rows
                    WHERE position(\(secret) IN row) > 0
                    """, as: Int64.self)
            )
        }
        #expect(known == 1 && written == 0)
        let listed = try await place.command("token", "list", "--format", "json")
        let rows = try listed.decoded([Token].self)
        #expect(rows.map(\.prefix) == [token.prefix] && rows.first?.token == nil && !listed.output.contains(secret))
        let revoked = try await place.command("token", "revoke", token.prefix, "--format", "json", "--as", "tester").decoded([Token].self)
        #expect(revoked.map(\.state) == ["revoked"])
    }

    /// No two tokens are alike, and none has a pattern.
    @Test func everyTokenIsAnother() async throws {
        let place = try await CommandDatabase.example()
        var secrets: Set<String> = []
        for _ in 0..<8 {
            let made = try await Self.create(
                place, "drift@os2medlem.example", "--name", "Drift (eksempel)", "--role", "operator", "--format", "csv")
            secrets.insert(made.output.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        #expect(secrets.count == 8 && Set(secrets.map { $0.dropFirst(5).prefix(8) }).count == 8)
        // 8 × 43 characters of 64: each position of an honest draw has several.
        for place in 5..<47 { #expect(Set(secrets.map { Array($0)[place] }).count > 1) }
    }

    static let refusals: [(words: [String], code: String)] = [
        (["nobody@nowhere.example", "--role", "secretariat"], "UNKNOWN_PERSON"),
        (["x@os2medlem.example", "--name", "X", "--role", "memberContact"], "TOKEN_ROLE_UNFIT"),
        (["x@os2medlem.example", "--name", "X", "--role", "secretariat", "--organisation", "0706"], "TOKEN_ROLE_UNFIT"),
        (["x@os2medlem.example", "--name", "X", "--role", "supplier", "--organisation", "0706"], "TOKEN_ROLE_UNFIT"),
        (["x@os2medlem.example", "--name", "X", "--role", "memberContact", "--organisation", "eksempelleverandoer"], "TOKEN_ROLE_UNFIT"),
        (["x@os2medlem.example", "--name", "X", "--role", "anonymous"], "TOKEN_ROLE_UNFIT"),
        (["x@os2medlem.example", "--name", "X", "--role", "memberContact", "--organisation", "9999"], "UNKNOWN_ORGANISATION"),
        (["x@os2medlem.example", "--name", "X", "--role", "board", "--until", Days.fromToday(-2)], "TOKEN_LIFE"),
        (["x@os2medlem.example", "--name", "X", "--role", "board", "--until", Days.fromToday(368)], "TOKEN_LIFE"),
        (["x@os2medlem.example", "--name", "X", "--role", "board", "--scopes", "groups"], "TOKEN_SCOPE_INVALID"),
        (["x@os2medlem.example", "--name", "X", "--role", "board", "--scopes", ""], "TOKEN_SCOPE_INVALID"),
        (["sekretariat@os2.example", "--role", "memberContact", "--organisation", "0706"], "TOKEN_WITHOUT_PLACE"),
        (["not-an-address", "--name", "X", "--role", "board"], "EMAIL_INVALID"),
    ]

    @Test(arguments: refusals)
    func whatDoesNotFitIsRefusedAndNothingChanged(_ words: [String], _ code: String) async throws {
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let outcome = try await place.command.run(["token", "create"] + words + ["--as", "tester"])
        #expect(outcome.code == code && outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(try await place.digest() == before)
    }

    @Test func anUnknownTokenCannotBeRevoked() async throws {
        let outcome = try await CommandDatabase.shared.value.command("token", "revoke", "os2m_nothing0", "--as", "tester")
        #expect(outcome.code == "UNKNOWN_TOKEN" && outcome.status == 65)
    }
}

/// Tokens live by the clock, so their tests do.
enum Days {
    /// YYYY-MM-DD in Copenhagen, so many days ahead.
    static func fromToday(_ count: Int) -> String {
        var style = Date.ISO8601FormatStyle(timeZone: TimeZone(identifier: "Europe/Copenhagen") ?? .gmt)
        style = style.year().month().day()
        return Date(timeIntervalSinceNow: Double(count) * 86_400).formatted(style)
    }
}
