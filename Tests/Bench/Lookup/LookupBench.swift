import ArgumentParser
import Domain
import EmbeddedPostgres
import Foundation
import GeneratedAssociation
import Logging
import Postgres
import Registry
import TestSupport

/// `GET` of an organisation's groups with contact persons: authenticated, under row-level security, over real HTTP; beside pgbench running the very same
/// statements in the very same pipeline, and beside a Hummingbird answer of the same size that asks nobody.
struct LookupBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "lookup")
    @Option(help: "Organisations, ten seats each.") var organisations = 100_000
    @Option(help: "Interleaved rounds.") var rounds = 7
    @Option(help: "Seconds of each measurement.") var seconds = 4
    @Option(help: "Connections of wrk.") var connections = 64
    @Option(help: "Clients of pgbench.") var clients = 4
    @Option(help: "Seconds of the last, long measurement, which looks at memory. 0 leaves it out.") var soak = 0
    @Option(help: "The release program.") var program = ".build/release/os2medlem"
    @Option(help: "A word for the machine.") var machine = "unnamed"
    @Option(help: "The commit measured.") var commit = "unknown"

    private static let tokens = 10_000

    func run() async throws {
        print("machine = \(machine), commit = \(commit)")
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let folder = ThrowawayFolder.make()
        let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: logger)
        let measurement = Measurement(
            program: program, rounds: rounds, cluster: cluster, administrator: try await cluster.start(), logger: logger)
        let admin = try await Connection.open(measurement.administrator, logger: logger)
        let (organisations, tokens) = (organisations, Self.tokens)
        let database = try await measurement.makeTemplate("lookup", admin) {
            try await GeneratedAssociation.fillGroups($0, organisations: organisations, tokens: tokens)
        }
        let holders = try await admin.holders(in: database, logger: logger)
        let script = try Load.writeWrkScript(holders, folder: folder)
        let pgbench = try Load.writePgbenchScript(folder: folder)
        guard case .running(let postmaster, _) = try await cluster.status() else { throw ValidationError("the server is not running") }

        let port = 18_080
        let served = try Background(
            program,
            [
                "serve", "--database", measurement.url(of: "lookup", as: "app"), "--port", "\(port)", "--admin-port", "\(port + 1)",
                "--unlimited",
            ])
        defer { served.stop() }
        let answer = try await Load.firstAnswer(port: port, holders)
        let fixed = try Background(
            CommandLine.arguments[0], ["static", "--port", "\(port + 2)", "--bytes", "\(answer.count)"])
        defer { fixed.stop() }
        print("lookup.answer = \(answer.count) bytes")
        let urls = (lookup: "http://127.0.0.1:\(port)", fixed: "http://127.0.0.1:\(port + 2)/")
        _ = try Load.wrk(urls.lookup, script: script, connections: connections, seconds: 2)
        let warm = try Load.pgbench(pgbench, database, clients: clients, count: 1000)
        let count = Int(warm.rate) * seconds

        var (http, direct, plain): ([Figures], [Figures], [Figures]) = ([], [], [])
        for _ in 0..<max(rounds, 1) {
            http.append(
                try CPUTime.measure([served.process], postmaster) {
                    try Load.wrk(urls.lookup, script: script, connections: connections, seconds: seconds)
                })
            direct.append(
                try CPUTime.measure([], postmaster) { try Load.pgbench(pgbench, database, clients: clients, count: count) })
            plain.append(
                try CPUTime.measure([fixed.process], postmaster) {
                    try Load.wrk(urls.fixed, script: nil, connections: connections, seconds: seconds)
                })
        }
        report(http, direct, plain)
        print("lookup.rss = \(rounded(try CPUTime.residentMiB(served.process))) MiB (\(connections) connections)")
        let (alone, beside) = try besideSlowSenders(port, urls.lookup, script)
        print("lookup.beside_300_slow_senders = \(rounded(beside / alone)) x of the rate without them")
        // What is promised to everybody is no figure to look at only. A server that answers one after the other falls far below.
        guard beside / alone >= 0.8 else { throw ValidationError("300 slow senders leave less than 0.8 of the rate") }
        if soak > 0 { try await soakReport(served, urls.lookup, script) }
        served.stop()
        fixed.stop()
        try await admin.run(script: "DROP DATABASE lookup WITH (FORCE)")
        await admin.close()
        try await cluster.stop()
    }

    private func report(_ http: [Figures], _ direct: [Figures], _ plain: [Figures]) {
        func middle(_ figures: [Figures], _ value: (Figures) -> Double) -> Double { median(figures.map(value)) }
        let ratios = zip(http, direct).map { $0.rate / $1.rate }
        let costs = zip(http, direct).map { $0.cpu / $1.cpu }
        print("lookup.rate = \(Int(middle(http, \.rate))) lookups/s")
        print("lookup.pgbench.rate = \(Int(middle(direct, \.rate))) lookups/s")
        print("lookup.static.rate = \(Int(middle(plain, \.rate))) answers/s")
        print("lookup.ratio_to_pgbench = \(rounded(median(ratios))) x (\(ratios.map { String(rounded($0)) }.joined(separator: " ")))")
        print(
            "lookup.cpu = \(Int(middle(http, \.cpu) * 1e6)) us/lookup (server \(Int(middle(http, \.server) * 1e6)), database \(Int(middle(http, \.database) * 1e6)))"
        )
        print(
            "lookup.pgbench.cpu = \(Int(middle(direct, \.cpu) * 1e6)) us/lookup (pgbench \(Int(middle(direct, \.server) * 1e6)), database \(Int(middle(direct, \.database) * 1e6)))"
        )
        print("lookup.static.cpu = \(Int(middle(plain, \.cpu) * 1e6)) us/answer")
        print("lookup.cpu_ratio_to_pgbench = \(rounded(median(costs))) x")
        print("lookup.p50 = \(rounded(middle(http, \.p50) * 1000)) ms")
        print("lookup.p99 = \(rounded(middle(http, \.p99) * 1000)) ms")
        print("lookup.p99_to_p50 = \(rounded(median(http.map { $0.p99 / $0.p50 }))) x")
        print("lookup.errors = \(http.reduce(0) { $0 + $1.errors })")
    }

    /// The rate of others while three hundred connections dribble a header, a byte every tenth of a second; interleaved, medians.
    private func besideSlowSenders(_ port: Int, _ url: String, _ script: String) throws -> (alone: Double, beside: Double) {
        var (alone, beside): ([Double], [Double]) = ([], [])
        for _ in 0..<3 {
            alone.append(try Load.wrk(url, script: script, connections: 16, seconds: 2).rate)
            let dribble = Dribble(port: port, connections: 300)
            beside.append(try Load.wrk(url, script: script, connections: 16, seconds: 2).rate)
            dribble.stop()
        }
        return (median(alone), median(beside))
    }

    /// Memory every half minute under load.
    private func soakReport(_ served: Background, _ url: String, _ script: String) async throws {
        var sizes: [Double] = []
        for _ in 0..<max(soak / 30, 1) {
            _ = try Load.wrk(url, script: script, connections: connections, seconds: 30)
            sizes.append(try CPUTime.residentMiB(served.process))
        }
        print("lookup.soak.rss = \(sizes.map { String(rounded($0)) }.joined(separator: " ")) MiB")
        // The first half minute still fills caches. What leaks goes on growing.
        if let first = sizes.dropFirst().first, let most = sizes.max() {
            print("lookup.soak.growth = \(rounded(most / first)) x of the second half minute's, at the most")
        }
    }
}

/// Whose token belongs to which organisation.
struct Holder: Sendable, RowDecodable {
    let place: Int64
    let organisation: Int64

    static var columns: SQL { "substr(prefix, 6)::bigint, organisation_id" }

    init(row: inout Row) throws(DecodingFailure) {
        place = try row.next()
        organisation = try row.next()
    }
}

extension Connection {
    fileprivate func holders(in database: ConnectionConfiguration, logger: Logger) async throws -> [Holder] {
        let connection = try await Connection.open(database, logger: logger)
        let holders = try await connection.query("SELECT \(Holder.columns) FROM api_token ORDER BY id", as: Holder.self)
        await connection.close()
        return holders
    }
}
