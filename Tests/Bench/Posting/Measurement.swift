import ArgumentParser
import EmbeddedPostgres
import GeneratedAssociation
import Logging
import Postgres
import Registry

/// Posting of one generated association by the release program, interleaved with a raw copy of the very same rows.
struct Measurement {
    /// What is posted: one line for each membership, or the products' many lines for each organisation.
    enum Content {
        case memberships(Int)
        case agreements(Int)

        var name: String {
            switch self {
            case .memberships(let count): "memberships_\(count)"
            case .agreements(let count): "agreements_\(count)"
            }
        }

        var documents: Int {
            switch self {
            case .memberships(let count): count
            case .agreements(let count): GeneratedAssociation.organisations(for: count)
            }
        }

        var lines: Int {
            switch self {
            case .memberships(let count): count
            case .agreements(let count):
                GeneratedAssociation.lines(agreements: count, organisations: GeneratedAssociation.organisations(for: count))
            }
        }

        func fill(_ connection: Connection) async throws {
            switch self {
            case .memberships(let count): try await GeneratedAssociation.fill(connection, members: count)
            case .agreements(let count):
                try await GeneratedAssociation.fillProducts(
                    connection, agreements: count, organisations: GeneratedAssociation.organisations(for: count))
            }
        }
    }

    /// Medians over the rounds: wall seconds of the posting, of the raw copy and of the empty second run; CPU seconds of program and server
    /// together for the posting; the program's highest memory in MiB.
    struct Figures {
        let wall: Double
        let copy: Double
        let second: Double
        let cpu: Double
        let peak: Double
        /// A preview of the same, as a table of every line: wall seconds, and the program's highest memory in MiB.
        let preview: (wall: Double, peak: Double)
        /// The same as JSON, with every reason of every line.
        let json: (wall: Double, peak: Double)
    }

    let program: String
    let rounds: Int
    let cluster: EmbeddedCluster
    let administrator: ConnectionConfiguration
    let logger: Logger

    func run(_ content: Content) async throws -> Figures {
        let template = "generated_\(content.name)"
        let admin = try await Connection.open(administrator, logger: logger)
        var database = try await makeTemplate(template, admin) { try await content.fill($0) }

        var walls: [Double] = []
        var copies: [Double] = []
        var seconds: [Double] = []
        var cpus: [Double] = []
        var peak = 0.0
        var previews: (walls: [Double], peak: Double) = ([], 0)
        var json: (walls: [Double], peak: Double) = ([], 0)
        for round in 1...max(rounds, 1) {
            let name = "\(template)_\(round)"
            try await admin.run(script: "CREATE DATABASE \(name) TEMPLATE \(template)")
            try await admin.run(script: "CHECKPOINT")
            database.parameters["dbname"] = name
            let connection = try await Connection.open(database, logger: logger)
            let arguments = ["invoice", "run", "--year", "2027", "--today", "2027-01-10", "--as", "bench", "--database", url(of: name)]

            let preview = try Child.run(program, ["invoice", "preview"] + arguments.dropFirst(2))
            previews = (previews.walls + [preview.wall], max(previews.peak, preview.peakMiB))
            let whole = try Child.run(program, ["invoice", "preview", "--format", "json"] + arguments.dropFirst(2))
            json = (json.walls + [whole.wall], max(json.peak, whole.peakMiB))

            let serverBefore = try ServerCPU.seconds(try await cluster.status())
            let first = try Child.run(program, arguments)
            let server = try ServerCPU.seconds(try await cluster.status()) - serverBefore
            walls.append(first.wall)
            cpus.append(first.cpu + server)
            peak = max(peak, first.peakMiB)
            let posted = try await connection.only("SELECT count(*) FROM document", as: Int64.self)
            let lines = try await connection.only("SELECT count(*) FROM document_line", as: Int64.self)
            guard posted == Int64(content.documents), lines == Int64(content.lines) else {
                throw ValidationError(
                    "\(content.name): \(posted) documents with \(lines) lines, not \(content.documents) with \(content.lines)")
            }

            copies.append(try await RawCopy.measure(connection, cluster, database: name))

            let second = try Child.run(program, arguments)
            seconds.append(second.wall)
            guard try await connection.only("SELECT count(*) FROM document", as: Int64.self) == posted else {
                throw ValidationError("the second run posted something")
            }
            await connection.close()
            try await admin.run(script: "DROP DATABASE \(name)")
        }
        try await admin.run(script: "DROP DATABASE \(template)")
        await admin.close()
        return Figures(
            wall: median(walls), copy: median(copies), second: median(seconds), cpu: median(cpus), peak: peak,
            preview: (median(previews.walls), previews.peak), json: (median(json.walls), json.peak))
    }

    /// A migrated database with contents.
    func makeTemplate(
        _ name: String, _ admin: Connection, _ fill: (Connection) async throws -> Void
    ) async throws -> ConnectionConfiguration {
        try await admin.run(script: "CREATE DATABASE \(name) TEMPLATE template0")
        var database = administrator
        database.parameters["dbname"] = name
        let filling = try await Connection.open(database, logger: logger)
        try await Provisioning.makeRoles(filling)
        try await filling.run(script: "SET ROLE migrator")
        _ = try await Provisioning.migrate(filling)
        try await filling.run(script: "RESET ROLE")
        try await fill(filling)
        await filling.close()
        return database
    }

    func url(of database: String, as user: String = "postgres") -> String {
        let socket = administrator.parameters["host"] ?? ""
        let port = administrator.parameters["port"] ?? "5432"
        return "postgresql://\(user)@/\(database)?host=\(socket)&port=\(port)"
    }
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
