import Domain
import Foundation
import Postgres
import Registry
import TestSupport
import Testing

/// What is read from outside is on record (DOMAIN, people's data).
@Suite struct AccessLogTests {
    /// Through the program: who asked, for what, and what came of it; nothing of who asked nothing, and nothing of those who belong to the association.
    @Test func whatIsReadFromOutsideIsOnRecord() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let (contact, supplier) = (try place.holder(.memberContact), try place.holder(.supplier))
        let own = try contact.organisation.orThrow("an organisation")
        let (foreign, before) = try await place.command.connect { connection in
            (
                try await connection.only("SELECT id FROM organisation WHERE cvr = \(AccessDatabase.Place.other)", as: Int64.self),
                try await connection.only("SELECT max(id) FROM access_entry", as: Int64.self)
            )
        }
        // Used two minutes ago by the one, and this moment by the other.
        try await place.command.connect { connection in
            try await connection.run(
                script: """
                    UPDATE api_token_use AS u SET last_used_at = CASE WHEN t.role = 'secretariat' THEN now() - interval '2 minutes' ELSE now() END
                    FROM api_token AS t WHERE t.id = u.token_id
                    """)
        }
        let used = try await Self.lastUse(of: .secretariat, at: place.command)
        let usedNow = try await Self.lastUse(of: .memberContact, at: place.command)
        let path = "/api/v1/organisations"
        let asked: [(token: String?, target: String)] = [
            (contact.token, "\(path)/\(own)/groups?asOf=2027-02-01"), (contact.token, "\(path)/\(foreign)/groups"),
            (contact.token, "/api/v1/audit-entries"), (contact.token, "/api/v1/search?q=syddj%C3%B8rs"),
            (contact.token, "\(path)?limit=0"), (supplier.token, "/api/v1/me"), (nil, "/api/v1/products"), (nil, "/api/v1/me"),
            ("os2m_" + String(repeating: "A", count: 43), "/api/v1/me"), (try place.holder(.secretariat).token, path),
            (contact.token, "/api/v1"),
        ]
        let (requests, statuses) = try await ServedProgram.run(at: place.command) { served in
            try await onThread {
                var (requests, statuses): ([String], [Int]) = ([], [])
                for (token, target) in asked {
                    let answer = try served.caller(token).get(target)
                    requests.append(try answer["x-request-id"].orThrow("a request's number"))
                    statuses.append(answer.status)
                }
                // Unchanged since: as much a read as the first.
                let caller = served.caller(contact.token)
                let tag = try caller.get("\(path)/\(own)/groups")["etag"].orThrow("a tag")
                let again = try caller.get("\(path)/\(own)/groups", ["If-None-Match: \(tag)"])
                requests.append(try again["x-request-id"].orThrow("a request's number"))
                statuses.append(again.status)
                return (requests, statuses)
            }
        }
        #expect(statuses == [200, 404, 403, 200, 400, 200, 200, 401, 401, 200, 200, 304])
        let entries = try await place.command.connect { connection in
            try await connection.query(
                """
                SELECT concat_ws(' ', request, prefix, organisation_id, operation, target, status) FROM access_entry WHERE id > \(before) ORDER BY id
                """, as: String.self)
        }
        func entry(_ index: Int, _ holder: AccessDatabase.Holder, _ operation: String, _ target: String? = nil) throws -> String {
            "\(requests[index]) \(holder.token.prefix(13)) \(try holder.organisation.orThrow("one")) \(operation) \(target ?? asked[index].target) \(statuses[index])"
        }
        let expected = [
            try entry(0, contact, "listOrganisationGroups"), try entry(1, contact, "listOrganisationGroups"),
            try entry(2, contact, "listAuditEntries"), try entry(3, contact, "search"), try entry(5, supplier, "getCaller"),
        ]
        #expect(Array(entries.prefix(5)) == expected)
        let last = try entry(11, contact, "listOrganisationGroups", "\(path)/\(own)/groups")
        #expect(entries.count == 7 && entries.last == last)
        let told = try await place.command.command("token", "reads", "--organisation", AccessDatabase.Place.own, "--format", "csv")
        let rows = told.output.split(whereSeparator: \.isNewline).filter { $0.contains(contact.token.prefix(13)) }
        #expect(rows.count == 6 && rows.first?.contains(",\(path)/\(own)/groups,304,") == true, "\(told)")
        // Whoever asks, when the token was last used is known: to the minute, so the use a moment ago is not written over.
        #expect(try await Self.lastUse(of: .secretariat, at: place.command) > used)
        #expect(try await Self.lastUse(of: .memberContact, at: place.command) == usedNow)
    }

    private static func lastUse(of role: AccessRole, at place: CommandPlace) async throws -> Int64 {
        try await place.connect { connection in
            try await connection.only(
                """
                SELECT (extract(epoch FROM u.last_used_at) * 1000)::bigint FROM api_token_use AS u JOIN api_token AS t ON t.id = u.token_id
                WHERE t.role = \(role.rawValue)
                """, as: Int64.self)
        }
    }

    /// While nothing can be written, reads are kept in their order; when no more can be kept, none is let through; nothing is noted twice.
    @Test func nothingIsLostAndNothingIsUnaccountedFor() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let holder = try place.holder(.memberContact)
        let token = try AccessToken(holder.token).orThrow("a token")
        let auditor = try AccessToken(try place.holder(.auditor).token).orThrow("a token")
        func access(_ number: Int, as role: AccessRole = .memberContact) -> Access {
            let digits = String(number, radix: 16)
            return Access(
                request: "f" + String(repeating: "0", count: 15 - digits.count) + digits, token: role == .auditor ? auditor : token,
                moment: 1_800_000_000_000_000 + Int64(number), operation: "search", target: "/api/v1/search?q=\(number)", status: 200,
                role: role)
        }
        func noted() async throws -> [String] {
            try await place.command.connect {
                try await $0.query("SELECT target FROM access_entry WHERE operation = 'search' ORDER BY id", as: String.self)
            }
        }
        var configuration = place.command.configuration
        configuration.parameters["user"] = "app"
        let pool = Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: CommandDatabase.logger)
        let log = AccessLog(pool: pool, most: 5_000, logger: CommandDatabase.logger)
        try await place.command.connect { try await $0.run(script: "REVOKE EXECUTE ON FUNCTION note_access FROM app") }
        for number in 0..<5_000 { try log.note(access(number)) }
        #expect(throws: RegisterTrouble.busy) { try log.note(access(5_000)) }
        // Whoever belongs to the association is not on record and goes on reading.
        try log.note(access(5_000, as: .auditor))
        await log.write()
        #expect(try await noted() == [])
        // The token ends in between: it was good when it was used.
        _ = try await place.command.command("token", "revoke", String(holder.token.prefix(13)), "--as", "tester")
        try await place.command.connect { try await $0.run(script: "GRANT EXECUTE ON FUNCTION note_access TO app") }
        await log.write()
        #expect(try await noted() == (0..<5_000).map { "/api/v1/search?q=\($0)" })
        // Its own people take no room from others, however much they read.
        for number in 0..<6_000 { try log.note(access(number, as: .auditor)) }
        for number in 0..<5_000 { try log.note(access(number)) }
        #expect(throws: RegisterTrouble.busy) { try log.note(access(5_000)) }
        await log.write()
        // An answer that was lost makes the same be written again.
        for number in 4_990..<5_010 { try log.note(access(number)) }
        await log.write()
        #expect(try await noted() == (0..<5_010).map { "/api/v1/search?q=\($0)" })
        await pool.close()
    }

    /// Of what the association's own people read it is noted when each token was last used, the newest moment whatever came last, and nothing else.
    @Test func whenATokenWasLastUsedIsNoted() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let before = try await place.command.connect { try await $0.only("SELECT count(*) FROM access_entry", as: Int64.self) }
        try await place.command.connect { try await $0.run(script: "DELETE FROM api_token_use") }
        var configuration = place.command.configuration
        configuration.parameters["user"] = "app"
        let pool = Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: CommandDatabase.logger)
        let log = AccessLog(pool: pool, most: 0, logger: CommandDatabase.logger)
        let start: Int64 = 1_800_000_000
        let used: [(role: AccessRole, seconds: [Int64])] = [(.auditor, [7, 9, 8]), (.secretariat, [3]), (.auditor, [5])]
        for (role, seconds) in used {
            let token = try AccessToken(try place.holder(role).token).orThrow("a token")
            for second in seconds {
                try log.note(
                    Access(
                        request: "e00000000000000\(second)", token: token, moment: (start + second) * 1_000_000, operation: "getCaller",
                        target: "/api/v1/me", status: 200, role: role))
            }
        }
        await log.write()
        let (noted, after) = try await place.command.connect { connection in
            (
                try await connection.query(
                    """
                    SELECT t.role || ' ' || extract(epoch FROM u.last_used_at)::bigint - \(start)
                    FROM api_token_use AS u JOIN api_token AS t ON t.id = u.token_id ORDER BY t.role
                    """, as: String.self),
                try await connection.only("SELECT count(*) FROM access_entry", as: Int64.self)
            )
        }
        #expect(noted == ["auditor 9", "secretariat 3"] && after == before)
        await pool.close()
    }

    /// What was read is forgotten when its time is over, by one verb, which leaves its trace; the setting says when, and nothing younger goes.
    @Test func whatWasReadIsForgottenInTime() async throws {
        let place = try await AccessDatabase.copy()
        func kept() async throws -> [String] {
            try await place.connect { try await $0.query("SELECT request FROM access_entry ORDER BY id", as: String.self) }
        }
        // Of so many months ago to the day, and of the day before each.
        try await place.connect { connection in
            try await connection.run(
                script: """
                    INSERT INTO access_entry (request, at, prefix, person_id, role, organisation_id, operation, target, status)
                        SELECT lpad(months::text, 8, '0') || lpad(days::text, 8, '0'),
                            (((now() AT TIME ZONE 'Europe/Copenhagen')::date - make_interval(months => months)) - make_interval(days => days) + interval '1 hour')
                                AT TIME ZONE 'Europe/Copenhagen',
                            'os2m_exampleA', 1, 'memberContact', 1, 'search', '/api/v1/search?q=ab', 200
                        FROM (VALUES (60, 1), (60, 0), (12, 1), (12, 0), (6, 1), (6, 0)) AS made (months, days)
                    """)
        }
        let before = try await kept()
        func setting(_ value: String) async throws {
            try await place.connect(as: "batch") { connection in
                try await connection.run(script: "SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up'")
                try await connection.execute(
                    """
                    INSERT INTO setting (name, valid_from, value) VALUES ('access-retention', '2026-01-01', \(value))
                    ON CONFLICT (name, valid_from) DO UPDATE SET value = excluded.value
                    """)
            }
        }
        try await setting("60")
        let first = try await place.command("token", "forget-reads", "--as", "tester", "--lang", "en")
        #expect(first.status == 0 && first.output.hasPrefix("1 read from before "), "\(first)")
        #expect(try await kept() == Array(before.dropFirst()))
        // Without a setting, and whatever day somebody says it is.
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up'; DELETE FROM setting WHERE name = 'access-retention'
                    """)
        }
        let second = try await place.command("token", "forget-reads", "--as", "tester", "--today", "2099-01-01", "--format", "json")
        #expect(second.status == 0 && second.output.hasPrefix("{\"forgotten\":2,\"keptSince\":\""), "\(second)")
        #expect(try await kept() == Array(before.dropFirst(3)))
        // Nobody goes below six months, and nobody removes by hand what the verb would not.
        for value in ["5", "0", "61", "-6", "06", "6 "] {
            await #expect(throws: PostgresError.self, "\(value)") { try await setting(value) }
        }
        try await setting("6")
        for (role, state) in [("batch", "42501"), ("app", "42501"), ("readonly", "42501"), ("migrator", "23001"), ("postgres", "23001")] {
            let refusal = try await place.connect(as: role) { connection in
                await #expect(throws: PostgresError.self, "\(role)") {
                    try await connection.run(script: "DELETE FROM access_entry")
                }
            }
            guard case .server(let error) = try refusal.orThrow("a refusal") else { throw Missing("a refusal of the server") }
            #expect(error.sqlState == state, "\(role): \(error)")
        }
        for role in ["app", "readonly"] {
            _ = try await place.connect(as: role) { connection in
                await #expect(throws: PostgresError.self, "\(role)") { try await connection.run(script: "SELECT forget_accesses()") }
            }
        }
        // Who forgets has a name.
        _ = try await place.connect(as: "batch") { connection in
            await #expect(throws: PostgresError.self) { try await connection.run(script: "SELECT forget_accesses()") }
        }
        #expect(try await place.command("token", "forget-reads", "--as", "tester").status == 0)
        #expect(try await kept() == Array(before.suffix(1)))
        // The log says how often, by whom and how many, and none of what was read.
        let traces = try await place.connect { connection in
            try await connection.query(
                """
                SELECT concat_ws(' ', actor, use_case, before, after) FROM audit_entry WHERE record = 'access_entry' ORDER BY id
                """, as: String.self)
        }
        #expect(traces == [1, 2, 2].map { "tester token forget-reads {\"forgotten\": \($0)}" })
    }

    /// Nobody changes what was read: not who keeps the register, not who owns the tables.
    @Test(arguments: ["batch", "migrator", "postgres"])
    func whatWasReadStaysOnRecord(_ role: String) async throws {
        let place = try await AccessDatabase.shared.value.command
        for statement in ["UPDATE access_entry SET status = 404", "DELETE FROM access_entry", "TRUNCATE access_entry"] {
            let refusal = try await place.connect(as: role) { connection in
                await #expect(throws: PostgresError.self) { try await connection.run(script: statement) }
            }
            guard case .server(let error) = try refusal.orThrow("a refusal") else { throw Missing("a refusal of the server") }
            #expect(["42501", "23001"].contains(error.sqlState) && (role == "batch") == (error.sqlState == "42501"), "\(error)")
        }
    }
}
