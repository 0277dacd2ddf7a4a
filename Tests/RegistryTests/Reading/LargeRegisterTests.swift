import Domain
import GeneratedAssociation
import Postgres
import Registry
import TestSupport
import Testing

/// A register of twenty thousand organisations with two hundred thousand seats: what is asked all day reads by index, and as many statements as in a small one.
@Suite(.serialized) struct LargeRegisterTests {
    /// Made once a process; every test rolls back.
    private static let large = Task {
        try await TestServer.shared.database(fromTemplate: "registry_large") { connection in
            try await Provisioning.makeRoles(connection)
            try await connection.run(script: "SET ROLE migrator")
            _ = try await Provisioning.migrate(connection)
            try await connection.run(script: "RESET ROLE")
            try await GeneratedAssociation.fillGroups(connection, organisations: 20_000, tokens: 10)
            try await connection.run(script: agreementsAndInvoices)
        }
    }

    /// A membership and an invoice for everybody; they need not add up to be looked up.
    private static let agreementsAndInvoices = """
        SET session_replication_role = replica;
        INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by, countersigner_title,
                countersigned_on, during)
            SELECT id, 'association', 'active', '2023-01-01', 'Direktionen', 'direktion', '2023-01-02', 'Formanden', 'formand', '2023-01-03',
                '[2024-01-01,)' FROM organisation WHERE kind = 'otherPublicBody';
        INSERT INTO invoice_run (id, kind, target, charges_begin, issued_on, due_on, inputs, posted_by, invoices, credit_notes, net_minor, vat_minor,
                seller_name, seller_cvr, creditor_number)
            OVERRIDING SYSTEM VALUE SELECT 1, 'charges', '2026', '2026-01-01', '2026-01-10', '2026-02-10', sha256(''), 'tester', 20000, 0, 1, 0,
                'OS2', '41849983', '80000000';
        INSERT INTO document (kind, number, run_id, organisation_id, issued_on, due_on, fik, buyer_name, buyer_cvr, buyer_reference, net_minor, vat_minor)
            SELECT 'invoice', place, 1, id, '2026-01-10', '2026-02-10', lpad(place::text || '0', 15, '0'), name, '41849983', 'made up', 100, 25
            FROM (SELECT id, name, row_number() OVER (ORDER BY id) AS place FROM organisation WHERE kind = 'otherPublicBody') AS o;
        RESET session_replication_role;
        ANALYZE
        """

    private static let tables = ["seat", "person", "organisation", "governance_group", "agreement", "document"]

    /// The look-up that is asked all day, as it is planned when the server knows no parameter's value.
    @Test func theLookUpReadsNoLargeTableThrough() async throws {
        let plan = try await Self.planOfLookUp()
        #expect(plan.contains("seat_organisation") && Self.readThrough(plan) == [], "\(plan)")
    }

    /// Without its index, the table of seats is read through, and that is seen.
    @Test func aMissingIndexIsSeen() async throws {
        #expect(Self.readThrough(try await Self.planOfLookUp(after: "DROP INDEX seat_organisation")) == ["seat"])
    }

    /// What the API's look-up really reads, asked so often that the server has made up its mind about plans.
    @Test func everythingAtOnceReadsNoLargeTableThrough() async throws {
        #expect(try await Self.tablesRead(by: Self.everything) == [])
        let missing = try await Self.tablesRead(after: "DROP INDEX document_organisation, agreement_organisation", by: Self.everything)
        #expect(missing.contains("document"), "\(missing)")
    }

    /// Which organisation is meant: by its name or a number, as a municipality asks.
    @Test func whoIsMeantIsFoundByIndex() async throws {
        let read = try await Self.tablesRead { work, caller in
            let own = try caller.organisation.orThrow("no organisation")
            let name = try await work.transaction.only("SELECT name FROM organisation WHERE id = \(own.value)", as: String.self)
            #expect(try await Lookups.find(name.uppercased(), for: caller, in: work) == own)
            await #expect(throws: AccessRefusal.notFound) { _ = try await Lookups.find("29189706", for: caller, in: work) }
        }
        #expect(read == [])
        // Without the condition on one's own, all organisations are read.
        let unbound = try await Self.tablesRead { work, _ in
            await #expect(throws: Refusal.self) { _ = try await Organisations.find("Nowhere", in: work) }
        }
        #expect(unbound == ["organisation"])
    }

    /// How many others have a name is nobody's business.
    @Test func aNameOfTwoOthersIsNotFound() async throws {
        try await Self.rolledBack { transaction in
            let (work, caller) = try await Self.session(transaction)
            try await transaction.run(
                script: """
                    SET LOCAL ROLE postgres; SET LOCAL os2medlem.actor = 'tester'; SET LOCAL os2medlem.use_case = 'made up';
                    INSERT INTO organisation (kind, name) VALUES ('supplier', 'Twofold'), ('supplier', 'Twofold'); SET LOCAL ROLE app
                    """)
            await #expect(throws: AccessRefusal.notFound) { _ = try await Lookups.find("twofold", for: caller, in: work) }
        }
    }

    /// A session begins by reading a handful of blocks, however many seats there are; without an index it is seen to read very many.
    @Test func aSessionBeginsByIndex() async throws {
        let blocks = try await Self.blocksOfSession()
        #expect(blocks > 0 && blocks < 100)
        let control = try await Self.blocksOfSession(
            after: "DROP INDEX seat_person, seat_organisation; ALTER TABLE seat DROP CONSTRAINT seat_no_overlap")
        #expect(control > 1000)
    }

    /// For everything that is asked of one organisation or one group, and for a search.
    @Test func twoHundredRowsTakeAsManyStatementsAsTen() async throws {
        let (few, many, rows, oneByOne) = try await Self.rolledBack { transaction in
            let (work, caller) = try await Self.session(transaction)
            let organisation = try caller.organisation.orThrow("no organisation")
            let group = try await Lookups.groups(of: organisation, on: work.today, for: caller, in: work).first.orThrow("no group").id
            let few = try await Self.statements(work, caller, organisation, group)
            try await transaction.run(
                script: "SET LOCAL ROLE postgres; \(Self.rows(of: organisation.value, group.value)) SET LOCAL ROLE app")
            let many = try await Self.statements(work, caller, organisation, group)
            let found = try await Lookups.all(of: organisation, on: work.today, for: caller, in: work)
            // Counting sees a question that is asked once a row.
            let oneByOne = try await Self.executions(in: transaction) {
                for agreement in found.agreements { _ = try await Agreements.find(agreement.agreement.id, for: caller, in: work) }
            }
            return (few, many, [found.groups.count, found.agreements.count, found.contacts.count, found.productContacts.count], oneByOne)
        }
        #expect(rows.allSatisfy { $0 >= 200 }, "\(rows)")
        #expect(few == many && few.count == 11)
        #expect(few.values.allSatisfy { (1...16).contains($0) }, "\(few)")
        #expect(oneByOne >= 200)
    }

    /// Three hundred runs that three hundred others took back: each is looked up once, not once for each of all runs; in one statement.
    @Test func theListOfRunsLooksUpEachReversalOnce() async throws {
        let (few, many, statements, runs) = try await Self.rolledBack { transaction in
            let work = try await Work.begin(
                "runs", as: try Actor("reader").orThrow("no actor"), on: try CivilDate("2026-06-01").orThrow("no day"), in: transaction)
            func scans() async throws -> Int64 {
                try await transaction.only(
                    "SELECT (seq_scan + idx_scan)::bigint FROM pg_stat_xact_user_tables WHERE relname = 'document'", as: Int64.self)
            }
            func scansOfList() async throws -> Int64 {
                let before = try await scans()
                _ = try await InvoiceRuns.list(in: work)
                return try await scans() - before
            }
            try await transaction.run(script: Self.reversedRuns(1...1))
            let few = try await scansOfList()
            try await transaction.run(script: Self.reversedRuns(2...300))
            let many = try await scansOfList()
            let statements = try await Self.executions(in: transaction) { _ = try await InvoiceRuns.list(in: work) }
            return (few, many, statements, try await InvoiceRuns.list(in: work))
        }
        #expect(statements == 1 && few > 0)
        #expect(many <= 300 * few, "\(many) after \(few)")
        #expect(runs.count == 601 && runs.compactMap(\.reversedBy).count == 300)
        #expect(runs.filter { $0.kind == .reversal }.allSatisfy { $0.preparation.reverses == $0.id - 1000 })
    }

    /// Runs from 1001 on with an invoice each, and those from 2001 on that took them back.
    private static func reversedRuns(_ numbers: ClosedRange<Int>) -> String {
        """
        SET session_replication_role = replica;
        INSERT INTO invoice_run (id, kind, target, charges_begin, issued_on, due_on, inputs, posted_by, invoices, credit_notes, net_minor, vat_minor,
                seller_name, seller_cvr, creditor_number)
            OVERRIDING SYSTEM VALUE SELECT first + n, kind, '2026', '2026-01-01', '2026-01-10', '2026-02-10', sha256(''), 'tester', 1, 0, 1, 0,
                'OS2', '41849983', '80000000'
            FROM generate_series(\(numbers.lowerBound), \(numbers.upperBound)) AS n, (VALUES (1000, 'charges'), (2000, 'reversal')) AS r (first, kind);
        INSERT INTO document (kind, number, run_id, organisation_id, issued_on, due_on, fik, buyer_name, buyer_cvr, buyer_reference, net_minor, vat_minor,
                credits_invoice)
            SELECT k.kind, 100000 + n, k.first + n, o.id, '2026-01-10', k.due, k.fik, o.name, '41849983', 'made up', 100, 25, k.credits + n
            FROM generate_series(\(numbers.lowerBound), \(numbers.upperBound)) AS n, (SELECT id, name FROM organisation ORDER BY id LIMIT 1) AS o, LATERAL (
                VALUES ('invoice', 1000, date '2026-02-10', lpad((100000 + n)::text || '0', 15, '0'), NULL::bigint),
                    ('creditNote', 2000, NULL, NULL, 100000)) AS k (kind, first, due, fik, credits);
        RESET session_replication_role;
        """
    }

    /// How many statements each question takes.
    private static func statements(
        _ work: Work, _ caller: Caller, _ organisation: Identifier<Organisation>, _ group: Identifier<Group>
    ) async throws -> [String: Int64] {
        let (page, day) = (PageRequest(limit: 200), work.today)
        let questions: [String: () async throws -> Void] = [
            "everything": { try await everything(work, caller) },
            "groups": { _ = try await Lookups.groups(of: organisation, on: day, for: caller, in: work) },
            "agreements": { _ = try await Lookups.agreements(of: organisation, on: day, for: caller, in: work) },
            "product contacts": { _ = try await Lookups.productContacts(of: organisation, on: day, for: caller, in: work) },
            "contacts": { _ = try await People.contacts(ofOrganisation: organisation, on: day, page, for: caller, in: work) },
            "invoices": { _ = try await Documents.invoices(toOrganisation: organisation, page, for: caller, in: work) },
            "inhabitants": { _ = try await Inhabitants.page(ofOrganisation: organisation, page, for: caller, in: work) },
            "expected amounts": { _ = try await Lookups.expected(of: organisation, for: 2027, for: caller, in: work) },
            "seats": { _ = try await Seats.page(ofGroup: group, on: day, page, for: caller, in: work) },
            "meetings": { _ = try await Meetings.page(ofGroup: group, page, for: caller, in: work) },
            "a search": { _ = try await Search.hits("Generated", limit: 200, for: caller, in: work) },
        ]
        var counts: [String: Int64] = [:]
        for (name, ask) in questions {
            // The first time, what is prepared is not counted yet.
            try await ask()
            counts[name] = try await executions(in: work.transaction, of: ask)
        }
        return counts
    }

    /// Two hundred of everything that the look-up tells of.
    private static func rows(of organisation: Int64, _ group: Int64) -> String {
        """
        SET LOCAL os2medlem.actor = 'tester'; SET LOCAL os2medlem.use_case = 'made up';
        INSERT INTO meeting (group_id, held_on) SELECT \(group), date '2025-01-01' + n FROM generate_series(1, 200) AS n;
        INSERT INTO inhabitants (organisation_id, counted_on, inhabitants, source)
            SELECT \(organisation), date '2020-01-01' + n, n, 'made up' FROM generate_series(1, 200) AS n;
        INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
            SELECT \(group), p.id, \(organisation), 'observer', 0, '[2024-01-01,)' FROM (SELECT id FROM person ORDER BY id LIMIT 200) AS p;
        INSERT INTO product (name) SELECT 'Generated product ' || n FROM generate_series(1, 200) AS n;
        INSERT INTO governance_group (name, kind, product_id, during)
            SELECT 'Group of ' || name, 'coordinationGroup', id, '[2020-01-01,)' FROM product WHERE name LIKE 'Generated product %';
        INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
            SELECT g.id, (SELECT min(id) FROM person), \(organisation), 'contact', 0, '[2024-01-01,)' FROM governance_group AS g
            WHERE g.name LIKE 'Group of Generated product %';
        INSERT INTO contact_role (organisation_id, person_id, role, during)
            SELECT \(organisation), p.id, 'technical', '[2024-01-01,)' FROM (SELECT id FROM person ORDER BY id LIMIT 200) AS p;
        INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by, countersigner_title,
                countersigned_on, during)
            SELECT \(organisation), 'product:' || id, 'active', '2023-01-01', 'Direktionen', 'direktion', '2023-01-02', 'Formanden', 'formand',
                '2023-01-03', '[2024-01-01,)' FROM product WHERE name LIKE 'Generated product %';
        """
    }

    private static func everything(_ work: Work, _ caller: Caller) async throws {
        _ = try await Lookups.all(of: try caller.organisation.orThrow("no organisation"), on: work.today, for: caller, in: work)
    }

    private static func readThrough(_ plan: String) -> [String] { tables.filter { plan.contains("Seq Scan on \($0) ") } }

    private static func planOfLookUp(after change: String = "SELECT 1") async throws -> String {
        try await rolledBack { transaction in
            try await transaction.run(script: change)
            let (work, caller) = try await session(transaction)
            let organisation = try caller.organisation.orThrow("no organisation")
            try await transaction.run(script: "SET LOCAL plan_cache_mode = force_generic_plan")
            // The connection prepares what it is asked; that very statement is then explained.
            _ = try await transaction.execute(GroupLookup.statement(of: organisation, on: work.today))
            try await transaction.run(
                script: """
                    DO $do$
                    DECLARE
                        held record; line text; plan text := '';
                    BEGIN
                        SELECT name, (SELECT string_agg('NULL::' || kind, ', ') FROM unnest(parameter_types) AS kind) AS arguments INTO STRICT held
                            FROM pg_prepared_statements WHERE NOT from_sql AND statement LIKE '%governance_group%';
                        FOR line IN EXECUTE format('EXPLAIN EXECUTE %I(%s)', held.name, held.arguments) LOOP
                            plan := plan || line || chr(10);
                        END LOOP;
                        PERFORM set_config('tests.plan', plan, true);
                    END
                    $do$
                    """)
            return try await transaction.only("SELECT current_setting('tests.plan')", as: String.self)
        }
    }

    /// How many blocks are looked at for a session that begins, once its plans are made.
    private static func blocksOfSession(after change: String = "SELECT 1") async throws -> Int64 {
        try await rolledBack { transaction in
            try await transaction.run(script: change)
            try await transaction.run(script: "SET LOCAL ROLE app; SET LOCAL plan_cache_mode = force_generic_plan")
            try await transaction.run(
                script: """
                    DO $do$
                    DECLARE
                        plan json;
                    BEGIN
                        FOR n IN 1..3 LOOP
                            EXECUTE $$EXPLAIN (ANALYZE, BUFFERS, FORMAT json) SELECT id FROM open_session('\(GeneratedAssociation.token(3))')$$ INTO plan;
                        END LOOP;
                        PERFORM set_config('tests.blocks', ((plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::bigint
                            + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::bigint)::text, true);
                    END
                    $do$
                    """)
            return try await transaction.only("SELECT current_setting('tests.blocks')::bigint", as: Int64.self)
        }
    }

    /// The large tables that were read from one end to the other.
    private static func tablesRead(
        after change: String = "SELECT 1", by ask: sending @escaping (Work, Caller) async throws -> Void
    ) async throws -> [String] {
        try await rolledBack { transaction in
            try await transaction.run(script: change)
            let (work, caller) = try await session(transaction)
            // Five times the server plans with the values; then it compares.
            for _ in 0..<8 { try await ask(work, caller) }
            return try await transaction.query(
                "SELECT relname::text FROM pg_stat_xact_user_tables WHERE seq_tup_read > 0 AND relname = ANY (\(tables)) ORDER BY 1",
                as: String.self)
        }
    }

    private static func rolledBack<Value: Sendable>(_ body: sending (Transaction) async throws -> Value) async throws -> Value {
        let connection = try await Connection.open(try await large.value, logger: MigratedDatabase.logger)
        do {
            let value = try await connection.rolledBack(.readCommitted, body)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// As `app`, in the session of an organisation with ten seats.
    private static func session(_ transaction: Transaction) async throws -> (Work, Caller) {
        try await transaction.run(script: "SET LOCAL ROLE app")
        let id = try await transaction.only("SELECT organisation_id FROM open_session(\(GeneratedAssociation.token(3)))", as: Int64.self)
        let day = try CivilDate("2026-06-01").orThrow("no day")
        let identity = Caller.Identity(id: Identifier(1), prefix: "os2m_00000003", lastDay: day)
        let caller = try Caller(
            role: .memberContact, organisation: Identifier(id), organisations: [Identifier(id)], scopes: AccessScope.allCases,
            token: identity
        ).orThrow("no caller")
        return (try await Work.begin("look-up", as: try Actor("reader").orThrow("no actor"), on: day, in: transaction), caller)
    }

    /// How many statements the connection runs for something.
    private static func executions(in transaction: Transaction, of body: () async throws -> Void) async throws -> Int64 {
        func count() async throws -> Int64 {
            try await transaction.only(
                "SELECT sum(generic_plans + custom_plans)::bigint FROM pg_prepared_statements", as: Int64.self)
        }
        _ = try await count()
        let before = try await count()
        try await body()
        // Counting is one of them.
        return try await count() - before - 1
    }
}
