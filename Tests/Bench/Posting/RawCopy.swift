import EmbeddedPostgres
import Foundation
import Postgres

/// The yardstick: the very rows that were posted, copied in binary into tables without a key, a constraint or a trigger.
enum RawCopy {
    private static let tables = ["document", "document_line", "document_tax"]

    /// Seconds that psql takes to copy the rows of all three tables in, in one transaction.
    static func measure(_ connection: Connection, _ cluster: EmbeddedCluster, database: String) async throws -> Double {
        let folder = "/tmp/bench-rows-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        // The umask takes bits off what is asked for above; the server's user writes here.
        chmod(folder, 0o777)
        var arguments = ["--quiet", "--no-psqlrc", "--dbname", database, "--single-transaction"]
        for table in tables {
            try await connection.run(
                script: "CREATE TABLE bare_\(table) AS TABLE \(table) WITH NO DATA; COPY \(table) TO '\(folder)/\(table)' (FORMAT binary)")
            arguments += ["--command", "\\copy bare_\(table) FROM '\(folder)/\(table)' (FORMAT binary)"]
        }
        try await connection.run(script: "CHECKPOINT")
        let clock = ContinuousClock()
        let start = clock.now
        try await cluster.run(tool: "psql", arguments: arguments)
        return Child.seconds(start.duration(to: clock.now))
    }
}
