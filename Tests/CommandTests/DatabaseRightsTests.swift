import Postgres
import Testing

/// What the database itself refuses, to the role the program runs as and to the owner of the tables alike.
@Suite struct DatabaseRightsTests {
    private static let postedTables = ["document", "document_line", "document_tax", "invoice_run", "audit_entry"]

    /// A statement and the SQLSTATE it must fail with.
    struct Attempt: Sendable, CustomTestStringConvertible {
        let user: String
        let sql: String
        let sqlState: String
        var testDescription: String { "\(user): \(sql)" }
    }

    static let attempts: [Attempt] =
        postedTables.flatMap { table in
            let change =
                table == "audit_entry" ? "actor = 'nobody'" : table == "invoice_run" ? "posted_by = 'nobody'" : "number = number + 1000"
            let statements = ["UPDATE \(table) SET \(change)", "DELETE FROM \(table)", "TRUNCATE \(table)", "TRUNCATE \(table) CASCADE"]
            // The owner has every privilege and is stopped by the triggers; the program has not even the privilege.
            return statements.flatMap { sql in
                [Attempt(user: "batch", sql: sql, sqlState: "42501"), Attempt(user: "migrator", sql: sql, sqlState: "23001")]
            }
        } + [
            Attempt(user: "batch", sql: "ALTER TABLE document DISABLE TRIGGER document_final", sqlState: "42501"),
            Attempt(user: "batch", sql: "DROP TRIGGER number_series_seal ON number_series", sqlState: "42501"),
            Attempt(user: "batch", sql: "DROP TABLE document_line", sqlState: "42501"),
            Attempt(user: "batch", sql: "ALTER TABLE document_line DROP CONSTRAINT document_line_posted_once", sqlState: "42501"),
            Attempt(user: "batch", sql: "CREATE TABLE stray (n int)", sqlState: "42501"),
            Attempt(user: "batch", sql: "SET session_replication_role = replica", sqlState: "42501"),
            Attempt(user: "batch", sql: "SET ROLE postgres", sqlState: "42501"),
            Attempt(user: "batch", sql: "SET ROLE migrator", sqlState: "42501"),
            Attempt(user: "batch", sql: "DELETE FROM number_series", sqlState: "42501"),
            Attempt(user: "batch", sql: "INSERT INTO number_series VALUES ('invoice', 0)", sqlState: "42501"),
            Attempt(user: "batch", sql: "UPDATE schema_migration SET name = 'x'", sqlState: "42501"),
            Attempt(user: "batch", sql: "DELETE FROM organisation", sqlState: "42501"),
            Attempt(user: "batch", sql: "UPDATE person SET email = 'ny@eksempel.example'", sqlState: "42501"),
            Attempt(user: "batch", sql: "UPDATE adjustment SET amount_minor = 1", sqlState: "42501"),
            // A change without an actor is no change.
            Attempt(user: "batch", sql: "UPDATE organisation SET city = 'Nowhere'", sqlState: "23000"),
        ]
        + ["batch", "migrator"].flatMap { user in
            [
                // Over nothing, back, and to another kind.
                Attempt(
                    user: user, sql: "UPDATE number_series SET last_number = last_number + 1 WHERE kind = 'invoice'", sqlState: "23514"),
                Attempt(
                    user: user, sql: "UPDATE number_series SET last_number = last_number - 1 WHERE kind = 'invoice'", sqlState: "23514"),
                Attempt(user: user, sql: "UPDATE number_series SET last_number = 1 WHERE kind = 'creditNote'", sqlState: "23514"),
                Attempt(
                    user: user,
                    sql: """
                        INSERT INTO document_line SELECT kind, number, 99, organisation_id, subject, charge, '2099', revision, part, covers, net_minor,
                            vat_category, vat_basis_points, credits_line, derivation FROM document_line WHERE number = 1
                        """, sqlState: "23001"),
                Attempt(
                    user: user,
                    sql: "INSERT INTO document_tax SELECT kind, number, 'E', 0, base_minor, 0 FROM document_tax WHERE number = 1",
                    sqlState: "23001"),
                Attempt(
                    user: user,
                    sql: """
                        INSERT INTO document_line SELECT kind, 1000, line, organisation_id, subject, charge, billing_period, revision, part, covers,
                            net_minor, vat_category, vat_basis_points, credits_line, derivation FROM document_line WHERE number = 1
                        """, sqlState: "23505"),
                Attempt(
                    user: user,
                    sql: """
                        INSERT INTO invoice_run SELECT id + 1, kind, target, charges_begin, issued_on, due_on, inputs, posted_by, posted_at, 1, 0, 1, 0,
                            seller_name, seller_cvr, seller_gln, seller_street, seller_postal_code, seller_city, creditor_number FROM invoice_run
                        """, sqlState: "23514"),
            ]
        }

    /// What statements carry, tokens among it, is in no log: whoever logs in, as a role that serves or as a login of one's own that puts it on.
    @Test func nothingThatIsCarriedIsLogged() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { try await $0.run(script: "CREATE ROLE logs_in_for_app LOGIN; GRANT app TO logs_in_for_app") }
        for login in ["app", "readonly", "batch", "logs_in_for_app"] {
            let settings = try await place.connect(as: login) { connection in
                if login == "logs_in_for_app" { try await connection.run(script: "SET ROLE app") }
                return try await connection.only(
                    "SELECT current_setting('log_parameter_max_length') || current_setting('log_parameter_max_length_on_error')",
                    as: String.self)
            }
            #expect(settings == "00", "\(login)")
        }
    }

    /// Who migrates later is no superuser, and is told in words of its own when one is needed after all: for a setting that an older installation lacks.
    @Test func anUpgradeNeedsASuperuserOnlyForTheLogs() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { try await $0.run(script: "CREATE ROLE upgrades LOGIN; GRANT migrator TO upgrades") }
        let upgrade = Command.on(place.url(as: "upgrades"))
        let usual = try await upgrade("database", "migrate")
        #expect(usual.status == 0, "\(usual.errors)")
        try await place.connect { connection in
            let name = try await connection.only("SELECT quote_ident(current_database())", as: String.self)
            try await connection.run(script: "ALTER DATABASE \(name) RESET log_parameter_max_length")
        }
        let refused = try await upgrade("database", "migrate", "--lang", "en")
        #expect(refused.code == "STATEMENTS_LOGGED" && refused.status == 77, "\(refused.errors)")
        #expect(try await place.command("database", "migrate").status == 0)
        #expect(try await upgrade("database", "migrate").status == 0)
    }

    private static let posted = Task { try await CommandDatabase.posted() }

    @Test(arguments: attempts)
    func whatIsPostedStays(_ attempt: Attempt) async throws {
        let place = try await Self.posted.value
        let before = try await place.digest()
        let refusal = try await place.connect(as: attempt.user) { connection in
            do {
                try await connection.run(script: attempt.sql)
                return "nothing refused it"
            } catch PostgresError.server(let error) {
                return error.sqlState
            }
        }
        #expect(refusal == attempt.sqlState)
        #expect(try await place.digest() == before)
    }

    /// A document that is slipped in beside a run is found out when the counter moves over it.
    @Test func aDocumentThatDoesNotAddUpIsNeverSealed() async throws {
        let place = try await Self.posted.value
        let before = try await place.digest()
        let refusal = try await place.connect(as: "batch") { connection in
            do {
                try await connection.run(
                    script: """
                        SELECT set_config('os2medlem.actor', 'tester', true);
                        INSERT INTO document SELECT kind, number + (SELECT max(number) FROM document), run_id, organisation_id, issued_on, due_on,
                            credits_invoice, lpad((number + (SELECT max(number) FROM document))::text, 14, '0') || '0', buyer_name, buyer_cvr, buyer_gln,
                            buyer_street, buyer_postal_code, buyer_city, buyer_reference, buyer_order_number, buyer_account_string, net_minor, vat_minor
                        FROM document WHERE number = 1;
                        UPDATE number_series SET last_number = last_number + 1 WHERE kind = 'invoice'
                        """)
                return "nothing refused it"
            } catch PostgresError.server(let error) {
                return error.constraint ?? error.sqlState
            }
        }
        #expect(refusal == "document_balanced")
        #expect(try await place.digest() == before)
    }

    /// Verify notices what only a superuser can do.
    @Test(arguments: [
        ("ALTER TABLE document DISABLE TRIGGER document_final", "the triggers that keep posted rows are in place: document_final"),
        ("DROP TRIGGER number_series_seal ON number_series", "the triggers that keep posted rows are in place: number_series_seal"),
        (
            "SET session_replication_role = replica; DELETE FROM document WHERE number = 3",
            "numbers are consecutive from 1 to the counter: invoice"
        ),
        (
            "SET session_replication_role = replica; UPDATE document_line SET net_minor = net_minor + 1 WHERE number = 2",
            "a document's lines add up to it"
        ),
        (
            "SET session_replication_role = replica; UPDATE document_tax SET tax_minor = tax_minor + 1 WHERE number = 2",
            "a document's taxes add up to it and follow from its lines"
        ),
        (
            "SET session_replication_role = replica; UPDATE invoice_run SET net_minor = net_minor + 1",
            "every document belongs to a run, and every run states what it posted"
        ),
        (
            "SET session_replication_role = replica; UPDATE document_line SET organisation_id = 999999 WHERE number = 2",
            "documents and lines belong to registered organisations"
        ),
        (
            "SET session_replication_role = replica; UPDATE document_line SET revision = 5 WHERE number = 2",
            "a key's postings are numbered without a gap"
        ),
        (
            "SET session_replication_role = replica; UPDATE document SET fik = left(fik, 14) || (9 - right(fik, 1)::int) WHERE number = 2",
            "documents read back whole, and every line follows from its derivation: invoice 2: value: expected FIKReference"
        ),
        (
            """
            SET session_replication_role = replica;
            UPDATE document_line SET derivation = replace(derivation::text, '"owedMinor":2500000', '"owedMinor":2500001')::json WHERE number = 2
            """, "what stands posted on a key is what its last posting said is owed"
        ),
    ])
    func verifyFindsWhatASuperuserSpoilt(sabotage: String, invariant: String) async throws {
        let place = try await CommandDatabase.posted()
        try await place.connect { try await $0.run(script: sabotage) }
        let verified = try await place.command("database", "verify")
        #expect(verified.status == 65)
        #expect(verified.errorLines.contains { $0.hasPrefix("VERIFY: \(invariant)") }, "\(verified.errors)")
    }
}
