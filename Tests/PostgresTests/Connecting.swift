import Logging
import Postgres

@testable import Postgres

/// Opens a connection to the test server, silent below errors, for the length of `body`.
func withConnection<T>(
    _ configuration: ConnectionConfiguration? = nil, _ body: (Connection) async throws -> T
) async throws -> T {
    let connection = try await openConnection(configuration)
    do {
        let value = try await body(connection)
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}

func openConnection(_ configuration: ConnectionConfiguration? = nil) async throws -> Connection {
    let known: ConnectionConfiguration
    if let configuration { known = configuration } else { known = try await TestServer.shared.configuration() }
    return try await Connection.open(known, logger: quiet)
}

let quiet: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// The SQLSTATE of the refusal that `body` ends with; nil when it succeeds or fails otherwise.
func sqlState(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? PostgresError)?.serverError?.sqlState
    }
}
