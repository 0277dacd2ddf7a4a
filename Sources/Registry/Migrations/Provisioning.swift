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

extension Provisioning {
    /// What a login is to a program that serves callers.
    public enum Standing: Sendable, Hashable {
        /// It becomes the role, and nobody whom the policies do not bind.
        case fit
        /// The policies do not bind it, or somebody it can become.
        case unbound(login: String)
        /// It may not become the role.
        case stranger(login: String)
    }

    /// Tries whether the login of a fresh connection may serve as `role`, and puts the role on where it may. A server where nobody made the role yet says nothing
    /// about its logins.
    ///
    /// - Throws: ``PostgresError`` when the server fails.
    public static func standing(of connection: Connection, as role: StaticString) async throws -> Standing {
        let login = try await connection.only("SELECT session_user::text", as: String.self)
        guard try await connection.only(isBound, as: Bool.self) else { return .unbound(login: login) }
        do {
            try await connection.run(script: "SET ROLE \(role)")
            return .fit
        } catch {
            switch error.serverError?.sqlState {
            case "42501": return .stranger(login: login)
            // There is no such role.
            case "22023": return .fit
            default: throw error
            }
        }
    }

    /// Whether no way leads from this login to somebody whom the policies do not bind: a role that was only put on can be taken off again by whatever statement
    /// is smuggled in. Who runs programs as the server, reads or writes its files, or takes part in its replication has all there is.
    static var isBound: SQL {
        """
        SELECT NOT EXISTS (
            SELECT FROM pg_roles AS r
            WHERE (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication OR r.rolname IN (
                    'migrator', 'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))
                AND pg_has_role(session_user, r.oid, 'MEMBER'))
        """
    }
}
