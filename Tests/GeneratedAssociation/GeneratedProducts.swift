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
}
