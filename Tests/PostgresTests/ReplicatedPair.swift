import Logging
import Postgres
import TestSupport

@testable import EmbeddedPostgres

/// A server and a standby that follows it and only reads.
struct ReplicatedPair {
    let primary = PrivateCluster()
    let standby = PrivateCluster()

    /// Makes and starts both.
    init() async throws {
        try await primary.start()
        let folder = standby.cluster.folder
        try await folder.prepare(for: ServerAccount.running(clusterAt: folder.path))
        try await primary.cluster.run(
            tool: "pg_basebackup",
            arguments: ["--pgdata=\(folder.data)", "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"])
        try await standby.start()
    }

    /// Names both servers, in this order or the other.
    func configuration(standbyFirst: Bool) throws -> ConnectionConfiguration {
        let clusters = standbyFirst ? [standby, primary] : [primary, standby]
        var configuration = primary.cluster.configuration(user: EmbeddedCluster.superuser, database: "postgres")
        let hosts = clusters.compactMap {
            $0.cluster.configuration(user: EmbeddedCluster.superuser, database: "postgres").parameters["host"]
        }
        configuration.parameters["host"] = hosts.joined(separator: ",")
        return configuration
    }

    func stop() async throws {
        try await standby.stop(.immediate)
        try await primary.stop(.immediate)
    }
}
