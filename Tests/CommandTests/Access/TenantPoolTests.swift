import Domain
import Postgres
import Registry
import TestSupport
import Testing

/// Twenty tenants take turns on four connections, among cancellations, timeouts and errors: nobody is ever shown a row of another, and no connection keeps
/// a session.
@Suite(.serialized) struct TenantPoolTests {
    struct Tenant: Sendable {
        let organisation: Int64
        let token: AccessToken
        /// The seats that a look-up of its groups must show, its own and those of whom to ask, as a statement of this test finds them beforehand.
        let seats: [Int64]

        func isShown(_ groups: [OrganisationGroup]) -> Bool {
            Set(groups.flatMap { $0.people + $0.contacts }.map(\.seat.value)).sorted() == seats
                && groups.flatMap(\.people).allSatisfy { $0.organisation.id.value == organisation }
        }
    }

    /// What went wrong, and how often each way to end was taken.
    struct Outcome: Sendable {
        var complaints: [String] = []
        var ends: [String: Int] = [:]

        mutating func note(_ end: String) { ends[end, default: 0] += 1 }

        mutating func add(_ other: Outcome) {
            complaints += other.complaints
            ends.merge(other.ends, uniquingKeysWith: +)
        }
    }

    @Test func tenThousandRequestsOverFourConnections() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("TenantPoolTests: seed \(seed)")
        let place = try await AccessDatabase.copy()
        let outcome = try await Self.rush(at: place, seed: seed, requests: 10_000)
        #expect(outcome.complaints == [], "seed \(seed)")
        #expect(outcome.ends.values.reduce(0, +) == 10_000)
        // Every way to end a request was taken, and often.
        for end in ["rows", "seats", "nothing", "error", "timeout", "cancelled", "cancelled together"] {
            #expect(outcome.ends[end, default: 0] > 100, "\(outcome.ends)")
        }
    }

    /// Whoever is shown what another asked for is noticed, on every connection that several share.
    @Test func aSwappedAnswerIsSeen() async throws {
        let place = try await AccessDatabase.copy()
        let tenants = try await Self.tenants(20, at: place)
        var configuration = place.configuration
        configuration.parameters["user"] = "app"
        let pool = Pool(configuration, maximumConnections: 4, acquireDeadline: .seconds(60), logger: CommandDatabase.logger)
        let register = ServedRegister(pool: pool)
        let day = try CivilDate("2027-02-03").orThrow("a day")
        for (number, tenant) in tenants.enumerated() {
            let groups = try await register.groups(
                of: Identifier(tenant.organisation), on: day, today: day, as: tenant.token, allowing: Set(AccessRole.allCases), in: nil)
            #expect(tenant.isShown(groups) && !tenants[(number + 1) % tenants.count].isShown(groups))
        }
        await pool.close()
    }

    /// A session that outlives its transaction is noticed.
    @Test func aSessionThatStaysIsSeen() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { connection in
            let text = try await connection.only("SELECT pg_get_functiondef('open_session'::regproc)", as: String.self)
            #expect(text.contains("END, true)"))
            try await connection.run(script: text.replacing("END, true)", with: "END, false)"))
        }
        let outcome = try await Self.rush(at: place, seed: 7, requests: 400)
        #expect(outcome.complaints.contains { $0.hasPrefix("a connection keeps a session") }, "\(outcome)")
        // Even then nobody reads as somebody else: whoever comes without a token begins by having none.
        #expect(!outcome.complaints.contains { $0.hasPrefix("without a token") }, "\(outcome)")
    }

    private static func rush(at place: CommandPlace, seed: UInt64, requests: Int) async throws -> Outcome {
        let tenants = try await tenants(20, at: place)
        var configuration = place.configuration
        configuration.parameters["user"] = "app"
        let pool = Pool(configuration, maximumConnections: 4, acquireDeadline: .seconds(60), logger: CommandDatabase.logger)
        let register = ServedRegister(pool: pool)
        let day = try CivilDate("2027-02-03").orThrow("a day")
        var whole = try await withThrowingTaskGroup(of: Outcome.self) { group in
            for (number, tenant) in tenants.enumerated() {
                let other = tenants[(number + 1) % tenants.count]
                group.addTask {
                    var (dice, outcome) = (SeededGenerator(seed: seed &+ UInt64(number)), Outcome())
                    for _ in 0..<requests / tenants.count {
                        let roll = Int.random(in: 0..<100, using: &dice)
                        let patience = Int.random(in: 0..<3000, using: &dice)
                        try await ask(roll, patience, tenant, other, register, day, &outcome)
                    }
                    return outcome
                }
            }
            return try await group.reduce(into: Outcome()) { $0.add($1) }
        }
        whole.complaints += try await leftSessions(in: pool)
        await pool.close()
        return whole
    }

    /// - Parameter roll: what is asked, 0…99.
    /// - Parameter patience: microseconds until whoever cancels does.
    private static func ask(
        _ roll: Int, _ patience: Int, _ tenant: Tenant, _ other: Tenant, _ register: ServedRegister, _ day: CivilDate,
        _ outcome: inout Outcome
    ) async throws {
        @Sendable func read<Value: Sendable>(
            _ token: AccessToken?, _ body: @Sendable @escaping (Work, Caller) async throws -> Value
        ) async throws -> Value {
            try await register.read(as: token, allowing: Set(AccessRole.allCases), in: nil, on: day, body)
        }
        func check(_ rows: [Int64], _ what: String) {
            if rows.isEmpty { outcome.complaints.append("\(what) of \(tenant.organisation) are gone") }
            if rows.contains(where: { $0 != tenant.organisation }) {
                outcome.complaints.append("\(what) of another are shown to \(tenant.organisation)")
            }
            outcome.note("rows")
        }
        switch roll {
        case 0..<25:
            check(
                try await read(tenant.token) {
                    try await Agreements.page(PageRequest(), for: $1, in: $0).elements.map(\.organisation.value)
                },
                "agreements")
        case 25..<50:
            // With no condition at all, by a statement of one's own.
            check(
                try await read(tenant.token) { work, _ in
                    try await work.transaction.query("SELECT organisation_id FROM agreement", as: Int64.self)
                }, "rows")
        case 50..<65:
            // All of them share the connections, each pipeline beside those of others.
            let groups = try await register.groups(
                of: Identifier(tenant.organisation), on: day, today: day, as: tenant.token, allowing: Set(AccessRole.allCases), in: nil)
            if !tenant.isShown(groups) { outcome.complaints.append("\(tenant.organisation) is shown other seats than its own") }
            outcome.note("seats")
        case 65..<75:
            let seen = try await read(nil) { work, _ in try await work.transaction.only("SELECT count(*) FROM agreement", as: Int64.self) }
            if seen != 0 { outcome.complaints.append("without a token \(seen) rows are shown") }
            outcome.note("nothing")
        case 75..<80:
            do {
                _ = try await register.groups(
                    of: Identifier(other.organisation), on: day, today: day, as: tenant.token, allowing: Set(AccessRole.allCases), in: nil)
                outcome.complaints.append("the groups of another are shown to \(tenant.organisation)")
            } catch AccessRefusal.notFound { outcome.note("nothing") }
        case 80..<90:
            let state = try await refusal {
                try await read(tenant.token) { work, _ in
                    try await work.transaction.only("SELECT 1 / count(*) FILTER (WHERE false) FROM agreement", as: Int64.self)
                }
            }
            if state != "22012" { outcome.complaints.append("a division by zero ends with \(state)") }
            outcome.note("error")
        case 90..<95:
            let state = try await refusal {
                try await read(tenant.token) { work, _ in
                    try await work.transaction.run(script: "SET LOCAL statement_timeout = '2ms'")
                    try await work.transaction.run(script: "SELECT pg_sleep(60)")
                }
            }
            if state != "57014" { outcome.complaints.append("a timeout ends with \(state)") }
            outcome.note("timeout")
        case 95..<98:
            // Travels with those of others, on a connection that several share.
            let asking = Task {
                try await register.groups(
                    of: Identifier(tenant.organisation), on: day, today: day, as: tenant.token, allowing: Set(AccessRole.allCases), in: nil)
            }
            // A look-up is answered in a millisecond or so.
            try await Task.sleep(for: .microseconds(patience / 4))
            asking.cancel()
            if let groups = try? await asking.value, !tenant.isShown(groups) {
                outcome.complaints.append("a cancelled look-up shows seats of another")
            }
            outcome.note("cancelled together")
        default:
            let asking = Task {
                try await read(tenant.token) { work, _ in
                    let rows = try await work.transaction.query("SELECT organisation_id FROM agreement", as: Int64.self)
                    try await work.transaction.run(script: "SELECT pg_sleep(0.05)")
                    return rows
                }
            }
            try await Task.sleep(for: .microseconds(patience))
            asking.cancel()
            // It may have been too late, or too early.
            if let rows = try? await asking.value, rows.contains(where: { $0 != tenant.organisation }) {
                outcome.complaints.append("a cancelled request shows rows of another")
            }
            outcome.note("cancelled")
        }
    }

    private static func refusal(_ body: () async throws -> some Sendable) async throws -> String {
        do {
            _ = try await body()
            return "nothing"
        } catch PostgresError.server(let error) { return error.sqlState }
    }

    /// Takes all connections at once and looks what each one still knows.
    private static func leftSessions(in pool: Pool) async throws -> [String] {
        let sessions = try await withThrowingTaskGroup(of: (Int32, String).self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await pool.withConnection { connection async throws in
                        let process = try await connection.only("SELECT pg_backend_pid()", as: Int32.self)
                        let session = try await connection.only(
                            "SELECT coalesce(current_setting('os2medlem.session', true), '')", as: String.self)
                        // Held for a while, so that the others get other connections.
                        try await Task.sleep(for: .milliseconds(500))
                        return (process, session)
                    }
                }
            }
            return try await group.reduce(into: [Int32: String]()) { $0[$1.0] = $1.1 }
        }
        guard sessions.count == 4 else { return ["\(sessions.count) connections"] }
        return sessions.values.filter { !$0.isEmpty }.map { _ in "a connection keeps a session" }
    }

    /// Organisations with agreements, and a token for each.
    static func tenants(_ count: Int, at place: CommandPlace) async throws -> [Tenant] {
        let organisations = try await place.connect { connection in
            try await connection.query(
                """
                SELECT DISTINCT a.organisation_id FROM agreement AS a JOIN organisation AS o ON o.id = a.organisation_id
                WHERE o.kind <> 'supplier' AND NOT EXISTS (SELECT FROM succession AS s WHERE s.successor_id = o.id)
                ORDER BY 1 LIMIT \(Int64(count))
                """, as: Int64.self)
        }
        guard organisations.count == count else { throw Missing("\(count) organisations with agreements") }
        return try await place.connect { connection in
            try await connection.run(script: "SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up'")
            var tenants: [Tenant] = []
            // Each has a group of its own, and asks somebody of the next one about it.
            for (number, organisation) in organisations.enumerated() {
                let next = organisations[(number + 1) % organisations.count]
                try await connection.execute(
                    """
                    WITH own AS (
                        INSERT INTO governance_group (name, kind, during) VALUES (\("Kreds \(number)"), 'interestGroup', '[2020-01-01,)') RETURNING id)
                    INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
                        SELECT own.id, p.id, s.organisation, s.role, s.votes, '[2026-01-01,)' FROM own, (SELECT min(id) AS id FROM person) AS p,
                            (VALUES (\(organisation)::bigint, 'member', 1), (\(next)::bigint, 'contact', 0)) AS s (organisation, role, votes)
                    """)
            }
            for (number, organisation) in organisations.enumerated() {
                try await connection.execute(
                    """
                    INSERT INTO contact_role (organisation_id, person_id, role, during)
                    SELECT \(organisation), min(id), 'technical', '[2026-01-01,)' FROM person
                    """)
                let token = try AccessToken(bytes: Array(repeating: UInt8(number + 1), count: 32)).orThrow("a token")
                try await connection.execute(
                    """
                    INSERT INTO api_token (person_id, role, organisation_id, scopes, prefix, digest, expires_at)
                    SELECT (SELECT min(id) FROM person), 'memberContact', \(organisation), \(AccessScope.allCases.map(\.rawValue)), \(token.prefix),
                        sha256(convert_to(\(token.secret), 'UTF8')), now() + interval '30 days'
                    """)
                let seats = try await connection.query(
                    """
                    SELECT DISTINCT s.id FROM seat AS s JOIN governance_group AS g ON g.id = s.group_id AND g.during @> date '2027-02-03'
                    WHERE NOT s.voided AND s.during @> date '2027-02-03' AND (s.organisation_id = \(organisation)
                        OR (s.role IN ('contact', 'productCoordinator') AND s.group_id IN (SELECT m.group_id FROM seat AS m
                            WHERE m.organisation_id = \(organisation) AND NOT m.voided AND m.during @> date '2027-02-03')))
                    ORDER BY 1
                    """, as: Int64.self)
                guard seats.count >= 2 else { throw Missing("seats of \(organisation)") }
                tenants.append(Tenant(organisation: organisation, token: token, seats: seats))
            }
            return tenants
        }
    }
}
