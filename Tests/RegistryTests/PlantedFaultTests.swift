import Domain
import Postgres
import Registry
import Testing

/// Faults planted into the books, each of which something must catch: the database at once, or `verify` where a superuser has put the
/// database's own checks to sleep.
@Suite struct PlantedFaultTests {
    /// Statements the role `batch` could try, each refused by the named constraint, or for want of the privilege.
    private static let refusedAtOnce: [(SQL, String)] = [
        ("UPDATE document SET net_minor = net_minor + 1", "42501"),
        ("DELETE FROM document_line", "42501"),
        ("TRUNCATE document_tax", "42501"),
        ("DELETE FROM audit_entry", "42501"),
        (
            """
            INSERT INTO document_line SELECT kind, number, line + 1, organisation_id, subject, charge, billing_period, revision + 1, part, covers,
                net_minor, vat_category, vat_basis_points, credits_line, derivation FROM document_line
            """, "posted_is_final"
        ),
        ("UPDATE number_series SET last_number = last_number + 1 WHERE kind = 'invoice'", "document_series"),
        ("UPDATE number_series SET last_number = last_number - 1 WHERE kind = 'invoice'", "document_series"),
        (
            """
            INSERT INTO document_line SELECT kind, number + 1000, line, organisation_id, subject, charge, billing_period, revision, part, covers,
                net_minor, vat_category, vat_basis_points, credits_line, derivation FROM document_line
            """, "document_line_posted_once"
        ),
        (
            """
            INSERT INTO document (kind, number, run_id, organisation_id, issued_on, credits_invoice, buyer_name, buyer_cvr, buyer_reference,
                net_minor, vat_minor)
            SELECT 'creditNote', 1, run_id + 1, organisation_id, issued_on - 1, number, buyer_name, buyer_cvr, buyer_reference, net_minor, vat_minor
            FROM document
            """, "credit_after_invoice"
        ),
    ]

    @Test(arguments: Self.refusedAtOnce.indices)
    func theDatabaseRefuses(index: Int) async throws {
        let (statement, expected) = Self.refusedAtOnce[index]
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            _ = try await books.run()
            do {
                try await books.transaction.savepoint { _ = try await $0.execute(statement) }
                Issue.record("it was allowed")
            } catch PostgresError.server(let error) {
                #expect(error.constraint == expected || error.sqlState == expected, "\(error)")
            }
        }
    }

    /// The owner may not change posted rows either.
    @Test(arguments: ["document", "document_line", "document_tax", "invoice_run", "audit_entry", "agreement_document"])
    func theOwnerIsRefusedToo(table: String) async throws {
        let configuration = try await MigratedDatabase.shared.value
        let owner = try await MigratedDatabase.connect(configuration, as: "migrator")
        for statement in ["UPDATE \(table) SET ctid = ctid", "DELETE FROM \(table)", "TRUNCATE \(table)"] {
            do {
                try await owner.run(script: statement)
                Issue.record("\(statement) was allowed")
            } catch PostgresError.server(let error) {
                #expect(error.constraint == "posted_is_final" || error.sqlState == "0A000", "\(statement): \(error)")
            }
        }
        await owner.close()
    }

    /// Sabotage with the triggers asleep, and the invariant of `verify` that finds it.
    private static let sabotage: [(String, String)] = [
        ("DELETE FROM document_line; DELETE FROM document_tax; DELETE FROM document WHERE number = 2", "consecutive"),
        ("UPDATE document_line SET net_minor = net_minor + 1 WHERE number = 1", "lines add up"),
        ("UPDATE document_tax SET tax_minor = tax_minor + 1; UPDATE document SET vat_minor = vat_minor + 1", "taxes add up"),
        ("UPDATE document_line SET revision = 1 WHERE number = 1", "without a gap"),
        ("UPDATE document SET run_id = 99 WHERE number = 1", "belongs to a run"),
        ("UPDATE document SET organisation_id = 999999 WHERE number = 1", "registered organisations"),
        ("UPDATE document_line SET derivation = replace(derivation::text, '2500000', '2500001')::json", "last posting"),
        ("UPDATE document SET fik = left(fik, 14) || ((right(fik, 1)::int + 1) % 10)::text WHERE number = 1", "read back"),
        (
            "UPDATE agreement SET subject = 'product:999999' WHERE organisation_id = (SELECT min(organisation_id) FROM agreement)",
            "registered products"
        ),
        ("INSERT INTO agreement_form SELECT min(id), '2026-06-01', 'passive' FROM agreement", "only those on products are passive"),
        ("ALTER TABLE document DISABLE TRIGGER document_final", "triggers"),
        ("ALTER TABLE document DISABLE TRIGGER document_credit_days", "triggers"),
        (
            """
            INSERT INTO document (kind, number, run_id, organisation_id, issued_on, credits_invoice, buyer_name, buyer_cvr, buyer_reference,
                net_minor, vat_minor)
            SELECT 'creditNote', 1, run_id, organisation_id, issued_on - 1, number, buyer_name, buyer_cvr, buyer_reference, net_minor, vat_minor
            FROM document WHERE number = 1
            """, "dated before its invoice"
        ),
        (
            """
            INSERT INTO document SELECT kind, number + 3, run_id, organisation_id, issued_on, due_on, credits_invoice,
                lpad((number + 3)::text, 14, '0') || '0', buyer_name, buyer_cvr, buyer_gln, buyer_street, buyer_postal_code, buyer_city,
                buyer_reference, buyer_order_number, buyer_account_string, net_minor, vat_minor FROM document
            """, "consecutive"
        ),
    ]

    @Test(arguments: Self.sabotage.indices)
    func verifyFinds(index: Int) async throws {
        let (statement, invariant) = Self.sabotage[index]
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "postgres")
        try await connection.rolledBack(.repeatableRead) { transaction in
            let books = Books(transaction: transaction)
            try await books.found()
            for member in 1...3 { try await books.member(member, from: "2026-01-01") }
            _ = try await books.run()
            #expect(try await Verification.verify(in: try await books.work()).violations == [])
            try await transaction.run(script: "SET LOCAL session_replication_role = replica; \(statement)")
            let found = try await Verification.verify(in: try await books.work()).violations.map(\.invariant)
            #expect(found.contains { $0.contains(invariant) }, "\(found)")
        }
        await connection.close()
    }
}
