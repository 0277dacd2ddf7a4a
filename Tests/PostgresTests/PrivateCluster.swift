import EmbeddedPostgres
import Glibc
import Postgres
import TestSupport
import Testing

/// A server of a test's own, which may be stopped, frozen, killed and started again.
struct PrivateCluster: Sendable {
    let cluster: EmbeddedCluster

    init(settings: [String: String] = [:]) {
        cluster = EmbeddedCluster(
            state: ThrowawayFolder.make(), logger: quiet, settings: TestServer.carelessSettings.merging(settings) { $1 })
    }

    /// Starts the server, if need be, and answers how to connect as the superuser.
    @discardableResult
    func start() async throws -> ConnectionConfiguration { try await cluster.start() }

    func stop(_ mode: StopMode = .fast) async throws { try await cluster.stop(mode) }

    /// The server's first process, which takes connections and cancel requests.
    func postmaster() async throws -> Int32 {
        guard case .running(let process, _) = try await cluster.status() else { throw StillThere() }
        return process
    }

    /// Ends the first process without a word and without tidying up, as `kill -9` does.
    func killPostmaster() async throws {
        let process = try await postmaster()
        try #require(kill(process, SIGKILL) == 0)
        #expect(try await eventually { if case .running = try await cluster.status() { false } else { true } })
    }
}
