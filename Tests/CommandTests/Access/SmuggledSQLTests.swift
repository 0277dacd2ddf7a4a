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
        "COPY agreement TO PROGRAM 'cat'", "GRANT SELECT ON api_token TO app",
        // Nothing can be written, so no unique or foreign key tells what somebody else has.
        "INSERT INTO organisation (kind, name, cvr) VALUES ('municipality', 'x', '29189978')",
        "INSERT INTO contact_role (organisation_id, person_id, role, during) VALUES (1, 1, 'primary', '[2026-01-01,)')",
        "UPDATE agreement SET state = state", "DELETE FROM seat", "SELECT id FROM agreement FOR UPDATE",
        "INSERT INTO api_token_use VALUES (2, now())",
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

    /// A token that was revoked or has expired is none: at once, and in a transaction that began before.
    @Test func whatIsOverShowsNothing() async throws {
        let place = try await AccessDatabase.shared.value.command
        let holder = try await AccessDatabase.token(.memberContact, for: AccessDatabase.Place.own, at: place, ["--until", "2026-12-31"])
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
