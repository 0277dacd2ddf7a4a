import EmbeddedPostgres
import GeneratedAssociation
import Logging
import Postgres
import Registry
import TestSupport

/// One private cluster with its real settings, and associations to invoice in it: each round gets a fresh copy, under the name the program looks for.
struct Arena {
    let program: Program
    let members: Int
    let cluster: EmbeddedCluster
    private let logger: Logger

    static let database = "os2medlem"

    init(program path: String, members: Int) {
        var logger = Logger(label: "faults")
        logger.logLevel = .critical
        self.logger = logger
        self.members = members
        let state = ThrowawayFolder.make()
        program = Program(path: path, state: state)
        cluster = EmbeddedCluster(state: state, logger: logger)
    }

    /// Makes the templates: the dues of generated members, and as many joining agreements on products; and both after a posting, with facts changed since.
    func prepare() async throws {
        let (members, organisations) = (members, organisations)
        try await makeTemplate(of: .dues) { try await GeneratedAssociation.fill($0, members: members) }
        try await makeTemplate(of: .credits, after: .dues, "UPDATE dues_rate SET amount_minor = 2400000 WHERE year = 2027")
        try await makeTemplate(of: .products) { connection in
            try await GeneratedAssociation.fillProducts(connection, agreements: members, organisations: organisations)
            try await connection.run(script: GeneratedAssociation.priceChange)
        }
        try await makeTemplate(of: .corrections, after: .products, GeneratedAssociation.laterChanges)
    }

    /// Enough that everyone takes part in several products.
    var organisations: Int { GeneratedAssociation.organisations(for: members * 3) }

    private func makeTemplate(of association: Association, _ fill: (Connection) async throws -> Void) async throws {
        let name = "template_\(association.rawValue)"
        try await onServer { try await $0.run(script: "CREATE DATABASE \(name) TEMPLATE template0") }
        try await inDatabase(name) { connection in
            try await Provisioning.makeRoles(connection)
            try await connection.run(script: "SET ROLE migrator")
            _ = try await Provisioning.migrate(connection)
            try await connection.run(script: "RESET ROLE")
            try await fill(connection)
        }
    }

    /// An association after a posting, with some facts changed: not through an import, so that the templates differ in these facts only.
    private func makeTemplate(of association: Association, after earlier: Association, _ changes: String) async throws {
        try await renew(from: earlier)
        let posted = try await program.run(Program.invoiceRun)
        guard posted.succeeded else { throw Violation("an undisturbed run failed: \(posted.errors)") }
        try await inDatabase(Arena.database) { connection in
            try await connection.run(script: "BEGIN; SET LOCAL session_replication_role = replica; \(changes); COMMIT")
        }
        try await onServer { try await $0.run(script: "ALTER DATABASE os2medlem RENAME TO template_\(association.rawValue)") }
    }

    /// A database as if nothing had ever been disturbed. `sabotage` is run in it by the superuser.
    func renew(from association: Association, sabotage: String? = nil) async throws {
        try await onServer { connection in
            try await connection.run(script: "DROP DATABASE IF EXISTS os2medlem WITH (FORCE)")
            try await connection.run(script: "CREATE DATABASE os2medlem TEMPLATE template_\(association.rawValue) OWNER migrator")
        }
        if let sabotage { try await inDatabase { try await $0.run(script: sabotage) } }
    }

    /// As the superuser, in the database the program works on.
    func inDatabase<Value: Sendable>(
        _ name: String = Arena.database, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        let connection = try await connect(to: name)
        do {
            let value = try await body(connection)
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    func connect(to name: String = Arena.database) async throws -> Connection {
        var configuration = try await cluster.start()
        configuration.parameters["dbname"] = name
        return try await Connection.open(configuration, logger: logger)
    }

    private func onServer(_ body: (Connection) async throws -> Void) async throws { try await inDatabase("postgres", body) }

    func close() async throws { try await cluster.stop() }
}
