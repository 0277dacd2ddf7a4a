import Domain
public import Postgres
import Registry

/// An association of any size in a database: made-up members, all of them owing a full year's dues of 2027.
///
/// Written by bulk copy as the superuser, with the audit triggers asleep: it is what a register would hold, not how it came there.
public enum GeneratedAssociation {
    /// Fills a migrated database with the association itself and `members` members.
    public static func fill(_ connection: Connection, members: Int) async throws {
        try await connection.transaction { transaction in
            try await transaction.run(script: foundation)
            try await organisationRows(transaction, count: members, named: "Generated member")
            try await transaction.run(script: agreements)
        }
        try await connection.run(script: "ANALYZE")
    }

    /// So many public bodies, with all that an invoice needs but a reference.
    static func organisationRows(_ transaction: Transaction, count: Int, named name: String) async throws {
        let numbers = cvrNumbers(count)
        try await transaction.copyIn(
            "COPY organisation (kind, name, cvr, street, postal_code, city) FROM STDIN (FORMAT binary)"
        ) { rows in
            for (index, cvr) in numbers.enumerated() {
                try rows.row("otherPublicBody", "\(name) \(index + 1)", cvr, "Street \(index + 1)", "8000", "Town")
            }
        }
    }

    /// Valid CVR numbers in order: seven digits count up, the eighth is the check.
    static func cvrNumbers(_ count: Int) -> [String] {
        var numbers: [String] = []
        numbers.reserveCapacity(count)
        var serial = 5_000_000
        while numbers.count < count, serial < 9_999_999 {
            serial += 1
            if let cvr = (0...9).lazy.compactMap({ CVRNumber("\(serial)\($0)") }).first { numbers.append(cvr.description) }
        }
        return numbers
    }

    static let foundation = """
        SET LOCAL session_replication_role = replica;
        INSERT INTO decision (reference, decided_by, decided_on, title) VALUES ('MADE-UP', 'board', '2026-01-01', 'Made-up decision');
        INSERT INTO organisation (kind, name, cvr) VALUES ('association', 'Made-up association', '41849983');
        INSERT INTO setting (name, valid_from, value) VALUES ('charges-begin', '2027-01-01', ''), ('payment-days', '2020-01-01', '30'),
            ('creditor-number', '2020-01-01', '80000000'), ('index-rounding', '2020-01-01', 'whole-kroner-half-up');
        INSERT INTO dues_rate (year, basis, amount_minor, decision_id) SELECT year, 'fixed', 2500000, id FROM decision, generate_series(2026, 2030) AS year;
        INSERT INTO vat_rule (charge, during, category, basis_points, decision_id)
            SELECT 'dues', '[2012-01-01,)', 'S', 2500, id FROM decision;
        """

    private static let agreements = """
        INSERT INTO billing_contact (organisation_id, reference) SELECT id, 'Ref ' || id FROM organisation WHERE kind = 'otherPublicBody';
        INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
            countersigner_title, countersigned_on, during)
        SELECT id, 'association', 'active', '2025-11-01', 'Signatory', 'Director', '2025-11-01', 'Chair', 'Chair', '2025-11-15', '[2026-01-01,)'
        FROM organisation WHERE kind = 'otherPublicBody';
        """
}
