import Glibc
import Logging
import Postgres
import TestSupport

@testable import EmbeddedPostgres

/// A cluster of a test's own, in a state folder that is removed with the test process.
///
/// It does not sync its files, which only matters when the power fails; commits do wait for the kernel to have them, so what a
/// killed server had committed must be there again.
struct Sandbox: Sendable {
    static let settings = ["fsync": "off", "full_page_writes": "off"]
    static let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }

    let state: String
    let cluster: EmbeddedCluster

    init(
        state: String = ThrowawayFolder.make(), settings: [String: String] = [:], logger: Logger = Self.logger,
        patience: Duration = .seconds(60)
    ) {
        self.state = state
        cluster = EmbeddedCluster(
            state: state, logger: logger, settings: Self.settings.merging(settings) { $1 }, patience: patience)
    }

    /// Starts and runs statements that end with a commit.
    func startAndRun(_ script: String) async throws {
        let connection = try await Connection.open(cluster.start(), logger: Self.logger)
        try await connection.run(script: script)
        await connection.close()
    }

    /// Starts and asks for one number.
    func startAndAsk(_ sql: SQL) async throws -> Int64 {
        let connection = try await Connection.open(cluster.start(), logger: Self.logger)
        let answer = try await connection.only(sql, as: Int64.self)
        await connection.close()
        return answer
    }

    /// Starts, and returns why that failed, nil when it did not.
    func failureOfStart() async -> EmbeddedPostgresError? {
        do throws(EmbeddedPostgresError) { try await cluster.start() } catch { return error }
        return nil
    }

    var processes: ServerProcesses { ServerProcesses.living(in: cluster.folder.data) }

    /// The server's process, when it is up.
    func postmaster() async throws -> Int32? {
        if case .running(let process, _) = try await cluster.status() { return process }
        return nil
    }
}

/// Waits for something that happens by itself; false after a deadline that only a broken machine exceeds.
func eventually(_ condition: () throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !condition() {
        if ContinuousClock.now > deadline { return false }
        try await Task.sleep(for: .milliseconds(10))
    }
    return true
}
