import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import Registry
import ServiceLifecycle
import Subprocess
import SystemPackage
import Wording

/// The composition root: which database a command works on, as which role. The one file of the program that knows PostgreSQL.
///
/// Use cases run as the role `batch`; only migrations run as `migrator`, and only the making of roles and databases as whoever may.
struct DatabaseAccess: Sendable {
    private let options: Options
    private let logger: Logger

    /// What a command line says about the database.
    struct Options: Sendable {
        let url: String?
        let stateFolder: String
    }

    init(_ options: Options) {
        self.options = options
        var logger = Logger(label: "os2medlem") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        self.logger = logger
    }

    private var cluster: EmbeddedCluster { EmbeddedCluster(state: options.stateFolder, logger: logger) }

    /// Opens the register, ready to use: the private database is started and brought up to date; a named one must be up to date already.
    func withRegistry<Value: Sendable>(_ body: (Registry) async throws -> Value) async throws -> Value {
        let configuration = try await appConfiguration()
        let pool = Pool(configuration, maximumConnections: 2, logger: logger)
        do {
            let value = try await body(Registry(pool: pool))
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }

    private func appConfiguration() async throws -> ConnectionConfiguration {
        if let url = options.url {
            let configuration = try ConnectionConfiguration(url: url).acting(as: "batch")
            try await withConnection(configuration) { connection in
                let statuses = try await Provisioning.status(connection)
                if let changed = statuses.first(where: \.isChanged)?.migration {
                    throw MigrationError.changedChecksum(number: changed.number, name: changed.name)
                }
                let pending = statuses.filter { $0.appliedAt == nil }
                if let first = pending.first {
                    let migration = "\(first.migration.number) (\(first.migration.name))"
                    throw Failure(.databaseNotMigrated(migration: migration), status: .configuration)
                }
            }
            return configuration
        }
        try await prepareEmbedded(migrating: true)
        return cluster.configuration(user: "batch", database: Provisioning.databaseName)
    }

    /// Starts the private server, makes its database and roles when they are not there, and migrates it.
    private func prepareEmbedded(migrating: Bool) async throws {
        let administrator = try await cluster.start()
        try await withConnection(administrator) { try await Provisioning.makeDatabase($0) }
        let superuser = cluster.configuration(user: EmbeddedCluster.superuser, database: Provisioning.databaseName)
        try await withConnection(superuser) { try await Provisioning.makeRoles($0) }
        if migrating {
            try await withConnection(cluster.configuration(user: "migrator", database: Provisioning.databaseName)) { connection in
                _ = try await Provisioning.migrate(connection)
            }
        }
    }

    private func withConnection<Value: Sendable>(
        _ configuration: ConnectionConfiguration, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await Connection.open(configuration, logger: logger)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }
}

/// What `serve` asks, and what has to run while it does: in the order of starting.
struct ServedDatabase: Sendable {
    let register: ServedRegister
    /// On a connection of its own, so that callers who wait do not make the database look away.
    let watch: ServedRegister
    let accesses: AccessLog
    let services: [any Service]
}

extension DatabaseAccess {
    /// The register for callers: read as `app`, or from a standby as `readonly`. Nothing is written but who read what, and that to the primary.
    ///
    /// A server that is down when it starts, or goes down later, is no error: requests are answered 503 until it is back.
    ///
    /// - Parameter deadline: how long one answer may take.
    /// - Throws: ``Failure`` for a login that must not serve, or cannot.
    func served(readingFrom standby: String?, connections: Int, deadline: Duration, logger: Logger) async throws -> ServedDatabase {
        let primary: ConnectionConfiguration
        if let url = options.url {
            primary = try ConnectionConfiguration(url: url)
        } else {
            try await prepareEmbedded(migrating: true)
            primary = cluster.configuration(user: "app", database: Provisioning.databaseName)
        }
        let read = try standby.map { try ConnectionConfiguration(url: $0) } ?? primary
        let role: StaticString = standby == nil ? "app" : "readonly"
        try await checkLogin(primary, as: "app", logger)
        if standby != nil { try await checkLogin(read, as: role, logger) }
        let pool = Pool(
            read.serving(as: role.description, reading: true), maximumConnections: connections, sharedConnections: max(connections / 2, 1),
            acquireDeadline: .seconds(3), pipelineDeadline: deadline, admitting: admission(as: role), logger: logger)
        // Of what nobody waits for, so that a server that has gone silent holds up neither the stop nor whoever looks whether it is there.
        let patience = Duration.seconds(5)
        let notes = Pool(
            primary.serving(as: "app", reading: false), maximumConnections: 1, acquireDeadline: .seconds(3), pipelineDeadline: patience,
            admitting: admission(as: "app"), logger: logger)
        // Readiness is that of what is read: the primary of a standby may be away.
        let watch = Pool(
            read.serving(as: role.description, reading: true), maximumConnections: 1, acquireDeadline: .seconds(3),
            pipelineDeadline: patience,
            admitting: admission(as: role), logger: logger)
        let accesses = AccessLog(pool: notes, logger: logger)
        return ServedDatabase(
            register: ServedRegister(pool: pool), watch: ServedRegister(pool: watch), accesses: accesses,
            services: [pool, notes, watch, AccessNotes(accesses: accesses)])
    }

    /// What every connection passes before anything is asked on it: the database may have been away when the program started, or be another than then.
    private func admission(as role: StaticString) -> @Sendable (Connection) async throws -> Void {
        { connection in
            let standing = try await withDeadline(.seconds(3)) { try await Provisioning.standing(of: connection, as: role) }
            switch standing {
            case .fit: return
            case .unbound(let login), .stranger(let login): throw PostgresError.unusable("the login \(login) may not serve as \(role)")
            }
        }
    }

    /// A login that must not serve keeps the program from starting, in words that say what to do. One that cannot be looked at now, because the database is away or
    /// will not have it, is looked at when a connection is made (``admission(as:)``).
    private func checkLogin(_ configuration: ConnectionConfiguration, as role: StaticString, _ logger: Logger) async throws {
        let standing: Provisioning.Standing
        do {
            standing = try await withConnection(configuration) { try await Provisioning.standing(of: $0, as: role) }
        } catch let error as PostgresError {
            switch error {
            case .connectionFailed, .connectionLost: return logger.warning("serve starts without its database: \(error)")
            // It can be reached, and does not tell: serving would be a guess.
            default: throw error
            }
        }
        switch standing {
        case .fit: return
        case .unbound(let login): throw Failure(.loginNotBound(login, role: role.description), status: .configuration)
        case .stranger(let login): throw Failure(.loginNotMember(login, role: role.description), status: .configuration)
        }
    }
}

/// The task that puts on record what was read.
private struct AccessNotes: Service {
    let accesses: AccessLog

    func run() async throws { await cancelWhenGracefulShutdown { [accesses] in await accesses.run() } }
}

extension DatabaseAccess {
    /// Brings the database up to this program; returns the names of the migrations applied now.
    func migrate() async throws -> [String] {
        guard let url = options.url else {
            try await prepareEmbedded(migrating: false)
            return try await withConnection(cluster.configuration(user: "migrator", database: Provisioning.databaseName)) {
                try await Provisioning.migrate($0).map { "\($0.number) \($0.name)" }
            }
        }
        let configuration = try ConnectionConfiguration(url: url)
        try await withConnection(configuration) { try await Provisioning.makeRoles($0) }
        return try await withConnection(configuration.acting(as: "migrator")) {
            try await Provisioning.migrate($0).map { "\($0.number) \($0.name)" }
        }
    }

    /// One line on the server and one per migration that is missing. Starts nothing.
    func status(in language: Language) async throws -> [String] {
        let configuration: ConnectionConfiguration
        var lines: [String] = []
        if let url = options.url {
            configuration = try ConnectionConfiguration(url: url).acting(as: "batch")
            lines.append("database: \(configuration)")
        } else {
            switch try await cluster.status() {
            case .absent: return [language.noDatabase(under: options.stateFolder)]
            case .stopped(let version): return [language.stopped(version: "\(version)")]
            case .unresponsive(let processes):
                return [language.unresponsive(processes: processes.map(String.init).joined(separator: ", "))]
            case .foreignVersion(let version, let installed):
                let others = installed.map(String.init).joined(separator: ", ")
                return [language.foreign(version: "\(version)", installed: others)]
            case .running(let process, let version): lines.append(language.running(version: "\(version)", process: "\(process)"))
            }
            configuration = cluster.configuration(user: "batch", database: Provisioning.databaseName)
        }
        let migrations = try await withConnection(configuration) { try await Provisioning.status($0) }
        let pending = migrations.filter { $0.appliedAt == nil }
        lines.append(language.migrations(applied: migrations.count - pending.count, missing: pending.count))
        return lines
    }

    func start() async throws {
        guard options.url == nil else { throw DatabaseAccess.notEmbedded }
        try await prepareEmbedded(migrating: true)
    }

    func stop() async throws {
        guard options.url == nil else { throw DatabaseAccess.notEmbedded }
        try await cluster.stop()
    }

    /// Stops the private server and removes its folder, to begin afresh. A folder with anything else in it is not touched.
    func discard() async throws {
        guard options.url == nil, FileManager.default.fileExists(atPath: options.stateFolder) else { return }
        let found = Set(try FileManager.default.contentsOfDirectory(atPath: options.stateFolder))
        guard found.isSubset(of: ["postgres", "demo"]) else {
            throw Failure(.notAStateFolder(options.stateFolder), status: .cannotCreate)
        }
        if case .absent = try await cluster.status() {} else { try await cluster.stop() }
        try FileManager.default.removeItem(atPath: options.stateFolder)
    }

    private static let notEmbedded = Failure(.notEmbedded, status: .configuration)
}

extension DatabaseAccess {
    /// Writes everything into one file of pg_dump's custom format. The file appears whole or not at all, and takes no other's place unless it may.
    func backup(to path: String, overwriting: Bool) async throws {
        if !overwriting && access(path, F_OK) == 0 { throw Failure(.backupExists(path: path), status: .cannotCreate) }
        let temporary = path + ".partial"
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                FilePath(temporary), .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
        } catch {
            throw Failure(code: "CANNOT_WRITE", "\(path): \(error)", status: .cannotCreate)
        }
        do {
            try await runTool("pg_dump", ["--format=custom", "--no-password"], output: file)
            // A second name, unlike a new one, takes no other file's place, also where that came since.
            guard fsync(file.rawValue) == 0, (overwriting ? rename(temporary, path) : link(temporary, path)) == 0 else {
                if !overwriting && errno == EEXIST { throw Failure(.backupExists(path: path), status: .cannotCreate) }
                throw Failure(code: "CANNOT_WRITE", "\(path): \(String(cString: strerror(errno)))", status: .cannotCreate)
            }
            if !overwriting { unlink(temporary) }
            try file.close()
        } catch {
            try? file.close()
            unlink(temporary)
            throw error
        }
    }

    /// Fills an empty database from a backup, in one transaction. A database with anything in it is refused.
    func restore(from path: String) async throws {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
        } catch {
            throw Failure(.backupUnreadable(path: path, reason: "\(error)"), status: .noInput)
        }
        defer { try? file.close() }
        let administrator: ConnectionConfiguration
        if let url = options.url {
            administrator = try ConnectionConfiguration(url: url)
            try await withConnection(administrator) { try await Provisioning.makeRoles($0) }
        } else {
            try await prepareEmbedded(migrating: false)
            administrator = cluster.configuration(user: EmbeddedCluster.superuser, database: Provisioning.databaseName)
        }
        try await withConnection(administrator) { connection in
            let tables = try await Provisioning.tableCount(connection)
            if tables > 0 {
                throw Failure(.restoreNotEmpty(tables: Int(tables)), status: .data)
            }
        }
        try await runTool("pg_restore", ["--exit-on-error", "--single-transaction", "--no-password"], input: file, restoring: true)
    }

    private func runTool(
        _ tool: String, _ arguments: [String], input: FileDescriptor? = nil, output: FileDescriptor? = nil, restoring: Bool = false
    ) async throws {
        guard let url = options.url else {
            // pg_restore only restores into the database it is told of; pg_dump takes the one it connects to.
            try await cluster.run(
                tool: tool, arguments: arguments + ["--dbname", Provisioning.databaseName], input: input, output: output)
            return
        }
        // The password travels in the environment, never in the arguments that every user of the machine can read.
        let parameters = try ConnectionConfiguration(url: url).parameters
        let names = [
            "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE", "sslmode": "PGSSLMODE",
        ]
        var environment: [Environment.Key: String?] = [:]
        for (parameter, name) in names { if let value = parameters[parameter] { environment[.init(stringLiteral: name)] = value } }
        let nothing = try FileDescriptor.open("/dev/null", .readWrite)
        defer { try? nothing.close() }
        let result = try await run(
            .name(tool), arguments: .init(arguments + (restoring ? ["--dbname", parameters["dbname"] ?? ""] : [])),
            environment: .inherit.updating(environment),
            input: .fileDescriptor(input ?? nothing, closeAfterSpawningProcess: false),
            output: .fileDescriptor(output ?? nothing, closeAfterSpawningProcess: false), error: .string(limit: 65_536))
        guard result.terminationStatus.isSuccess else {
            throw Failure(code: "TOOL_FAILED", "\(tool): \(result.standardError)", status: .data)
        }
    }
}

extension DatabaseAccess {
    /// What an error of the database or its server means to the person at the terminal; nothing for errors of other kinds.
    static func failure(of error: any Error) -> Failure? {
        switch error {
        case EmbeddedPostgresError.toolFailed(let tool, _, let output): Failure(code: "TOOL_FAILED", "\(tool): \(output)", status: .data)
        case let error as EmbeddedPostgresError: Failure(code: "EMBEDDED_POSTGRES", error.description, status: .unavailable)
        case MigrationError.newerDatabase(let database, let program):
            Failure(.databaseNewer(database: database, program: program), status: .configuration)
        case MigrationError.changedChecksum(let number, let name): Failure(.migrationChanged("\(number) \(name)"), status: .configuration)
        case let error as MigrationError: Failure(code: "MIGRATION", "\(error)", status: .configuration)
        case PostgresError.timeout(let what): Failure(.waitedTooLong(for: what), status: .tryAgain)
        case PostgresError.poolExhausted: Failure(.noConnectionFree, status: .tryAgain)
        case PostgresError.connectionFailed(let reason): Failure(code: "DATABASE_UNAVAILABLE", reason, status: .unavailable)
        case PostgresError.connectionLost(let reason), PostgresError.commitOutcomeUnknown(let reason):
            Failure(.databaseLost(reason: reason), status: .unavailable)
        case PostgresError.invalidConfiguration(let reason): Failure(code: "DATABASE_URL", reason, status: .configuration)
        case PostgresError.server(let error) where error.constraint == "statements_unlogged":
            Failure(.statementsLogged, status: .noPermission)
        case PostgresError.server(let error) where error.sqlState == "42501":
            Failure(code: "NO_PERMISSION", error.description, status: .noPermission)
        case let error as PostgresError: Failure(code: "DATABASE", error.description, status: .software)
        case let error as Errno: Failure(code: "CANNOT_WRITE", "\(error)", status: .cannotCreate)
        default: nil
        }
    }
}

extension ConnectionConfiguration {
    /// A connection for requests. Their statements are few and always the same, so one plan serves all values of each, and none is worth compiling; none
    /// may run long.
    ///
    /// - Parameter reading: nothing is written on it, whatever is asked.
    fileprivate func serving(as role: String, reading: Bool) -> ConnectionConfiguration {
        var configuration = acting(as: role)
        let more = "-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=8000 -c idle_in_transaction_session_timeout=10000"
        let readOnly = reading ? "-c default_transaction_read_only=on" : nil
        configuration.parameters["options"] = [configuration.parameters["options"], more, readOnly].compactMap { $0 }.joined(separator: " ")
        return configuration
    }

    /// The same connection in another role from its first statement on. Resetting the role leads back to this one, not to the user.
    fileprivate func acting(as role: String) -> ConnectionConfiguration {
        var configuration = self
        configuration.parameters["options"] = [parameters["options"], "-c role=\(role)"].compactMap { $0 }.joined(separator: " ")
        return configuration
    }
}
