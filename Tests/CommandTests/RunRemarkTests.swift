import Postgres
import TestSupport
import Testing

/// What a preview says beside its lines.
@Suite struct RunRemarkTests {
    /// What no line says is said beside them, in each format for people and for programs: a total that nobody shares, an agreement with too many lines, a
    /// joining fee that a paid pledge takes away.
    @Test func whatNoLineSaysIsSaidBesideThem() async throws {
        let place = try await CommandDatabase.example()
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET session_replication_role = replica;
                    UPDATE setting SET value = '1' WHERE name = 'line-limit';
                    INSERT INTO product (name) VALUES ('Lonely product'), ('Promised product');
                    INSERT INTO rate_sheet (subject, during, frequency, pro_rata, passive_numerator, passive_denominator, late_changes,
                        carries_contribution, decision_id)
                        SELECT 'product:' || id, '[2027-01-01,)', 'yearly', 'days', 1, 3, 'settle', false, (SELECT min(id) FROM decision)
                        FROM product WHERE name IN ('Lonely product', 'Promised product');
                    INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                        SELECT s.id, 'sharedCost', 'Operation', s.during, '{"model": "shared", "totalMinor": 10000000, "by": "equal"}'::jsonb, s.decision_id
                        FROM rate_sheet AS s JOIN product AS p ON p.id = s.product_id AND p.name = 'Lonely product'
                        UNION ALL SELECT s.id, 'joiningFee', 'Join', daterange('2012-01-01', NULL), '{"model": "amount", "amountMinor": 6000000}', s.decision_id
                        FROM rate_sheet AS s JOIN product AS p ON p.id = s.product_id AND p.name = 'Promised product';
                    INSERT INTO project (name, product_id, target_minor, deadline, decision_id)
                        SELECT 'Promise', p.id, 100, '2026-12-31', (SELECT min(id) FROM decision) FROM product AS p WHERE name = 'Promised product';
                    INSERT INTO pledge (project_id, organisation_id, amount_minor, pledged_on, paid_on, proof, reduction, decision_id)
                        SELECT j.id, o.id, 100, '2026-09-01', '2026-10-01', 'Receipt 7', 'whole', j.decision_id
                        FROM project AS j, organisation AS o WHERE j.name = 'Promise' AND o.cvr = '58271713';
                    INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                        countersigner_title, countersigned_on, during)
                        SELECT o.id, 'product:' || p.id, 'active', '2026-11-01', 'S', 'D', '2026-11-01', 'C', 'C', '2026-11-15', '[2027-01-01,)'
                        FROM product AS p, organisation AS o WHERE p.name = 'Promised product' AND o.cvr = '58271713';
                    """)
        }
        let words = ["invoice", "preview", "--year", "2027", "--lang", "en", "--only", "products"] + ["--today", "2027-01-10"]
        let table = try await place.command.run(words)
        #expect(table.status == 0, "\(table.errors)")
        let lines = table.output.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("Lonely product: ") && $0.contains("100,000.00") }, "\(table.output)")
        #expect(lines.contains { $0.hasPrefix("NO_PARTICIPANTS: 1 – ") })
        #expect(lines.contains { $0.hasPrefix("LINE_LIMIT: ") && $0.contains("OS2valghalla") && $0.contains("Syddjurs Kommune") })
        #expect(lines.contains { $0.hasPrefix("Ballerup Kommune") && $0.contains("Promised product") && $0.contains("Receipt 7") })

        struct Said: Decodable {
            struct Warning: Decodable {
                let code: String
                let product: String?
                let totalMinor: Int64?
                let lines: Int?
                let limit: Int?
            }
            struct Waived: Decodable {
                let name: String
                let product: String
                let fullMinor: Int64?
                let because: [String]
            }
            let warnings: [Warning]
            let waived: [Waived]
        }
        let said: Said = try await place.command.run(words + ["--format", "json"]).decoded()
        #expect(said.warnings.contains { $0.code == "NO_PARTICIPANTS" && $0.product == "Lonely product" && $0.totalMinor == 10_000_000 })
        #expect(said.warnings.contains { $0.code == "LINE_LIMIT" && $0.product == "OS2valghalla" && $0.lines == 2 && $0.limit == 1 })
        let waived = try said.waived.first.orThrow("a fee that is waived")
        #expect(said.waived.count == 1 && waived.name == "Ballerup Kommune" && waived.product == "Promised product")
        #expect(waived.fullMinor == 6_000_000 && waived.because.contains { $0.contains("Receipt 7") }, "\(waived.because)")
    }
}
