import EmbeddedPostgres
import Foundation
import Postgres
import Registry
import TestSupport
import Testing

/// What the machine's own people are told while the database is away: the process lives, it cannot serve, and the figures say how many were sent away.
@Suite struct OutageReportTests {
    @Test func readyGoesLiveStays() async throws {
        let cluster = EmbeddedCluster(
            state: ThrowawayFolder.make(), logger: CommandDatabase.logger, settings: TestServer.carelessSettings)
        let administrator = try await Connection.open(cluster.start(), logger: CommandDatabase.logger)
        try await Provisioning.makeDatabase(administrator)
        await administrator.close()
        let place = CommandPlace(cluster.configuration(user: EmbeddedCluster.superuser, database: Provisioning.databaseName))
        #expect(try await place.command("database", "migrate").status == 0)
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
