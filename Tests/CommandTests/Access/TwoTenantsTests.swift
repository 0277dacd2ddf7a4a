import Domain
import Postgres
import Testing

/// What one organisation does changes no byte of what another is told.
@Suite(.serialized) struct TwoTenantsTests {
    /// By the program and the policies, and by the program alone.
    @Test(arguments: [AccessRole.memberContact, .supplier], [false, true])
    func aThousandRowsOfAnotherChangeNothing(role: AccessRole, withOpenPolicies: Bool) async throws {
        let place = try await AccessDatabase.copyWithHolders()
        if withOpenPolicies { try await MatrixTests.openPolicies(at: place) }
        let holder = try place.holder(role)
        let own = try holder.organisation.orThrow("an organisation")
        let (operations, targets) = (try DescribedOperation.all(), try await AccessTargets(of: own, at: place.command))
        try await ServedProgram.run(at: place.command, ["--today", "2027-02-03"]) { program in
            func record() async throws -> TenantRecord {
                try await TenantRecord.make(program, token: holder.token, role, targets, operations)
            }
            let before = try await record()
            #expect(before.answers.count > (role == .memberContact ? 250 : 150))
            #expect(try await record().differences(from: before) == [], "the same question has the same answer")

            let added = try await place.command.connect { connection in
                func rows() async throws -> Int64 {
                    try await connection.run(script: "ANALYZE")
                    return try await connection.only(
                        "SELECT sum(reltuples)::bigint FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'audit_entry'",
                        as: Int64.self)
                }
                let before = try await rows()
                try await connection.run(script: Self.rowsOfAnother)
                return try await rows() - before
            }
            #expect(added >= 1000, "\(added)")
            #expect(try await record().differences(from: before) == [])

            // One row of its own is seen at once, so the comparison looks at something.
            try await place.command.connect { connection in
                try await connection.run(
                    script: """
                        SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up';
                        INSERT INTO inhabitants (organisation_id, counted_on, inhabitants, source) VALUES (\(own), '2025-03-04', 7, 'made up')
                        """)
            }
            let changed = try await record().differences(from: before)
            #expect(!changed.isEmpty && changed.allSatisfy { $0.contains("inhabitants") }, "\(changed)")
        }
    }

    /// Syddjurs hires, meets, pledges, drafts and is invoiced; none of it in a group where others sit.
    private static let rowsOfAnother = """
        SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up';
        CREATE TEMPORARY TABLE other AS SELECT id FROM organisation WHERE cvr = '\(AccessDatabase.Place.other)';
        INSERT INTO person (name, email, phone) SELECT 'Ballerup Favrskov ' || n, 'ny' || n || '@syddjurs.example', '70000000' FROM generate_series(1, 150) AS n;
        INSERT INTO contact_role (organisation_id, person_id, role, during)
            SELECT o.id, p.id, 'technical', '[2026-01-01,)' FROM other AS o, person AS p WHERE p.email LIKE 'ny%@syddjurs.example';
        INSERT INTO organisation (kind, name) SELECT 'otherPublicBody', 'Ballerup Nabo ' || n FROM generate_series(1, 50) AS n;
        INSERT INTO succession (predecessor_id, successor_id, on_day, decision_id)
            SELECT p.id, o.id, '2026-01-01', (SELECT min(id) FROM decision) FROM other AS o, organisation AS p WHERE p.name LIKE 'Ballerup Nabo %';
        INSERT INTO inhabitants (organisation_id, counted_on, inhabitants, source)
            SELECT o.id, date '2001-01-01' + n, n, 'made up' FROM other AS o, generate_series(1, 100) AS n;
        INSERT INTO decision (reference, decided_by, decided_on, title)
            SELECT 'NY-' || n, 'board', '2026-05-01', 'Made up ' || n FROM generate_series(1, 30) AS n;
        INSERT INTO governance_group (name, kind, during, decision_id)
            SELECT 'Bestyrelsen for intet ' || n, 'interestGroup', '[2020-01-01,)', (SELECT max(id) FROM decision) FROM generate_series(1, 20) AS n;
        INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
            SELECT g.id, p.id, o.id, CASE p.id % 3 WHEN 0 THEN 'contact' ELSE 'member' END, 0, '[2026-01-01,)'
            FROM other AS o, governance_group AS g, (SELECT id FROM person WHERE email LIKE 'ny%@syddjurs.example' ORDER BY id LIMIT 10) AS p
            WHERE g.name LIKE 'Bestyrelsen for intet %';
        INSERT INTO meeting (group_id, held_on) SELECT g.id, date '2026-06-01' + n FROM governance_group AS g, generate_series(1, 3) AS n
            WHERE g.name LIKE 'Bestyrelsen for intet %';
        INSERT INTO attendance (meeting_id, person_id, present) SELECT m.id, s.person_id, true FROM meeting AS m JOIN seat AS s USING (group_id)
            JOIN governance_group AS g ON g.id = m.group_id WHERE g.name LIKE 'Bestyrelsen for intet %' AND s.role = 'contact';
        INSERT INTO agreement (organisation_id, subject, state) SELECT o.id, 'product:' || p.id, 'draft' FROM other AS o, product AS p, generate_series(1, 3);
        INSERT INTO agreement_document (agreement_id, file_name, content)
            SELECT a.id, 'aftale.pdf', convert_to('made up ' || a.id, 'UTF8') FROM agreement AS a JOIN other AS o ON o.id = a.organisation_id
            WHERE a.state = 'draft';
        INSERT INTO project (name, target_minor, deadline, decision_id)
            SELECT 'Nyt projekt ' || n, 100, '2027-12-31', (SELECT min(id) FROM decision) FROM generate_series(1, 30) AS n;
        INSERT INTO pledge (project_id, organisation_id, amount_minor, pledged_on, decision_id)
            SELECT j.id, o.id, 100, '2026-01-01', j.decision_id FROM project AS j, other AS o WHERE j.name LIKE 'Nyt projekt %';
        INSERT INTO expected_amount (organisation_id, year, subject, charge, net_minor)
            SELECT o.id, e.year, 'product:' || p.id, 'sharedCost', 1 FROM other AS o, expectation AS e, product AS p ON CONFLICT DO NOTHING;
        -- Documents are posted by the program alone; rows that look like its own stand in for them.
        BEGIN;
        SET LOCAL session_replication_role = replica;
        INSERT INTO invoice_run SELECT (r).* FROM (SELECT jsonb_populate_record(r, jsonb_build_object('id', 900000)) AS r FROM invoice_run AS r
            ORDER BY id LIMIT 1) AS made;
        INSERT INTO document SELECT (d).* FROM (
            SELECT jsonb_populate_record(d, jsonb_build_object('number', 800000 + n, 'run_id', 900000, 'fik', lpad((800000 + n)::text || '0', 15, '0'))) AS d
            FROM generate_series(1, 50) AS n, (SELECT d AS d FROM document AS d JOIN other AS o ON o.id = d.organisation_id WHERE d.kind = 'invoice'
                ORDER BY d.number LIMIT 1) AS first) AS made;
        INSERT INTO document_line SELECT (l).* FROM (
            SELECT jsonb_populate_record(l, jsonb_build_object('number', d.number, 'line', 1, 'revision', d.number)) AS l
            FROM document AS d, (SELECT l AS l FROM document_line AS l JOIN other AS o ON o.id = l.organisation_id WHERE l.kind = 'invoice'
                ORDER BY l.number, l.line LIMIT 1) AS first
            WHERE d.number > 800000) AS made;
        INSERT INTO document_tax (kind, number, category, basis_points, base_minor, tax_minor)
            SELECT 'invoice', d.number, 'S', 2500, 100, 25 FROM document AS d WHERE d.number > 800000;
        COMMIT
        """
}
