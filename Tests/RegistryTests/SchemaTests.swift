import Foundation
import Postgres
import Registry
import Testing

/// The schema against what the program says of it.
@Suite struct SchemaTests {
    private static let sql = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("sql")

    @Test func theProgramCarriesWhatTheFolderHolds() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.sql.appendingPathComponent("migrations").path).sorted()
        #expect(files.count == EmbeddedSQL.migrations.count)
        for (file, migration) in zip(files, EmbeddedSQL.migrations) {
            let number = String(repeating: "0", count: 4 - String(migration.number).count) + String(migration.number)
            #expect(file == "\(number)_\(migration.name).sql")
            #expect(try String(contentsOf: Self.sql.appendingPathComponent("migrations/\(file)"), encoding: .utf8) == migration.sql)
        }
        #expect(try String(contentsOf: Self.sql.appendingPathComponent("roles.sql"), encoding: .utf8) == EmbeddedSQL.roles)
    }

    @Test func everyConstraintThatHasARuleExists() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        let known = Set(
            try await connection.query(
                """
                SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indrelid::regclass::text !~ '^pg_'
                """, as: String.self))
        let raised = Set(
            EmbeddedSQL.migrations.flatMap { migration in
                migration.sql.components(separatedBy: "CONSTRAINT = '").dropFirst().compactMap { $0.components(separatedBy: "'").first }
            })
        for constraint in ConstraintRules.rules.keys { #expect(known.contains(constraint) || raised.contains(constraint), "\(constraint)") }
        for constraint in raised {
            #expect(ConstraintRules.rules[constraint] != nil || constraint == "document_organisation", "\(constraint)")
        }
        await connection.close()
    }

    /// Every table that is written by people is audited; every posted or logged one refuses to be changed. What was calculated, and when a token was last
    /// used, is neither.
    @Test func everyTableIsAuditedOrFinal() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        let bare = try await connection.query(
            """
            SELECT c.relname::text FROM pg_class AS c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('schema_migration', 'number_series', 'expectation', 'expected_amount', 'api_token_use')
                AND NOT EXISTS (
                    SELECT FROM pg_trigger AS t JOIN pg_proc AS f ON f.oid = t.tgfoid
                    WHERE t.tgrelid = c.oid AND f.proname IN ('audit_change', 'refuse_change'))
            """, as: String.self)
        #expect(bare == [])
        await connection.close()
    }

    /// The exact privileges of every role, as `sql/grants.txt` says them; `make schema` writes it anew.
    @Test func everyRoleMayDoWhatTheFileSaysAndNothingElse() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "migrator")
        let grants = try await connection.query(
            """
            SELECT grantee || ' ' || what || ': ' || string_agg(privilege, ', ' ORDER BY privilege) FROM (
                SELECT grantee::text, table_name::text AS what, privilege_type::text AS privilege FROM information_schema.role_table_grants
                WHERE table_schema = 'public' AND grantee <> 'migrator'
                UNION ALL
                SELECT grantee::text, table_name::text, privilege_type || ' (' || string_agg(column_name, ', ' ORDER BY column_name) || ')'
                FROM information_schema.column_privileges AS c
                WHERE table_schema = 'public' AND grantee <> 'migrator' AND NOT EXISTS (
                    SELECT FROM information_schema.role_table_grants AS t
                    WHERE (t.grantee, t.table_name, t.privilege_type) = (c.grantee, c.table_name, c.privilege_type))
                GROUP BY grantee, table_name, privilege_type
                UNION ALL
                SELECT coalesce(r.rolname, 'PUBLIC'), p.oid::regprocedure::text || CASE WHEN p.prosecdef THEN ' as its owner' ELSE '' END, 'EXECUTE'
                FROM pg_proc AS p CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                LEFT JOIN pg_roles AS r ON r.oid = a.grantee
                WHERE p.pronamespace = 'public'::regnamespace AND pg_get_userbyid(p.proowner) = 'migrator'
                    AND r.rolname IS DISTINCT FROM 'migrator'
            ) AS held GROUP BY grantee, what ORDER BY grantee COLLATE "C", what COLLATE "C"
            """, as: String.self)
        let written = grants.map { $0 + "\n" }.joined()
        let file = Self.sql.appendingPathComponent("grants.txt")
        if ProcessInfo.processInfo.environment["OS2MEDLEM_WRITE_GOLDEN"] == "yes" {
            try written.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == written)
        await connection.close()
    }

    /// No role that runs anything is a superuser, may make roles, or owns a thing; only `batch` passes the policies by.
    @Test func whoRunsAnythingOwnsNothing() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "migrator")
        let powers = try await connection.query(
            """
            SELECT rolname || CASE WHEN rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication THEN ' too much' ELSE '' END
                || CASE WHEN rolbypassrls THEN ' bypass' ELSE '' END
                || CASE WHEN EXISTS (SELECT FROM pg_shdepend WHERE refobjid = r.oid AND deptype = 'o') THEN ' owner' ELSE '' END
                || CASE WHEN EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) THEN ' member of another' ELSE '' END
            FROM pg_roles AS r WHERE rolname IN ('app', 'batch', 'migrator', 'readonly') ORDER BY 1
            """, as: String.self)
        #expect(powers == ["app", "batch bypass", "migrator owner", "readonly"])
        await connection.close()
    }
}
