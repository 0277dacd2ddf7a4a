import EmbeddedPostgres
import Postgres
import TestSupport

/// A server and a standby that follows it and only reads.
struct ReplicatedPair {
    let primary = PrivateCluster()
    let standby = PrivateCluster()

    /// Makes and starts both.
    init() async throws {
        try await primary.start()
        try await primary.cluster.copy(toStandby: standby.cluster)
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
