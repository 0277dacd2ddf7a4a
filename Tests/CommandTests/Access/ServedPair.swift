import Domain
import EmbeddedPostgres
import Foundation
import Postgres
import Registry
import TestSupport

/// The example association on a server of a test's own, and a standby that follows it: both may be stopped and started again.
struct ServedPair: Sendable {
    let primary: EmbeddedCluster
    let standby: EmbeddedCluster
    let command: CommandPlace
    let copy: CommandPlace

    init() async throws {
        (primary, standby) = (Self.cluster(), Self.cluster())
        try await primary.start()
        command = Self.place(on: primary)
        let administrator = try await Connection.open(
            primary.configuration(user: EmbeddedCluster.superuser, database: "postgres"), logger: CommandDatabase.logger)
        try await Provisioning.makeDatabase(administrator)
        await administrator.close()
        for words in [["database", "migrate"], ["import", ExampleFolder.path, "--today", "2026-12-01", "--as", "importer"]] {
            let outcome = try await command.command.run(words)
            guard outcome.status == 0 else { throw Missing("\(words): \(outcome.errors)") }
        }
        try await primary.copy(toStandby: standby)
        try await standby.start()
        copy = Self.place(on: standby)
    }

    func stop() async throws {
        try await standby.stop(.immediate)
        try await primary.stop(.immediate)
    }

    /// Makes the standby follow no further, or again.
    func pause(_ pauses: Bool) async throws {
        try await copy.connect { connection in
            try await connection.run(script: "SELECT pg_wal_replay_\(pauses ? "pause" : "resume")()")
            while pauses, try await connection.only("SELECT pg_get_wal_replay_pause_state() <> 'paused'", as: Bool.self) {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
    }

    private static func cluster() -> EmbeddedCluster {
        EmbeddedCluster(state: ThrowawayFolder.make(), logger: CommandDatabase.logger, settings: TestServer.carelessSettings)
    }

    private static func place(on cluster: EmbeddedCluster) -> CommandPlace {
        CommandPlace(cluster.configuration(user: EmbeddedCluster.superuser, database: Provisioning.databaseName))
    }
}
