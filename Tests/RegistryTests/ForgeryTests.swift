import Domain
import Postgres
import Registry
import Testing

/// Postings forged with the rights of `batch`, past everything the program checks: right in everything but one thing, and refused by the
/// database, at once or when they are sealed.
@Suite struct ForgeryTests {
    /// What is done to a copy of posted invoice 1 before it is sealed, and the constraint that refuses it; nothing for the copy as it is.
    private struct Forgery: Sendable {
        var kind = "invoice"
        /// Replaces a column of the copied head, lines or tax.
        var changes: [String: String] = [:]
        let constraint: String?

        func value(_ column: String, _ honest: String) -> String { changes[column] ?? honest }
    }

    private static let forgeries = [
        Forgery(constraint: nil),
        Forgery(changes: ["fik": "NULL"], constraint: "document_kind_facts"),
        Forgery(changes: ["run_id": "run_id"], constraint: "document_series"),
        Forgery(changes: ["number": "number + 2", "fik": "lpad((number + 2)::text, 14, '0') || '0'"], constraint: "document_series"),
        Forgery(changes: ["head.organisation_id": "999999"], constraint: "document_organisation"),
        Forgery(changes: ["head.net_minor": "net_minor + 1"], constraint: "document_balanced"),
        Forgery(changes: ["line.net_minor": "net_minor + 1"], constraint: "document_balanced"),
        Forgery(changes: ["tax_minor": "tax_minor + 1"], constraint: "document_balanced"),
        Forgery(kind: "creditNote", constraint: nil),
        Forgery(
            kind: "creditNote",
            changes: ["head.net_minor": "net_minor + 1", "line.net_minor": "net_minor + 1", "base_minor": "base_minor + 1"],
            constraint: "credit_within_invoice"),
        Forgery(
            kind: "creditNote", changes: ["vat_minor": "vat_minor + 1", "tax_minor": "tax_minor + 1"], constraint: "credit_within_invoice"),
        Forgery(
            kind: "creditNote", changes: ["vat_minor": "vat_minor - 1", "tax_minor": "tax_minor - 1"], constraint: "credit_within_invoice"),
        Forgery(kind: "creditNote", changes: ["billing_period": "'2028'"], constraint: "credit_within_invoice"),
    ]

    @Test(arguments: forgeries.indices)
    func onlyTheHonestCopyIsSealed(index: Int) async throws {
        let forgery = Self.forgeries[index]
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        try await connection.rolledBack(.repeatableRead) { transaction in
            let books = Books(transaction: transaction)
            try await books.found()
            try await books.member(1, from: "2026-01-01")
            _ = try await books.run()
            do {
                try await transaction.run(script: Self.script(forgery))
                #expect(forgery.constraint == nil, "it was sealed")
            } catch PostgresError.server(let error) {
                #expect(error.constraint == forgery.constraint, "\(error)")
            }
        }
        await connection.close()
    }

    private static func script(_ forgery: Forgery) -> String {
        let isNote = forgery.kind == "creditNote"
        // The first credit note is number 1; the next invoice is number 2.
        let number = forgery.value("number", isNote ? "number" : "number + 1")
        let fik = isNote ? "NULL" : forgery.value("fik", "lpad((number + 1)::text, 14, '0') || '0'")
        return """
            INSERT INTO document
            SELECT '\(forgery.kind)', \(number), \(forgery.value("run_id", "run_id + 1")), \(forgery.value("head.organisation_id", "organisation_id")),
                issued_on, \(isNote ? "NULL" : "due_on"), \(isNote ? "1" : "NULL"), \(fik), buyer_name, buyer_cvr, buyer_gln, buyer_street,
                buyer_postal_code, buyer_city, buyer_reference, buyer_order_number, buyer_account_string,
                \(forgery.value("head.net_minor", "net_minor")), \(forgery.value("vat_minor", "vat_minor"))
            FROM document WHERE kind = 'invoice' AND number = 1;
            INSERT INTO document_line
            SELECT '\(forgery.kind)', \(number), line, organisation_id, subject, charge, \(forgery.value("billing_period", "billing_period")),
                revision + 1, part, covers, \(forgery.value("line.net_minor", "net_minor")), vat_category, vat_basis_points,
                \(isNote ? "1" : "NULL"), derivation
            FROM document_line WHERE kind = 'invoice' AND number = 1;
            INSERT INTO document_tax
            SELECT '\(forgery.kind)', \(number), category, basis_points, \(forgery.value("base_minor", "base_minor")),
                \(forgery.value("tax_minor", "tax_minor"))
            FROM document_tax WHERE kind = 'invoice' AND number = 1;
            UPDATE number_series SET last_number = last_number + 1 WHERE kind = '\(forgery.kind)';
            """
    }
}
