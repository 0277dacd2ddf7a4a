import EmbeddedPostgres
import Testing

@testable import Postgres

/// Several servers are named, and the one that fits is found: who changes something finds the primary, who reads a standby.
@Suite struct StandbyTests {
    private static let isStandby: SQL = "SELECT pg_is_in_recovery()"

    private static func finds(_ configuration: ConnectionConfiguration) async throws -> Bool {
        try await withConnection(configuration) { try await $0.only(isStandby, as: Bool.self) }
    }

    private static func pool(_ configuration: ConnectionConfiguration) -> Pool {
        Pool(configuration, maximumConnections: 2, acquireDeadline: .seconds(60), logger: quiet)
    }

    @Test func theOneThatFitsIsFound() async throws {
        let pair = try await ReplicatedPair()
        for standbyFirst in [false, true] {
            let both = try pair.configuration(standbyFirst: standbyFirst)
            for target in [ConnectionConfiguration.Target.readWrite, .primary] {
                #expect(try await Self.finds(both.targeting(target)) == false, "\(target)")
            }
            for target in [ConnectionConfiguration.Target.readOnly, .standby, .preferStandby] {
                #expect(try await Self.finds(both.targeting(target)) == true, "\(target)")
            }
            #expect(try await Self.finds(both.targeting(.any)) == standbyFirst)
            #expect("\(both.targeting(.readWrite))".contains("target_session_attrs=read-write"))
        }
        // As text, which is how a person gives it.
        let hosts = try pair.configuration(standbyFirst: true).parameters["host"] ?? ""
        let text = try ConnectionConfiguration(
            url: "host='\(hosts)' port=5432 user=\(EmbeddedCluster.superuser) dbname=postgres target_session_attrs=read-write")
        #expect(try await Self.finds(text) == false)
        try await pair.stop()
    }

    @Test func readsGoOnWithoutThePrimary() async throws {
        let pair = try await ReplicatedPair()
        let both = try pair.configuration(standbyFirst: false)
        let (writers, readers) = (Self.pool(both.targeting(.readWrite)), Self.pool(both.targeting(.preferStandby)))
        try await writers.withConnection { try await $0.run(script: "CREATE TABLE item (id int8); INSERT INTO item VALUES (1)") }
        let count: SQL = "SELECT count(*) FROM item"
        let follows = try await eventually {
            // Until the standby has heard of the table, asking for it is an error.
            let found = try? await readers.withConnection { try await $0.only(count, as: Int.self) }
            return found == 1
        }
        #expect(follows)
        try await Self.refusesChanges(readers)

        try await pair.primary.killPostmaster()
        #expect(try await readers.pipeline(Statement.only(count, as: Int.self)) == 1)
        #expect(try await readers.transaction(readOnly: true) { try await $0.only(count, as: Int.self) } == 1)
        // On a new connection as well.
        #expect(try await Self.finds(both.targeting(.preferStandby)) == true)
        try await Self.refusesChanges(readers)
        let write = try await eventually {
            try await postgresError { try await writers.transaction { try await $0.execute("INSERT INTO item VALUES (2)") } }?.kind
                == .connectionFailed
        }
        #expect(write, "a change was made, or refused for another reason")

        // The standby becomes the primary: who changes something finds it by itself.
        try await readers.withConnection { try await $0.execute("SELECT pg_promote()") }
        try await writers.transaction { try await $0.execute("INSERT INTO item VALUES (3)") }
        #expect(try await readers.pipeline(Statement.query("SELECT id FROM item ORDER BY id", as: Int.self)) == [1, 3])
        await writers.close()
        await readers.close()
        try await pair.stop()
    }

    /// Whatever way a change is tried, the server's refusal says that it only reads.
    private static func refusesChanges(_ pool: Pool) async throws {
        let alone = try await postgresError { try await pool.withConnection { try await $0.execute("INSERT INTO item VALUES (9)") } }
        let inOneTrip = try await postgresError { _ = try await pool.pipeline(Statement.execute("INSERT INTO item VALUES (9)")) }
        let inATransaction = try await postgresError {
            try await pool.transaction { transaction in
                // Reading in a transaction that might change something is fine.
                _ = try await transaction.only("SELECT count(*) FROM item", as: Int.self)
                try await transaction.execute("INSERT INTO item VALUES (9)")
            }
        }
        for error in [alone, inOneTrip, inATransaction] {
            #expect(error?.serverError?.sqlState == "25006", "\(error as Any)")
            #expect(error?.serverError?.isReadOnly == true)
        }
    }

    /// A host that takes connections and says nothing costs a few seconds, not the caller's patience.
    @Test func aSilentHostIsPassedOver() async throws {
        let hole = try BlackHole()
        let server = try await serverConfiguration()
        var both = server
        both.parameters["host"] = "127.0.0.1,\(server.parameters["host"] ?? "")"
        both.parameters["port"] = "\(hole.port),\(server.parameters["port"] ?? "")"
        both.parameters["requirepeer"] = nil
        // Less than the five seconds that a pool's caller waits if nothing else is said.
        #expect(both.effectiveParameters.contains { $0.keyword == "connect_timeout" && $0.value == "3" })
        #expect(server.effectiveParameters.contains { $0.keyword == "connect_timeout" && $0.value == "10" })
        #expect(try await withConnection(both) { try await $0.only("SELECT 1", as: Int.self) } == 1)
        withExtendedLifetime(hole) {}
    }
}
