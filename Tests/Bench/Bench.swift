import ArgumentParser
import EmbeddedPostgres
import GeneratedAssociation
import Glibc
import Logging
import Postgres
import Registry
import TestSupport

/// `make bench`: posting of 100, 10,000 and 100,000 memberships by the release program, interleaved with a raw binary COPY of the very same
/// rows into bare tables, on one private cluster with its real settings (fsync on).
@main
struct Bench: AsyncParsableCommand {
    @Option(help: "Memberships; may be repeated.") var members: [Int] = [100, 10_000, 100_000]
    @Option(help: "Interleaved rounds for each size.") var rounds = 3
    @Option(help: "The release program.") var program = ".build/release/os2medlem"
    @Option(help: "A word for the machine.") var machine = "unnamed"
    @Option(help: "The commit measured.") var commit = "unknown"

    func run() async throws {
        print("machine = \(machine), commit = \(commit)")
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: logger)
        let administrator = try await cluster.start()
        var programCPU: [Int: Double] = [:]
        for size in members {
            let figures = try await measure(size, cluster, administrator, logger)
            programCPU[size] = figures.cpu
            let name = "post.memberships.\(size)"
            print("\(name).rate = \(Int(Double(size) / figures.wall)) invoices/s")
            print("\(name).cpu = \(rounded(figures.cpu / Double(size) * 1_000_000)) us/invoice")
            print("\(name).ratio_to_raw_copy = \(rounded(figures.copy / figures.wall)) x")
            print("\(name).second_run_share = \(rounded(figures.second / figures.wall)) x")
            print("\(name).peak_memory = \(rounded(figures.peak)) MiB")
        }
        for size in members {
            guard let small = programCPU[size], let large = programCPU[size * 10] else { continue }
            print("post.memberships.growth.\(size)_to_\(size * 10) = \(rounded(large / small)) x")
        }
        try await cluster.stop()
    }

    /// Medians over the rounds: wall seconds of the posting, of the raw copy and of the empty second run; CPU seconds of program and server
    /// together for the posting; the program's highest memory in MiB.
    private func measure(
        _ size: Int, _ cluster: EmbeddedCluster, _ administrator: ConnectionConfiguration, _ logger: Logger
    ) async throws -> (wall: Double, copy: Double, second: Double, cpu: Double, peak: Double) {
        let template = "generated_\(size)"
        let admin = try await Connection.open(administrator, logger: logger)
        try await admin.run(script: "CREATE DATABASE \(template) TEMPLATE template0")
        var database = administrator
        database.parameters["dbname"] = template
        let filling = try await Connection.open(database, logger: logger)
        try await Provisioning.makeRoles(filling)
        try await filling.run(script: "SET ROLE migrator")
        _ = try await Provisioning.migrate(filling)
        try await filling.run(script: "RESET ROLE")
        try await GeneratedAssociation.fill(filling, members: size)
        await filling.close()

        var walls: [Double] = []
        var copies: [Double] = []
        var seconds: [Double] = []
        var cpus: [Double] = []
        var peak = 0.0
        for round in 1...max(rounds, 1) {
            let name = "\(template)_\(round)"
            try await admin.run(script: "CREATE DATABASE \(name) TEMPLATE \(template)")
            try await admin.run(script: "CHECKPOINT")
            database.parameters["dbname"] = name
            let connection = try await Connection.open(database, logger: logger)
            let socket = administrator.parameters["host"] ?? ""
            let port = administrator.parameters["port"] ?? "5432"
            let url = "postgresql://postgres@/\(name)?host=\(socket)&port=\(port)"
            let arguments = ["invoice", "run", "--year", "2027", "--today", "2027-01-10", "--as", "bench", "--database", url]

            let serverBefore = try ServerCPU.seconds(try await cluster.status())
            let first = try Child.run(program, arguments)
            let server = try ServerCPU.seconds(try await cluster.status()) - serverBefore
            walls.append(first.wall)
            cpus.append(first.cpu + server)
            peak = max(peak, first.peakMiB)
            let posted = try await connection.only("SELECT count(*) FROM document", as: Int64.self)
            guard posted == Int64(size) else { throw ValidationError("\(posted) documents for \(size) members") }

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
        return (median(walls), median(copies), median(seconds), median(cpus), peak)
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
