import Postgres

/// What must hold when a run has succeeded, whatever happened before: looked up here in the tables themselves, apart from what
/// `database verify` checks.
struct Settlement {
    let association: Association
    let arena: Arena
    /// The books after a run that nobody disturbed.
    let books: String

    /// - Throws: ``Violation`` when verify complains, a member's dues are not posted exactly once, numbers or sums are wrong, the books are not those
    ///   of an undisturbed run to the letter, or a further run posts.
    func check() async throws {
        let verified = try await arena.program.run(["database", "verify"])
        guard verified.succeeded else { throw Violation("verify: \(verified.errors)") }
        let faults = try await faults()
        guard faults.isEmpty else { throw Violation(faults.joined(separator: "; ")) }
        let before = try await Settlement.digest(in: arena)
        let again = try await arena.program.run(Program.invoiceRun)
        guard again.succeeded else { throw Violation("a further run failed: \(again.errors)") }
        guard try await Settlement.digest(in: arena) == before else { throw Violation("a further run posted something") }
    }

    /// Everything that is not as it must be.
    func faults() async throws -> [String] {
        var faults: [String] = []
        if try await Settlement.books(in: arena) != books { faults.append("the books are not those of an undisturbed run") }
        guard let lines = association.lines else { return faults }
        return faults + (try await memberFaults(lines))
    }

    /// Every member has exactly these lines, every document its number, and all adds up.
    private func memberFaults(_ lines: [String]) async throws -> [String] {
        let members = Int64(arena.members)
        return try await arena.inDatabase { connection in
            var faults = try await connection.query(
                """
                SELECT 'member ' || organisation_id || ' has ' || coalesce(array_to_string(posted, ', '), 'nothing')
                FROM agreement LEFT JOIN (
                    SELECT organisation_id, array_agg(kind || ' ' || revision || ' ' || net_minor ORDER BY revision, number) AS posted
                    FROM document_line GROUP BY organisation_id
                ) AS line USING (organisation_id)
                WHERE posted IS DISTINCT FROM \(lines) LIMIT 5
                """, as: String.self)
            faults += try await connection.query(
                "SELECT DISTINCT 'a stranger has a line' FROM document_line WHERE organisation_id NOT IN (SELECT organisation_id FROM agreement)",
                as: String.self)
            for kind in ["invoice", "creditNote"] {
                let expected = members * association.documents(of: kind)
                faults += try await connection.query(
                    """
                    SELECT \(kind) || ' numbers: ' || count(*) || ' documents, ' || count(DISTINCT number) || ' numbers from '
                        || coalesce(min(number), 1) || ' to ' || coalesce(max(number), 0) || ', counter '
                        || (SELECT last_number FROM number_series WHERE kind = \(kind)) || ', ' || count(DISTINCT organisation_id) || ' members'
                    FROM document WHERE kind = \(kind)
                    HAVING (count(*), count(DISTINCT number), coalesce(min(number), 1), coalesce(max(number), 0), count(DISTINCT organisation_id),
                            (SELECT last_number FROM number_series WHERE kind = \(kind)))
                        IS DISTINCT FROM (\(expected), \(expected), 1::int8, \(expected), \(expected), \(expected))
                    """, as: String.self)
            }
            faults += try await sums(connection)
            return faults
        }
    }

    private func sums(_ connection: Connection) async throws -> [String] {
        let (members, runs) = (Int64(arena.members), association.runs)
        // 25,000.00 and, where it was lowered, 1,000.00 back; a quarter of either is VAT.
        let net = members * (association == .dues ? 2_500_000 : 2_400_000)
        return try await connection.query(
            """
            SELECT 'sums: net ' || net || ', VAT ' || vat || ', lines ' || line || ', taxes ' || tax || ', runs ' || runs || ' of ' || stated
            FROM (
                SELECT (SELECT sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END) FROM document) AS net,
                    (SELECT sum(CASE kind WHEN 'invoice' THEN vat_minor ELSE -vat_minor END) FROM document) AS vat,
                    (SELECT sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END) FROM document_line) AS line,
                    (SELECT sum(CASE kind WHEN 'invoice' THEN tax_minor ELSE -tax_minor END) FROM document_tax) AS tax,
                    (SELECT sum(net_minor) FROM invoice_run) AS stated,
                    (SELECT count(*) FROM invoice_run) AS runs
            ) AS posted
            WHERE (net, vat, line, tax, stated, runs)
                IS DISTINCT FROM (\(net)::numeric, \(net / 4)::numeric, \(net)::numeric, \(net / 4)::numeric, \(net)::numeric, \(runs))
            """, as: String.self)
    }

    /// What was posted, without the moments at which it was.
    static func books(in arena: Arena) async throws -> String {
        try await arena.inDatabase { connection in
            try await connection.only(
                """
                SELECT concat_ws(' ', (SELECT md5(string_agg(d::text, '|' ORDER BY d.kind, d.number)) FROM document AS d),
                    (SELECT md5(string_agg(l::text, '|' ORDER BY l.kind, l.number, l.line)) FROM document_line AS l),
                    (SELECT md5(string_agg(t::text, '|' ORDER BY t.kind, t.number, t.category, t.basis_points)) FROM document_tax AS t),
                    (SELECT md5(string_agg((to_jsonb(r) - 'posted_at')::text, '|' ORDER BY r.id)) FROM invoice_run AS r),
                    (SELECT md5(string_agg(f::text, '|' ORDER BY f.organisation_id, f.year)) FROM frozen_size AS f),
                    (SELECT string_agg(s::text, '|' ORDER BY s.kind) FROM number_series AS s))
                """, as: String.self)
        }
    }

    /// Everything a posting could leave, in one text.
    private static func digest(in arena: Arena) async throws -> String {
        try await arena.inDatabase { connection in
            try await connection.only(
                """
                SELECT concat_ws(' ', (SELECT md5(string_agg(d::text, '|' ORDER BY d.kind, d.number)) FROM document AS d),
                    (SELECT md5(string_agg(l::text, '|' ORDER BY l.kind, l.number, l.line)) FROM document_line AS l),
                    (SELECT md5(string_agg(t::text, '|' ORDER BY t.kind, t.number)) FROM document_tax AS t),
                    (SELECT md5(string_agg(r::text, '|' ORDER BY r.id)) FROM invoice_run AS r),
                    (SELECT string_agg(s::text, '|' ORDER BY s.kind) FROM number_series AS s),
                    (SELECT count(*) FROM audit_entry))
                """, as: String.self)
        }
    }
}
