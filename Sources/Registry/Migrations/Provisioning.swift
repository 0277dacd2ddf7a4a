public import Postgres

/// Makes a server's database ready: its roles and its migrations.
public enum Provisioning {
    /// The database on a private server.
    public static let databaseName = "os2medlem"

    /// Creates the database on a private server, unless it is there.
    public static func makeDatabase(_ connection: Connection) async throws {
        let exists = try await connection.only(
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = \(databaseName))", as: Bool.self)
        guard !exists else { return }
        do {
            try await connection.run(script: "CREATE DATABASE \(databaseName) TEMPLATE template0")
        } catch {
            // Two programs at once: the other one made it.
            guard ["42P04", "23505"].contains(error.serverError?.sqlState) else { throw error }
        }
    }

    /// How many tables there are: none in a database that a backup may be restored into.
    public static func tableCount(_ connection: Connection) async throws -> Int64 {
        try await connection.only("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", as: Int64.self)
    }

    /// Creates the roles and hands the database to `migrator`. The connection's user may create roles.
    public static func makeRoles(_ connection: Connection) async throws {
        try await connection.run(script: EmbeddedSQL.roles)
    }

    /// Brings the database up to this program. The connection's current role is the owner.
    public static func migrate(_ connection: Connection) async throws -> [Migration] {
        try await Migrator(migrations: EmbeddedSQL.migrations).migrate(connection)
    }

    /// Where each migration stands.
    public static func status(_ connection: Connection) async throws -> [MigrationStatus] {
        try await Migrator(migrations: EmbeddedSQL.migrations).status(connection)
    }
}
