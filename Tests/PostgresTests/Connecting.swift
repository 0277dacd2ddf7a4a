import Logging
import Postgres
import TestSupport

// The one file that knows where the test server comes from.

/// The test server's own database.
func serverConfiguration() async throws -> ConnectionConfiguration { try await TestServer.shared.configuration() }

/// A new, empty database on the test server.
func freshDatabase() async throws -> ConnectionConfiguration { try await TestServer.shared.freshDatabase() }

/// Opens a connection to the test server, silent below errors, for the length of `body`.
@discardableResult
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
    if let configuration { known = configuration } else { known = try await serverConfiguration() }
    return try await Connection.open(known, logger: quiet)
}

/// The error of this module that `body` ends with; nil when it succeeds. Another error is passed on.
func postgresError<T>(_ body: () async throws -> T) async throws -> PostgresError? {
    do {
        _ = try await body()
        return nil
    } catch let error as PostgresError {
        return error
    }
}

/// Ends a server process and waits until it is gone.
func terminate(_ pid: Int32) async throws {
    try await withConnection { killer async throws in
        let isGone = try await killer.only("SELECT pg_terminate_backend(\(pid), 10000)", as: Bool.self)
        guard isGone else { throw StillThere() }
    }
}

struct StillThere: Error {}

struct Planned: Error {}

/// A silent logger: tests provoke errors on purpose.
let quiet: Logger = {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    return logger
}()

/// Waits for something that happens by itself; false after a deadline that only a broken machine exceeds.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
        if ContinuousClock.now > deadline { return false }
        try await Task.sleep(for: .milliseconds(10))
    }
    return true
}
