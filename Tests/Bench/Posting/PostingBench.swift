import ArgumentParser
import EmbeddedPostgres
import Logging
import TestSupport

/// `make bench`: posting of 100, 10,000 and 100,000 memberships and of 1,000, 10,000 and 100,000 joining agreements by the release program,
/// interleaved with a raw binary COPY of the very same rows into bare tables, on one private cluster with its real settings (fsync on).
struct PostingBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "posting")

    @Option(help: "Memberships; may be repeated. 0 leaves the dues out.") var members: [Int] = [100, 10_000, 100_000]
    @Option(help: "Joining agreements; may be repeated. 0 leaves the products out.") var agreements: [Int] = [1_000, 10_000, 100_000]
    @Option(help: "Interleaved rounds for each size.") var rounds = 3
    @Option(help: "The release program.") var program = ".build/release/os2medlem"
    @Option(help: "A word for the machine.") var machine = "unnamed"
    @Option(help: "The commit measured.") var commit = "unknown"

    func run() async throws {
        print("machine = \(machine), commit = \(commit)")
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let cluster = EmbeddedCluster(state: ThrowawayFolder.make(), logger: logger)
        let measurement = Measurement(
            program: program, rounds: rounds, cluster: cluster, administrator: try await cluster.start(), logger: logger)
        try await series("post.memberships", of: "invoice", members, measurement) { .memberships($0) }
        try await series("post.agreements", of: "line", agreements, measurement) { .agreements($0) }
        if agreements.contains(where: { $0 > 0 }) {
            let preview = try await RealSize.measure(measurement, rounds: rounds)
            print("preview.real.wall = \(rounded(preview.library)) s (through the library, on an open connection)")
            print("preview.real.command = \(rounded(preview.command)) s (the whole command)")
        }
        try await cluster.stop()
    }

    /// The figures of each size, and how CPU grows from one size to ten times as much.
    private func series(
        _ name: String, of unit: String, _ sizes: [Int], _ measurement: Measurement, _ content: (Int) -> Measurement.Content
    ) async throws {
        var cpu: [Int: Double] = [:]
        for size in sizes where size > 0 {
            let (content, name) = (content(size), "\(name).\(size)")
            let figures = try await measurement.run(content)
            cpu[size] = figures.cpu
            let count = Double(content.lines)
            print("\(name).rate = \(Int(count / figures.wall)) \(unit)s/s")
            print("\(name).cpu = \(rounded(figures.cpu / count * 1_000_000)) us/\(unit)")
            print("\(name).ratio_to_raw_copy = \(rounded(figures.copy / figures.wall)) x")
            print("\(name).second_run_share = \(rounded(figures.second / figures.wall)) x")
            print("\(name).peak_memory = \(rounded(figures.peak)) MiB")
            print("\(name).preview.rate = \(Int(count / figures.preview.wall)) \(unit)s/s")
            print("\(name).preview.peak_memory = \(rounded(figures.preview.peak)) MiB")
            print("\(name).preview.json.rate = \(Int(count / figures.json.wall)) \(unit)s/s")
            print("\(name).preview.json.peak_memory = \(rounded(figures.json.peak)) MiB")
        }
        for size in sizes {
            guard let small = cpu[size], let large = cpu[size * 10] else { continue }
            print("\(name).growth.\(size)_to_\(size * 10) = \(rounded(large / small)) x")
        }
    }
}
