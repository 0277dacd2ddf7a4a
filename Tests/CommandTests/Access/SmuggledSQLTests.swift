import Domain
import Postgres
import Testing

/// SQL that somebody smuggled into a request: it runs as `app`, inside a session, and gains nothing.
@Suite struct SmuggledSQLTests {
    /// What is refused whatever it is about: for want of the privilege (42501), or because a policy would have to look away.
    @Test(arguments: [
        "SELECT digest FROM api_token", "SELECT id FROM api_token", "SELECT net_minor FROM invoice_run",
        "SELECT last_number FROM number_series",
        "SELECT outcome FROM scenario", "SELECT id FROM adjustment",
        "SET ROLE batch", "SET ROLE migrator", "SET ROLE postgres", "SET SESSION AUTHORIZATION batch",
        "SET row_security = off; SELECT id FROM agreement", "ALTER TABLE agreement DISABLE ROW LEVEL SECURITY",
        "ALTER POLICY own ON agreement USING (true)", "DROP POLICY own ON agreement", "CREATE TEMPORARY TABLE kept (n int)",
        "CREATE FUNCTION leak() RETURNS int LANGUAGE sql AS 'SELECT 1'", "SELECT pg_read_file('/etc/passwd')",
        "COPY agreement TO PROGRAM 'cat'", "SELECT price FROM rate_row", "SELECT * FROM rate_row",
        // Others are served by backends of the same role, and what is written there stays.
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "SELECT pg_cancel_backend(pid) FROM pg_stat_activity",
        "SELECT lo_create(0)",
        "SELECT lo_from_bytea(0, 'x')", "SELECT lo_creat(-1)", "SELECT lo_import('/etc/passwd')", "GRANT SELECT ON api_token TO app",
        // Nothing can be written, so no unique or foreign key tells what somebody else has.
        "INSERT INTO organisation (kind, name, cvr) VALUES ('municipality', 'x', '29189978')",
        "INSERT INTO contact_role (organisation_id, person_id, role, during) VALUES (1, 1, 'primary', '[2026-01-01,)')",
        "UPDATE agreement SET state = state", "DELETE FROM seat", "SELECT id FROM agreement FOR UPDATE",
        "INSERT INTO api_token_use VALUES (2, now())", "SELECT last_used_at FROM api_token_use",
        // What was read stays on record, and nothing is put there but by who has the token.
        "UPDATE access_entry SET target = '/'", "DELETE FROM access_entry", "TRUNCATE access_entry",
        "INSERT INTO access_entry (request) VALUES (NULL)", "SELECT id FROM live_tokens('x')", "SELECT has_place(1, 1)",
        "SELECT audit_change()", "SELECT cvr_is_valid('1')",
    ])
    func isRefused(_ statement: String) async throws {
        let place = try await AccessDatabase.shared.value
        let token = try place.holder(.memberContact).token
        let refusal = try await place.command.connect(as: "app") { connection in
            try await connection.rolledBack { transaction in
                _ = try await transaction.query("SELECT id FROM open_session(\(token))", as: Int64.self)
                return await #expect(throws: PostgresError.self) { try await transaction.run(script: statement) }
            }
        }
        guard case .server(let error) = try refusal.orThrow("a refusal") else { throw Missing("a refusal of the server") }
        #expect(error.sqlState == "42501", "\(error)")
    }

    /// Claims of every kind in the place of a token, and what a session leaves behind.
    @Test func noClaimIsBelieved() async throws {
        let place = try await AccessDatabase.shared.value
        let (own, other) = (try place.holder(.memberContact), try place.holder(.supplier))
        let (digest, all) = try await place.command.connect { connection in
            (
                try await connection.only("SELECT encode(sha256(convert_to(\(other.token), 'UTF8')), 'hex')", as: String.self),
                try await connection.only("SELECT count(*) FROM agreement", as: Int64.self)
            )
        }
        try await place.command.connect(as: "app") { connection in
            func agreements() async throws -> Int64 { try await connection.only("SELECT count(*) FROM agreement", as: Int64.self) }
            let seen = try await connection.transaction { transaction in
                _ = try await transaction.query("SELECT id FROM open_session(\(own.token))", as: Int64.self)
                return try await transaction.only("SELECT count(*) FROM agreement", as: Int64.self)
            }
            #expect(seen > 0 && seen < all)
            // The session is over, and its setting reads as an empty text.
            #expect(try await connection.only("SELECT current_setting('os2medlem.session', true)", as: String.self) == "")
            #expect(try await agreements() == 0)
            let claims = [
                digest, "\\\\x" + digest, String(other.token.prefix(13)), "secretariat", "1", "", "null", "{}", other.token + " ",
            ]
            for claim in claims {
                let seen = try await connection.transaction { transaction in
                    _ = try await transaction.only("SELECT set_config('os2medlem.session', \(claim), true)", as: String.self)
                    return try await transaction.only("SELECT count(*) FROM agreement", as: Int64.self)
                }
                #expect(seen == 0, "\(claim)")
            }
        }
    }

    /// A condition that would fail on somebody else's row never meets it: policies come first, whatever the planner thinks cheaper.
    @Test func conditionsDoNotMeetRowsOfOthers() async throws {
        let place = try await AccessDatabase.shared.value
        let own = try place.holder(.memberContact)
        try await place.command.connect(as: "app") { connection in
            try await connection.transaction { transaction in
                _ = try await transaction.query("SELECT id FROM open_session(\(own.token))", as: Int64.self)
                let seen = try await transaction.only(
                    "SELECT count(*) FROM agreement WHERE 1 / CASE WHEN organisation_id = \(own.organisation) THEN 1 ELSE 0 END = 1",
                    as: Int64.self)
                #expect(seen > 0)
                // What the planner knows of the values in a column is hidden, too.
                let statistics = try await transaction.only(
                    "SELECT count(*) FROM pg_stats WHERE tablename IN ('agreement', 'organisation', 'person', 'document')", as: Int64.self)
                #expect(statistics == 0)
            }
        }
    }

    /// A digest, a prefix or a number notes nothing in anybody's name.
    @Test func nobodyIsPutOnRecordWithoutTheToken() async throws {
        let place = try await AccessDatabase.shared.value
        let other = try place.holder(.supplier)
        let digest = try await place.command.connect {
            try await $0.only("SELECT sha256(convert_to(\(other.token), 'UTF8'))::text", as: String.self)
        }
        for claim in [digest, String(other.token.prefix(13)), "1", "", other.token + " "] {
            try await place.command.connect(as: "app") { connection in
                _ = try await connection.execute(
                    "SELECT note_access(ARRAY['00000000000000ff'], ARRAY[\(claim)], ARRAY[0::bigint], ARRAY['x'], ARRAY['/'], ARRAY[200])")
            }
        }
        let noted = try await place.command.connect {
            try await $0.only("SELECT count(*) FROM access_entry WHERE request = '00000000000000ff'", as: Int64.self)
        }
        #expect(noted == 0)
    }

    /// Who has left an organisation asks nothing on its behalf any more, and leaves nothing set that would.
    @Test func aTokenEndsWithItsHoldersPlace() async throws {
        let place = try await AccessDatabase.copy()
        let holder = try await AccessDatabase.token(.memberContact, for: AccessDatabase.Place.own, at: place)
        struct Seen: Equatable {
            let sessions: Int
            let agreements: Int64
        }
        func seen() async throws -> Seen {
            try await place.connect(as: "app") { connection in
                try await connection.transaction { transaction in
                    let sessions = try await transaction.query("SELECT id FROM open_session(\(holder.token))", as: Int64.self)
                    return Seen(
                        sessions: sessions.count, agreements: try await transaction.only("SELECT count(*) FROM agreement", as: Int64.self))
                }
            }
        }
        func change(_ script: String) async throws {
            try await place.connect {
                try await $0.run(script: "SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up'; " + script)
            }
        }
        func state() async throws -> String {
            let listed = try await place.command("token", "list", "--format", "csv")
            let row = listed.output.split(whereSeparator: \.isNewline).first { $0.hasPrefix(holder.token.prefix(13)) }
            return try String(row.orThrow("the token").split(separator: ",", omittingEmptySubsequences: false)[5])
        }
        let person = "(SELECT id FROM person WHERE email = 'memberContact@os2medlem.example')"
        let (whole, nothing) = (try await seen(), Seen(sessions: 0, agreements: 0))
        #expect(whole.sessions == 1 && whole.agreements > 0)
        #expect(try await state() == "valid")
        // A role that ends today is a place today; one that ended yesterday is none.
        let today = "(now() AT TIME ZONE 'Europe/Copenhagen')::date"
        try await change("UPDATE contact_role SET during = daterange('2026-01-01', \(today) + 1) WHERE person_id = \(person)")
        #expect(try await seen() == whole)
        try await change("UPDATE contact_role SET during = daterange('2026-01-01', \(today)) WHERE person_id = \(person)")
        #expect(try await seen() == nothing)
        #expect(try await state() == "left")
        // A place elsewhere is none here, and a seat on the organisation's behalf is one.
        let other = "(SELECT id FROM organisation WHERE cvr = '\(AccessDatabase.Place.other)')"
        try await change(
            "INSERT INTO contact_role (organisation_id, person_id, role, during) VALUES (\(other), \(person), 'technical', '[2026-01-01,)')"
        )
        #expect(try await seen() == nothing)
        try await change(
            """
            INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
            SELECT s.group_id, \(person), s.organisation_id, 'observer', 0, '[2027-01-01,)' FROM seat AS s
                JOIN organisation AS o ON o.id = s.organisation_id WHERE o.cvr = '\(AccessDatabase.Place.own)' ORDER BY s.id LIMIT 1
            """)
        #expect(try await seen() == whole)
        #expect(try await state() == "valid")
        try await change("UPDATE seat SET voided = true WHERE person_id = \(person)")
        #expect(try await seen() == nothing)
    }

    /// A token that was revoked or has expired is none: at once, and in a transaction that began before.
    @Test func whatIsOverShowsNothing() async throws {
        let place = try await AccessDatabase.shared.value.command
        let holder = try await AccessDatabase.token(
            .memberContact, for: AccessDatabase.Place.own, at: place, ["--until", Days.fromToday(30)])
        func seen() async throws -> Int64 {
            try await place.connect(as: "app") { connection in
                try await connection.transaction { transaction in
                    let session = try await transaction.query("SELECT id FROM open_session(\(holder.token))", as: Int64.self)
                    let agreements = try await transaction.only("SELECT count(*) FROM agreement", as: Int64.self)
                    #expect((session.count == 1) == (agreements > 0))
                    return agreements
                }
            }
        }
        #expect(try await seen() > 0)
        let revoked = try await place.command("token", "revoke", String(holder.token.prefix(13)), "--as", "tester")
        #expect(revoked.status == 0)
        #expect(try await seen() == 0)
        let again = try await place.command("token", "revoke", String(holder.token.prefix(13)), "--as", "tester")
        #expect(again.code == "TOKEN_REVOKED" && again.status == 65)
        // Only a clock can expire a token; a row that is long over stands in for it.
        try await place.connect { connection in
            try await connection.run(
                script: """
                    BEGIN; SET LOCAL session_replication_role = replica;
                    UPDATE api_token SET revoked_at = NULL, created_at = now() - interval '10 days', expires_at = now() - interval '1 second'
                    WHERE prefix = '\(holder.token.prefix(13))'; COMMIT
                    """)
        }
        #expect(try await seen() == 0)
    }
}
