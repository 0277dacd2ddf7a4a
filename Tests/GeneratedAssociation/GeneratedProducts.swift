public import Postgres

/// An association that shares the cost of thirty products: who takes part in what, at which prices, all made up.
///
/// Ten products have an amount for each size class, ten one amount for all, and ten share a total by inhabitants, with what changes late counting from
/// the next period. All are yearly, by days, and carry the contribution. Nine organisations in ten are members; one agreement in ten begins inside 2027.
extension GeneratedAssociation {
    public static let products = 30

    /// Every agreement owes a fee or a share and the contribution on it, every member the dues.
    public static func lines(agreements: Int, organisations: Int) -> Int { agreements * 2 + organisations - organisations / 10 }

    /// As many organisations as let each take part in every product at most once, and never fewer than 34.
    public static func organisations(for agreements: Int) -> Int { max(34, (agreements + products - 1) / products) }

    /// Fills a migrated database with the association, its organisations and products, and so many joining agreements spread over both.
    ///
    /// - Parameter organisations: at least a thirtieth of the agreements.
    public static func fillProducts(_ connection: Connection, agreements: Int, organisations: Int) async throws {
        try await connection.transaction { transaction in
            try await transaction.run(script: foundation)
            try await transaction.run(script: sharingRules)
            try await organisationRows(transaction, count: organisations, named: "Generated participant")
            try await transaction.run(script: participants)
            try await transaction.execute(
                """
                INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                    countersigner_title, countersigned_on, during)
                SELECT o.id, 'product:' || p.id, 'active', '2025-11-01', 'Signatory', 'Director', '2025-11-01', 'Chair', 'Chair', '2025-11-15',
                    daterange(CASE WHEN k % 10 = 9 THEN date '2027-03-15' ELSE date '2026-01-01' END, NULL)
                FROM generate_series(0, \(Int64(agreements - 1))) AS k
                JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM organisation WHERE kind = 'otherPublicBody') AS o
                    ON o.place = k % \(Int64(organisations))
                JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM product) AS p
                    ON p.place = (k / \(Int64(organisations)) + k % \(Int64(organisations))) % 30
                """)
        }
        try await connection.run(script: "ANALYZE")
    }

    /// What the cost sharing needs besides the dues: settings, taxes, products and a sheet for each.
    private static let sharingRules = """
        INSERT INTO setting (name, valid_from, value) VALUES ('size-bounds', '2020-01-01', '24999 60000 120000'),
            ('contribution-member', '2020-01-01', '9'), ('contribution-non-member', '2020-01-01', '35');
        INSERT INTO vat_rule (charge, during, category, basis_points, decision_id)
            SELECT charge, '[2012-01-01,)', 'S', 2500, id
            FROM decision, unnest('{annualFee,contribution,joiningFee,sharedCost,pledge,supplierFee}'::text[]) AS charge;
        INSERT INTO product (name) SELECT 'Generated product ' || n FROM generate_series(1, 30) AS n;
        INSERT INTO rate_sheet (subject, during, frequency, pro_rata, passive_numerator, passive_denominator, late_changes,
            carries_contribution, decision_id)
            SELECT 'product:' || p.id, '[2027-01-01,)', 'yearly', 'days', 1, 3, CASE p.id % 3 WHEN 0 THEN 'nextPeriod' END, true, d.id
            FROM product AS p, decision AS d;
        INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
            SELECT id, CASE product_id % 3 WHEN 0 THEN 'sharedCost' ELSE 'annualFee' END, 'basic', during,
                CASE product_id % 3
                    WHEN 0 THEN '{"model": "shared", "totalMinor": 5000000000, "by": "inhabitants"}'::jsonb
                    WHEN 1 THEN '{"model": "perClass",
                        "amountsMinor": {"small": 2200000, "medium": 3200000, "large": 4200000, "veryLarge": 5200000}}'::jsonb
                    ELSE '{"model": "amount", "amountMinor": 1234567}'::jsonb
                END, decision_id
            FROM rate_sheet;
        """

    private static let participants = """
        INSERT INTO inhabitants (organisation_id, counted_on, inhabitants, source)
            SELECT id, '2026-01-01', 5000 + id * 7919 % 195000, 'made up' FROM organisation WHERE kind = 'otherPublicBody';
        INSERT INTO billing_contact (organisation_id, reference) SELECT id, 'Ref ' || id FROM organisation WHERE kind = 'otherPublicBody';
        INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
            countersigner_title, countersigned_on, during)
        SELECT id, 'association', 'active', '2025-11-01', 'Signatory', 'Director', '2025-11-01', 'Chair', 'Chair', '2025-11-15', '[2026-01-01,)'
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM organisation WHERE kind = 'otherPublicBody') AS o WHERE place % 10 <> 0;
        """

    /// A third of the products become dearer on 1 July 2027, so that each of their fees has two parts.
    public static let priceChange = """
        BEGIN;
        SET LOCAL session_replication_role = replica;
        UPDATE rate_row SET during = '[2027-01-01,2027-07-01)' WHERE lower(during) = '2027-01-01' AND sheet_id IN
            (SELECT id FROM rate_sheet WHERE product_id % 3 = 2);
        INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
            SELECT r.sheet_id, r.charge, r.component, '[2027-07-01,)', '{"model": "amount", "amountMinor": 1300000}', r.decision_id
            FROM rate_row AS r JOIN rate_sheet AS s ON s.id = r.sheet_id WHERE s.product_id % 3 = 2;
        COMMIT
        """

    /// What may be recorded after a posting: prices and totals that fall or rise, agreements that end early or began earlier.
    public static let laterChanges = """
        UPDATE rate_row SET price = '{"model": "amount", "amountMinor": 100000}' WHERE lower(during) = '2027-07-01' AND sheet_id % 2 = 0;
        UPDATE rate_row SET price = '{"model": "amount", "amountMinor": 1400000}' WHERE lower(during) = '2027-07-01' AND sheet_id % 2 = 1;
        UPDATE rate_row SET price = '{"model": "shared", "totalMinor": 4000000000, "by": "inhabitants"}'
            WHERE charge = 'sharedCost' AND sheet_id % 2 = 0;
        UPDATE agreement SET state = 'noticeGiven', end_reason = 'notice', notice_received_on = '2027-01-02',
            during = daterange(lower(during), '2027-10-01') WHERE subject LIKE 'product:%' AND id % 7 = 0;
        UPDATE agreement SET during = daterange('2027-02-01', upper(during)) WHERE lower(during) = '2027-03-15' AND id % 3 = 0
        """
}
