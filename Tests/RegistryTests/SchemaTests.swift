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
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "app")
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

    /// Every table that is written by people is audited; every posted or logged one refuses to be changed.
    @Test func everyTableIsAuditedOrFinal() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "app")
        let bare = try await connection.query(
            """
            SELECT c.relname::text FROM pg_class AS c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('schema_migration', 'number_series')
                AND NOT EXISTS (
                    SELECT FROM pg_trigger AS t JOIN pg_proc AS f ON f.oid = t.tgfoid
                    WHERE t.tgrelid = c.oid AND f.proname IN ('audit_change', 'refuse_change'))
            """, as: String.self)
        #expect(bare == [])
        await connection.close()
    }

    /// The exact privileges of `app`: it deletes nothing and changes no posted row.
    @Test func appMayAddToPostedRowsAndNothingElse() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "app")
        let grants = try await connection.query(
            """
            SELECT table_name::text || ' ' || string_agg(privilege_type::text, ' ' ORDER BY privilege_type)
            FROM information_schema.role_table_grants WHERE grantee = 'app' AND table_schema = 'public' GROUP BY table_name ORDER BY 1
            """, as: String.self)
        #expect(
            grants == [
                "adjustment INSERT SELECT", "agreement INSERT SELECT UPDATE", "agreement_document INSERT SELECT",
                "agreement_form INSERT SELECT UPDATE", "attendance INSERT SELECT UPDATE", "audit_entry SELECT",
                "billing_contact INSERT SELECT UPDATE", "commission INSERT SELECT UPDATE", "commission_document INSERT SELECT",
                "contact_role INSERT SELECT UPDATE", "decision INSERT SELECT UPDATE",
                "document INSERT SELECT", "document_line INSERT SELECT", "document_tax INSERT SELECT", "dues_rate INSERT SELECT UPDATE",
                "frozen_size INSERT SELECT UPDATE", "governance_group INSERT SELECT UPDATE", "inhabitants INSERT SELECT UPDATE",
                "invoice_run INSERT SELECT",
                "meeting INSERT SELECT UPDATE", "number_series SELECT UPDATE",
                "organisation INSERT SELECT UPDATE", "organisation_gln INSERT SELECT UPDATE", "person INSERT SELECT UPDATE",
                "pledge INSERT SELECT UPDATE", "prepared_run INSERT SELECT UPDATE", "product INSERT SELECT UPDATE",
                "project INSERT SELECT UPDATE",
                "rate_row INSERT SELECT UPDATE", "rate_sheet INSERT SELECT UPDATE",
                "scenario INSERT SELECT", "schema_migration SELECT", "seat INSERT SELECT UPDATE", "setting INSERT SELECT UPDATE",
                "size_placement INSERT SELECT UPDATE",
                "succession INSERT SELECT",
                "supplier_role INSERT SELECT UPDATE",
                "vat_rule INSERT SELECT UPDATE",
            ])
        let superuser = try await connection.only(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'app'", as: Bool.self)
        #expect(!superuser)
        await connection.close()
    }
}
