import Postgres
import Testing

/// A look-up as somebody: who acts and the query travel in one round trip and are one transaction, and nothing of it stays behind.
@Suite struct ActorPipelineTests {
    private static func act(as name: String) -> SQL { "SELECT set_config('register.actor', \(name), true)" }
    private static let whoActs: SQL = "SELECT current_setting('register.actor', true)"

    private func pool() async throws -> Pool {
        Pool(try await serverConfiguration(), maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
    }

    @Test func holdsForWhatFollowsAndEndsWithIt() async throws {
        let pool = try await pool()
        let (before, pid) = try await pool.pipeline(
            Statement.only(Self.whoActs, as: String?.self), Statement.only("SELECT pg_backend_pid()", as: Int32.self))
        #expect(before == nil)
        for name in ["Ane", "Bo'; --", "Ane"] {
            let (_, seen, first, second, process) = try await pool.pipeline(
                Statement.execute(Self.act(as: name)), Statement.only(Self.whoActs, as: String.self),
                Statement.only("SELECT pg_current_xact_id()::text", as: String.self),
                Statement.only("SELECT pg_current_xact_id()::text", as: String.self),
                Statement.only("SELECT pg_backend_pid()", as: Int32.self))
            #expect(seen == name && first == second && process == pid)
            // Empty and not NULL: what asks for the actor has to know both.
            let after = try await pool.pipeline(Statement.only(Self.whoActs, as: String?.self))
            #expect(after == "")
        }
        await pool.close()
    }

    @Test func leavesNothingWhenAStatementFails() async throws {
        let pool = try await pool()
        let pid = try await pool.pipeline(Statement.only("SELECT pg_backend_pid()", as: Int32.self))
        let error = try await postgresError {
            _ = try await pool.pipeline(
                Statement.execute(Self.act(as: "Ane")), Statement.execute("SELECT 1 / 0"), Statement.only(Self.whoActs, as: String.self))
        }
        #expect(error?.serverError?.sqlState == "22012")
        let unread = try await postgresError {
            _ = try await pool.pipeline(Statement.execute(Self.act(as: "Ane")), Statement.only(Self.whoActs, as: Int.self))
        }
        #expect(unread?.kind == .decoding)
        let (after, same) = try await pool.pipeline(
            Statement.only(Self.whoActs, as: String?.self), Statement.only("SELECT pg_backend_pid()", as: Int32.self))
        #expect((after ?? "").isEmpty)
        #expect(same == pid)
        await pool.close()
    }

    /// The control: without the `true` it would stay, and these tests would see it.
    @Test func wouldStayAsASessionsSetting() async throws {
        let pool = try await pool()
        _ = try await pool.pipeline(Statement.execute("SELECT set_config('register.actor', 'Ane', false)"))
        #expect(try await pool.pipeline(Statement.only(Self.whoActs, as: String.self)) == "Ane")
        await pool.close()
    }

    @Test func isOneTransactionForRowSecurityToo() async throws {
        let configuration = try await freshDatabase()
        let role = "reader_\(UInt32.random(in: 0...UInt32.max))"
        try await withConnection(configuration) {
            try await $0.run(
                script: """
                    CREATE TABLE member (id int8 PRIMARY KEY, owner text NOT NULL);
                    INSERT INTO member VALUES (1, 'Ane'), (2, 'Bo');
                    ALTER TABLE member ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY own ON member USING (owner = (SELECT current_setting('register.actor', true)));
                    CREATE ROLE \(role) LOGIN; GRANT SELECT ON member TO \(role);
                    """)
        }
        var reader = configuration
        reader.parameters["user"] = role
        let pool = Pool(reader, maximumConnections: 2, acquireDeadline: .seconds(600), logger: quiet)
        try await withThrowingTaskGroup { group in
            for number in 0..<200 {
                group.addTask {
                    let isAne = number.isMultiple(of: 2)
                    let (_, ids) = try await pool.pipeline(
                        Statement.execute(Self.act(as: isAne ? "Ane" : "Bo")), Statement.query("SELECT id FROM member", as: Int64.self))
                    #expect(ids == [isAne ? 1 : 2])
                }
            }
            try await group.waitForAll()
        }
        #expect(try await pool.pipeline(Statement.query("SELECT id FROM member", as: Int64.self)) == [])
        await pool.close()
        try await withConnection(configuration) { try await $0.run(script: "DROP TABLE member; DROP ROLE \(role)") }
    }

    @Test func preparesAgainAfterATableHasChanged() async throws {
        let configuration = try await freshDatabase()
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE item (id int8); INSERT INTO item VALUES (1)") }
        let pool = Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        let read = { @Sendable in
            try await pool.pipeline(Statement.execute(Self.act(as: "Ane")), Statement.query("SELECT * FROM item", as: Int64.self)).1
        }
        #expect(try await read() == [1])
        try await withConnection(configuration) { try await $0.run(script: "ALTER TABLE item ALTER id TYPE int4") }
        let narrowed = try await pool.pipeline(
            Statement.execute(Self.act(as: "Ane")), Statement.query("SELECT * FROM item", as: Int.self)
        ).1
        #expect(narrowed == [1])
        await pool.close()
    }
}
