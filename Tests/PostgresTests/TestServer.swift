import Glibc
import Logging
import Postgres

/// Stands in for TestSupport's server: the cluster that OS2MEDLEM_TEST_DATABASE_URL names.
struct TestServer {
    static let shared = TestServer()

    func configuration(database: String? = nil) async throws -> ConnectionConfiguration {
        guard let url = getenv("OS2MEDLEM_TEST_DATABASE_URL") else {
            throw PostgresError.invalidConfiguration("OS2MEDLEM_TEST_DATABASE_URL is not set")
        }
        var configuration = try ConnectionConfiguration(url: String(cString: url))
        if let database { configuration.parameters["dbname"] = database }
        return configuration
    }

    func freshDatabase() async throws -> ConnectionConfiguration {
        let name = "test_\(UInt64.random(in: 0 ... .max))"
        let connection = try await Connection.open(configuration(), logger: Logger(label: "test"))
        try await connection.run(script: "CREATE DATABASE \(name)")
        await connection.close()
        return try await configuration(database: name)
    }
}
