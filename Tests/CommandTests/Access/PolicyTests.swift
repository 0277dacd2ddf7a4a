import Domain
import Postgres
import Testing

/// Row-level security, asked directly: whatever statement is sent with a session, it sees exactly the rows that are its owner's. What is whose is restated
/// here from the tables, without the functions that the policies use.
@Suite struct PolicyTests {
    /// For each table under a policy: what a session of an organisation sees. `own`, `sits` and `asks` are of ``sets(_:)``.
    static let truths: [(table: String, condition: String)] = [
        (
            "organisation",
            """
            id IN (SELECT id FROM own) OR kind = 'association' OR id IN (SELECT organisation_id FROM supplier_role)
                OR id IN (SELECT organisation_id FROM asked)
            """
        ),
        ("organisation_gln", "organisation_id IN (SELECT id FROM own)"),
        ("billing_contact", "organisation_id IN (SELECT id FROM own)"),
        ("inhabitants", "organisation_id IN (SELECT id FROM own)"),
        ("contact_role", "organisation_id IN (SELECT id FROM own)"),
        (
            "person",
            """
            id IN (SELECT person_id FROM contact_role WHERE organisation_id IN (SELECT id FROM own))
                OR id IN (SELECT person_id FROM seat WHERE organisation_id IN (SELECT id FROM own) AND NOT voided)
                OR id IN (SELECT person_id FROM asked) OR id IN (SELECT coordinator_id FROM product)
            """
        ),
        ("agreement", "organisation_id IN (SELECT id FROM own)"),
        ("agreement_document", "agreement_id IN (SELECT id FROM agreement WHERE organisation_id IN (SELECT id FROM own))"),
        ("agreement_form", "agreement_id IN (SELECT id FROM agreement WHERE organisation_id IN (SELECT id FROM own))"),
        ("document", "organisation_id IN (SELECT id FROM own)"),
        ("document_line", "organisation_id IN (SELECT id FROM own)"),
        ("document_tax", "(kind, number) IN (SELECT kind, number FROM document WHERE organisation_id IN (SELECT id FROM own))"),
        ("invoice_run", "id IN (SELECT run_id FROM document WHERE organisation_id IN (SELECT id FROM own))"),
        ("pledge", "organisation_id IN (SELECT id FROM own)"),
        ("expected_amount", "organisation_id IN (SELECT id FROM own)"),
        ("succession", "predecessor_id IN (SELECT id FROM own) OR successor_id IN (SELECT id FROM own)"),
        ("supplier_role", "true"),
        ("governance_group", "id IN (SELECT id FROM sits) OR id IN (SELECT id FROM asks)"),
        ("seat", "organisation_id IN (SELECT id FROM own) OR id IN (SELECT id FROM asked)"),
        (
            "meeting",
            "EXISTS (SELECT FROM seat AS s WHERE s.group_id = meeting.group_id AND s.organisation_id IN (SELECT id FROM own) AND NOT s.voided AND s.during @> held_on)"
        ),
        (
            "attendance",
            """
            EXISTS (SELECT FROM meeting AS m JOIN seat AS s USING (group_id) WHERE m.id = attendance.meeting_id
                AND s.person_id = attendance.person_id AND s.organisation_id IN (SELECT id FROM own) AND NOT s.voided AND s.during @> m.held_on)
            """
        ),
        (
            "decision",
            """
            id IN (SELECT decision_id FROM rate_sheet UNION SELECT decision_id FROM rate_row UNION SELECT decision_id FROM dues_rate)
                OR id IN (SELECT end_decision_id FROM agreement WHERE organisation_id IN (SELECT id FROM own))
                OR id IN (SELECT decision_id FROM pledge WHERE organisation_id IN (SELECT id FROM own))
                OR id IN (SELECT decision_id FROM governance_group WHERE id IN (SELECT id FROM sits UNION SELECT id FROM asks))
                OR id IN (SELECT decision_id FROM seat WHERE organisation_id IN (SELECT id FROM own) OR id IN (SELECT id FROM asked))
            """
        ),
        ("audit_entry", "false"),
        ("prepared_run", "false"),
        ("setting", "name IN ('size-bounds', 'contribution-member', 'contribution-non-member')"),
        ("access_entry", "false"),
    ]

    /// What is published to sessions that see nothing else.
    private static let published = [
        "organisation": "kind = 'association' OR id IN (SELECT organisation_id FROM supplier_role)",
        "supplier_role": "true",
        "setting": "name IN ('size-bounds', 'contribution-member', 'contribution-non-member')",
        "decision":
            "id IN (SELECT decision_id FROM rate_sheet UNION SELECT decision_id FROM rate_row UNION SELECT decision_id FROM dues_rate)",
    ]

    /// Temporary tables of the superuser, who then looks at the truth.
    static func sets(_ organisation: Int64) -> String {
        """
        CREATE TEMPORARY TABLE own ON COMMIT DROP AS
            SELECT \(organisation)::bigint AS id UNION SELECT predecessor_id FROM succession WHERE successor_id = \(organisation) AND on_day <= current_date;
        CREATE TEMPORARY TABLE sits ON COMMIT DROP AS
            SELECT DISTINCT group_id AS id FROM seat WHERE organisation_id IN (SELECT id FROM own) AND NOT voided;
        CREATE TEMPORARY TABLE asks ON COMMIT DROP AS
            SELECT group_id AS id FROM seat WHERE organisation_id IN (SELECT id FROM own) AND NOT voided AND NOT during << daterange(current_date + 1, NULL)
                AND (upper_inf(during) OR upper(during) > current_date)
            UNION SELECT g.id FROM governance_group AS g JOIN agreement AS a ON a.subject = 'product:' || g.product_id
                WHERE a.organisation_id IN (SELECT id FROM own) AND a.state IN ('active', 'noticeGiven')
                    AND (upper_inf(a.during) OR upper(a.during) > current_date)
            UNION SELECT g.id FROM governance_group AS g JOIN supplier_role AS r ON r.product_id = g.product_id
                WHERE r.organisation_id IN (SELECT id FROM own) AND (upper_inf(r.during) OR upper(r.during) > current_date);
        CREATE TEMPORARY TABLE asked ON COMMIT DROP AS
            SELECT * FROM seat WHERE role IN ('contact', 'productCoordinator') AND NOT voided AND group_id IN (SELECT id FROM asks)
                AND (upper_inf(during) OR upper(during) > current_date);
        """
    }

    /// What tells a table's rows apart. Of a run not every column may be read, and so not where it lies.
    private static func mark(of table: String) -> String { table == "invoice_run" ? "id" : "ctid" }

    /// The rows of a table by place: as `app` sees them with a token, after `change`.
    private static func seen(_ table: String, with token: String?, after change: String = "", in place: CommandPlace) async throws
        -> [String]
    {
        try await place.connect { connection in
            try await connection.rolledBack { transaction in
                try await transaction.run(script: "SELECT 1;" + change)
                try await transaction.run(script: "SET LOCAL ROLE app")
                if let token { _ = try await transaction.query("SELECT id FROM open_session(\(token))", as: Int64.self) }
                return try await transaction.rows("SELECT \(mark(of: table)) AS place FROM \(table) ORDER BY 1")
            }
        }
    }

    private static func truth(_ table: String, _ condition: String, sets: String, in place: CommandPlace) async throws -> [String] {
        try await place.connect { connection in
            try await connection.rolledBack { transaction in
                try await transaction.run(script: "SELECT 1;" + sets)
                return try await transaction.rows("SELECT \(mark(of: table)) AS place FROM \(table) WHERE \(condition) ORDER BY 1")
            }
        }
    }

    /// Of one's own, because other tests read from the shared one, and what is read is on record.
    private static let own = Task { try await AccessDatabase.copyWithHolders() }

    @Test func everySessionSeesItsOwnAndNothingElse() async throws {
        let place = try await Self.own.value
        for holder in place.holders {
            for (table, condition) in Self.truths {
                let expected: [String]
                if let organisation = holder.organisation {
                    // What its people read is the business of who administers it.
                    let isOwn = table == "access_entry" && holder.role == .memberAdministrator
                    expected = try await Self.truth(
                        table, isOwn ? "organisation_id IN (SELECT id FROM own)" : condition, sets: Self.sets(organisation),
                        in: place.command)
                } else if ["audit_entry", "access_entry"].contains(table) {
                    let may = [.secretariat, .auditor].contains(holder.role)
                    expected = try await Self.truth(table, may ? "true" : "false", sets: "", in: place.command)
                } else if table == "setting" {
                    expected = try await Self.truth(table, condition, sets: "", in: place.command)
                } else {
                    let condition = holder.role.seesAll && table != "setting" ? "true" : Self.published[table] ?? "false"
                    expected = try await Self.truth(table, condition, sets: "", in: place.command)
                }
                let seen = try await Self.seen(table, with: holder.token, in: place.command)
                #expect(seen == expected, "\(holder.role) in \(table)")
            }
        }
    }

    /// No token, one that is none, a digest, a number, an empty text: each sees what is published.
    @Test(arguments: [nil, "", "1", "os2m_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "' OR true --", "\u{0301}"])
    func whoHasNoTokenSeesWhatIsPublished(_ token: String?) async throws {
        let place = try await Self.own.value.command
        for (table, _) in Self.truths {
            let expected = try await Self.truth(table, Self.published[table] ?? "false", sets: "", in: place)
            #expect(try await Self.seen(table, with: token, in: place) == expected, "\(table)")
        }
    }

    /// Every policy is needed and every policy is tight: without it rows are missing, with `true` in its place there are too many.
    @Test func everyPolicyIsMissedAndNoneIsLoose() async throws {
        let place = try await Self.own.value
        let (contact, all) = (try place.holder(.memberContact).token, try place.holder(.auditor).token)
        let administrator = try place.holder(.memberAdministrator).token
        let policies = try await place.command.connect { connection in
            try await connection.query(
                "SELECT tablename || ' ' || policyname FROM pg_policies WHERE roles && '{app}'::name[] ORDER BY 1", as: String.self)
        }
        #expect(Set(policies.map { String($0.prefix { $0 != " " }) }) == Set(Self.truths.map(\.table)))
        for policy in policies {
            let words = policy.split(separator: " ").map(String.init)
            let (table, name) = (words[0], words[1])
            let own = table == "access_entry" ? administrator : contact
            let token = ["audit_entry", "prepared_run"].contains(table) ? all : own
            let seen = try await Self.seen(table, with: token, in: place.command)
            #expect(!seen.isEmpty, "\(table) has nothing to show")
            let without = try await Self.seen(table, with: token, after: "DROP POLICY \(name) ON \(table)", in: place.command)
            #expect(without.isEmpty, "\(table) shows rows without its policy")
            if table == "supplier_role" { continue }
            let loose = try await Self.seen(table, with: own, after: "ALTER POLICY \(name) ON \(table) USING (true)", in: place.command)
            let tight = try await Self.seen(table, with: own, in: place.command)
            #expect(loose.count > tight.count, "\(table) has nothing to hide")
        }
    }

    /// Whatever is said of an organisation is under a policy that binds the owner, too.
    @Test func everyTableThatNamesAnOrganisationIsForced() async throws {
        let place = try await AccessDatabase.shared.value.command
        let bare = try await place.connect { connection in
            try await connection.query(
                """
                SELECT DISTINCT c.relname::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND NOT a.attisdropped
                WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                    AND (a.attname ~ '(organisation|predecessor|successor|person|agreement|group|document|commission|meeting|token|run)_id$'
                        OR a.attname = 'outcome')
                """, as: String.self)
        }
        #expect(bare == [])
    }

    /// Views show with their owner's eyes unless they are told not to, and materialised ones always: there are none. What runs as its owner is listed.
    @Test func nothingLooksWithItsOwnersEyesUnlessItIsKnown() async throws {
        let place = try await AccessDatabase.shared.value.command
        let (views, functions) = try await place.connect { connection in
            (
                try await connection.query(
                    "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')",
                    as: String.self),
                try await connection.query(
                    """
                    SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT EXISTS (
                        SELECT FROM unnest(proconfig) AS setting WHERE setting = 'search_path=public, pg_temp' AND pg_get_userbyid(proowner) = 'migrator')
                    UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef ORDER BY 1
                    """, as: String.self)
            )
        }
        #expect(views == [])
        #expect(
            functions == [
                "access_kept_since", "audit_change", "forget_accesses", "group_sizes", "note_access", "open_session", "posted_runs",
                "session_contact_groups", "session_groups",
                "session_organisations", "session_role", "session_sees_all",
            ])
    }
}

extension Transaction {
    /// The places of rows by a statement that a test has put together itself.
    fileprivate func rows(_ text: String) async throws -> [String] {
        try await query(
            "SELECT place::text FROM unnest(xpath('//place/text()', query_to_xml(\(text), true, false, ''))) AS place", as: String.self)
    }
}
