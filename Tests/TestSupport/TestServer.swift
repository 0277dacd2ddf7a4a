import EmbeddedPostgres
import Glibc
import Logging
public import Postgres

/// The one PostgreSQL server of a test process: made when the first test asks for it, gone when the process ends.
///
/// Nothing of it is ever read again, so it takes no care of the disk (`fsync=off` and what follows from that); everything else is
/// as in a real cluster. Each run has a fresh one: a test never meets what an earlier run left.
public actor TestServer {
    public static let shared = TestServer()

    private let cluster: EmbeddedCluster
    private let logger: Logger
    private var starting: Task<ConnectionConfiguration, any Error>?
    private var administrator: Task<Connection, any Error>?
    private var templates: [String: Task<Void, any Error>] = [:]
    private var databases = 0

    /// Settings for clusters that need not outlive anything.
    public static let carelessSettings = ["fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"]

    private init() {
        var logger = Logger(label: "test server")
        logger.logLevel = .warning
        self.logger = logger
        let settings = Self.carelessSettings.merging(["max_connections": "300"]) { $1 }
        cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: logger, settings: settings)
    }

    /// How to connect as the superuser, to `database` or to the shared database `postgres`.
    public func configuration(database: String? = nil) async throws -> ConnectionConfiguration {
        let started = starting ?? Task { [cluster] in try await cluster.start() }
        starting = started
        var configuration = try await started.value
        if let database { configuration.parameters["dbname"] = database }
        return configuration
    }

    /// A new empty database that nobody else has, for tests that commit.
    public func freshDatabase() async throws -> ConnectionConfiguration {
        try await create(nextName(), from: "template0")
    }

    /// A new database with the contents of a template, which `prepare` fills when it is asked for the first time in this process.
    ///
    /// `prepare` runs once a name, however many tests ask at once. It must not leave anything running in the database that would
    /// hold a connection open.
    ///
    /// - Throws: What `prepare` throws, to everybody who asked for this template.
    public func database(
        fromTemplate template: String, prepare: @escaping @Sendable (Connection) async throws -> Void
    ) async throws -> ConnectionConfiguration {
        let prepared = templates[template] ?? Task { try await self.makeTemplate(template, prepare) }
        templates[template] = prepared
        try await prepared.value
        return try await create(nextName(), from: template)
    }

    private func makeTemplate(_ name: String, _ prepare: (Connection) async throws -> Void) async throws {
        let configuration = try await create(name, from: "template0")
        let connection = try await Connection.open(configuration, logger: logger)
        do { try await prepare(connection) } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    private func nextName() -> String {
        databases += 1
        return "test_\(databases)"
    }

    /// One connection creates all databases, one after another: PostgreSQL refuses to copy a template from two sessions at once.
    private func create(_ name: String, from template: String) async throws -> ConnectionConfiguration {
        let configuration = try await configuration()
        let opened = administrator ?? Task { [logger] in try await Connection.open(configuration, logger: logger) }
        administrator = opened
        try await opened.value.run(script: "CREATE DATABASE \(quoted(name)) TEMPLATE \(quoted(template))")
        var result = configuration
        result.parameters["dbname"] = name
        return result
    }

    private func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
