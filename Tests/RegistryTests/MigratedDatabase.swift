import Domain
import Logging
import Postgres
import Registry
import TestSupport

/// Databases with the roles and the migrations of this program, for tests of the register.
enum MigratedDatabase {
    static let logger: Logger = {
        var logger = Logger(label: "registry tests")
        logger.logLevel = .error
        return logger
    }()

    /// A database of one's own, for what has to commit; as the superuser, who then connects as whoever is needed.
    static func own() async throws -> ConnectionConfiguration {
        try await TestServer.shared.database(fromTemplate: "registry_template") { connection in
            try await Provisioning.makeRoles(connection)
            try await connection.run(script: "SET ROLE migrator")
            _ = try await Provisioning.migrate(connection)
        }
    }

    /// The one database of all tests that roll back.
    static let shared = Task { try await own() }

    static func connect(_ configuration: ConnectionConfiguration, as user: String) async throws -> Connection {
        var configuration = configuration
        configuration.parameters["user"] = user
        return try await Connection.open(configuration, logger: logger)
    }

    static func registry(_ configuration: ConnectionConfiguration, connections: Int = 4) -> Registry {
        var configuration = configuration
        configuration.parameters["user"] = "batch"
        return Registry(pool: Pool(configuration, maximumConnections: connections, acquireDeadline: .seconds(60), logger: logger))
    }
}

/// Something a test needs was not what it must be.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension Optional {
    func orThrow(_ what: String) throws -> Wrapped {
        guard let self else { throw Unexpected(what) }
        return self
    }
}

func day(_ text: String) throws -> CivilDate { try CivilDate(text).orThrow("no day \(text)") }

func kroner(_ text: String) throws -> Money { try Money(kroner: text) }

/// The n-th valid CVR number of a made-up series.
func cvrNumber(_ index: Int) throws -> CVRNumber {
    var candidate = 10_000_000
    var found = 0
    while candidate < 99_999_999 {
        if let number = CVRNumber(String(candidate)) {
            if found == index { return number }
            found += 1
        }
        candidate += 1
    }
    throw Unexpected("no CVR number \(index)")
}
