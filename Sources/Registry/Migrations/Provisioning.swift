public import Postgres

/// Makes a server's database ready: its roles and its migrations.
public enum Provisioning {
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
