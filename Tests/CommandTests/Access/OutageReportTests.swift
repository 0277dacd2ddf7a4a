import EmbeddedPostgres
import Foundation
import Postgres
import Registry
import TestSupport
import Testing

/// What the machine's own people are told while the database is away: the process lives, it cannot serve, and the figures say how many were sent away.
@Suite struct OutageReportTests {
    @Test func readyGoesLiveStays() async throws {
        let (cluster, place) = try await Self.migrated()
        // It is away when the program starts, which is no reason not to.
        try await cluster.stop()
        try await ServedProgram.run(at: place) { program in
            try await Self.isAway(program, refused: 1)
            try await cluster.start()
            var ready = false
            for _ in 0..<600 where !ready {
                ready = try await program.admin("/health/ready").text == "ready\n"
                if !ready { try await Task.sleep(for: .milliseconds(50)) }
            }
            #expect(ready)
            #expect(try await onThread { try program.caller().get("/api/v1/products").status } == 200)
            try await cluster.stop()
            try await Self.isAway(program, refused: 2)
        }
    }

    /// A login that nobody could look at while the database was away is looked at when it is back: nobody is answered on its connections.
    @Test func aLoginThatMustNotServeDoesNotServeLater() async throws {
        let (cluster, place) = try await Self.migrated()
        try await cluster.stop()
        try await ServedProgram.run(at: place, ["--database", place.url]) { program in
            try await Self.isAway(program, refused: 1)
            try await cluster.start()
            var (statuses, isSaid) = (Set<Int>(), false)
            for _ in 0..<600 where !isSaid {
                statuses.insert(try await onThread { try program.caller().get("/api/v1/products").status })
                isSaid = program.logLines.contains { $0.contains("the login \(EmbeddedCluster.superuser) may not serve as app") }
                if !isSaid { try await Task.sleep(for: .milliseconds(50)) }
            }
            for _ in 0..<20 { statuses.insert(try await onThread { try program.caller().get("/api/v1/products").status }) }
            #expect(isSaid && statuses == [503], "\(statuses)")
            #expect(try await program.admin("/health/ready").status == 503)
        }
        try await cluster.stop()
    }

    /// A server of a test's own, brought up to date and running.
    private static func migrated() async throws -> (EmbeddedCluster, CommandPlace) {
        let cluster = EmbeddedCluster(
            state: ThrowawayFolder.make(), logger: CommandDatabase.logger, settings: TestServer.carelessSettings)
        let administrator = try await Connection.open(cluster.start(), logger: CommandDatabase.logger)
        try await Provisioning.makeDatabase(administrator)
        await administrator.close()
        let place = CommandPlace(cluster.configuration(user: EmbeddedCluster.superuser, database: Provisioning.databaseName))
        #expect(try await place.command("database", "migrate").status == 0)
        return (cluster, place)
    }

    private static func isAway(_ program: ServedProgram, refused: Int) async throws {
        let answer = try await onThread { try program.caller().get("/api/v1/products") }
        #expect(answer.status == 503 && answer["retry-after"].flatMap { Int($0) } ?? 0 > 0)
        let ready = try await program.admin("/health/ready")
        #expect(ready.status == 503 && ["database\n", "timeout\n"].contains(ready.text), "\(ready.text)")
        let live = try await program.admin("/health/live")
        #expect(live.status == 200 && live.text == "live\n")
        let figures = try await program.admin("/metrics")
        #expect(figures.status == 200)
        #expect(figures.text.contains("os2medlem_http_requests_total{operation=\"listProducts\",status=\"5xx\"} \(refused)\n"))
    }
}
