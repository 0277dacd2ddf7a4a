import Foundation
import Logging
import Postgres
import Registry
import TestSupport

/// Databases for commands, on the one server of the test process, and what is in them.
enum CommandDatabase {
    static let logger: Logger = {
        var logger = Logger(label: "command tests")
        logger.logLevel = .critical
        return logger
    }()

    /// Migrated and empty, and one's own.
    static func empty() async throws -> CommandPlace {
        try await CommandPlace(
            TestServer.shared.database(fromTemplate: "commands_empty") { connection in
                try await migrate(connection)
            })
    }

    /// The example association, imported; one's own.
    static func example() async throws -> CommandPlace {
        try await CommandPlace(TestServer.shared.database(fromTemplate: "commands_example", prepare: importExample))
    }

    /// The example association with its dues of 2027 posted on 10 January 2027; one's own.
    static func posted() async throws -> CommandPlace {
        try await CommandPlace(
            TestServer.shared.database(fromTemplate: "commands_posted") { connection in
                try await importExample(connection)
                let name = try await connection.only("SELECT current_database()::text", as: String.self)
                let place = CommandPlace(try await TestServer.shared.configuration(database: name))
                let run = try await place.command(
                    "invoice", "run", "--year", "2027", "--only", "dues", "--today", "2027-01-10", "--as", "tester")
                guard run.status == 0 else { throw Missing("posting the example: \(run.errors)") }
            })
    }

    /// The example association, for commands that are refused: many tests share it, and every one finds it as it was.
    static let shared = Task { try await example() }

    private static func migrate(_ connection: Connection) async throws {
        try await Provisioning.makeRoles(connection)
        try await connection.run(script: "SET ROLE migrator")
        _ = try await Provisioning.migrate(connection)
        try await connection.run(script: "RESET ROLE")
    }

    @Sendable static func importExample(_ connection: Connection) async throws {
        try await migrate(connection)
        let name = try await connection.only("SELECT current_database()::text", as: String.self)
        let place = CommandPlace(try await TestServer.shared.configuration(database: name))
        let imported = try await place.command("import", ExampleFolder.path, "--today", "2026-12-01", "--as", "importer")
        guard imported.status == 0 else { throw Missing("importing the example: \(imported.errors)") }
    }
}

/// One database: how commands reach it and what it holds.
struct CommandPlace: Sendable {
    let configuration: ConnectionConfiguration

    init(_ configuration: ConnectionConfiguration) { self.configuration = configuration }

    var url: String { url(as: configuration.parameters["user"] ?? "") }

    func url(as user: String) -> String {
        let parameters = configuration.parameters
        let name = parameters["dbname"] ?? ""
        return "postgresql://\(user)@/\(name)?host=\(parameters["host"] ?? "")&port=\(parameters["port"] ?? "")"
    }

    var command: Command { .on(url) }

    func connect<Value: Sendable>(as user: String? = nil, _ body: (Connection) async throws -> Value) async throws -> Value {
        var configuration = configuration
        if let user { configuration.parameters["user"] = user }
        let connection = try await Connection.open(configuration, logger: CommandDatabase.logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// One line per table: its name and a digest of all its rows. Equal digests are equal databases.
    func digest() async throws -> [String] {
        try await connect { connection in
            try await connection.query(
                """
                SELECT tablename || ' ' || (xpath('//digest/text()', query_to_xml(
                    format('SELECT count(*) || '' '' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '''')) AS digest FROM %I AS t',
                        tablename), false, true, '')))[1]::text
                FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
                """, as: String.self)
        }
    }
}
