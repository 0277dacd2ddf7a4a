import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import Postgres

/// A cancelled statement's cancel request never hits the statement after it.
@Suite struct StaleCancelTests {
    private static let seed = UInt64.random(in: 0...9_999_999_999)

    /// What one pair of a statement to be cancelled and a statement after it came to.
    private enum Outcome { case ended, cancelled }

    @Test func neverInThePool() async throws {
        var configuration = try await serverConfiguration()
        let name = "stale cancel \(Self.seed)"
        configuration.parameters["application_name"] = name
        let pool = Pool(configuration, maximumConnections: 4, acquireDeadline: .seconds(600), logger: quiet)
        let most = Counter()
        let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
            for part in 0..<4 {
                group.addTask {
                    var random = SeededGenerator(seed: Self.seed &+ UInt64(part))
                    var outcomes: [Outcome] = []
                    for number in 0..<250 {
                        outcomes.append(try await Self.pair(number, in: pool, &random))
                        #expect(pool.connectionCount <= 4)
                        if number.isMultiple(of: 25) { most.reach(try await Self.backends(named: name)) }
                    }
                    return outcomes
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        // Some cancels came in time and some did not, or this shows nothing.
        #expect(outcomes.count == 1000 && outcomes.count(where: { $0 == .cancelled }) > 100, "seed \(Self.seed)")
        #expect(outcomes.contains(.ended), "seed \(Self.seed)")
        // A server process ends a moment after its connection, so there are more of them than connections, but not many.
        #expect(most.value <= 20, "seed \(Self.seed)")
        await pool.close()
        #expect(try await eventually { try await Self.backends(named: name) == 0 }, "a server process was left behind")
    }

    private static func pair(_ number: Int, in pool: Pool, _ random: inout SeededGenerator) async throws -> Outcome {
        // Half of the sleeps end by themselves at about the time of the cancel, the others only by it.
        let seconds = Bool.random(using: &random) ? Double.random(in: 0...0.004, using: &random) : 600
        let delay = Duration.microseconds(Int.random(in: 0...4000, using: &random))
        let sleeping = Task { try await pool.withConnection { try await $0.execute("SELECT pg_sleep(\(seconds))") } }
        try await Task.sleep(for: delay)
        sleeping.cancel()
        let outcome: Outcome
        do {
            _ = try await sleeping.value
            outcome = .ended
        } catch is CancellationError {
            outcome = .cancelled
        }
        let answer = try await pool.withConnection { try await $0.only("SELECT \(number) FROM pg_sleep(0.0005)", as: Int.self) }
        #expect(answer == number, "seed \(Self.seed)")
        return outcome
    }

    /// The server itself counts, so what the client believes does not matter.
    private static func backends(named name: String) async throws -> Int {
        try await withConnection {
            try await $0.only("SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)", as: Int.self)
        }
    }

    /// The control: the same pairs, but the cancel request is not waited for and the connection is used again. It does hit the next
    /// statement, and this suite would see it.
    @Test func butWhereTheConnectionIsKept() async throws {
        try await withConnection { connection in
            var random = SeededGenerator(seed: Self.seed)
            for number in 0..<10_000 {
                let delay = Int.random(in: 0...2000, using: &random)
                do {
                    try await connection.sleepCancelledAndKept(for: 0.001, cancelAfter: .microseconds(delay))
                } catch PostgresError.server(let refusal) where refusal.sqlState == "57014" {}
                let stale = try await postgresError { try await connection.only("SELECT \(number) FROM pg_sleep(0.0005)", as: Int.self) }
                if stale?.serverError?.sqlState == "57014" { return }
            }
            Issue.record("no cancel hit the next statement, seed \(Self.seed)")
        }
    }
}

extension Connection {
    /// What the module never does.
    fileprivate func sleepCancelledAndKept(for seconds: Double, cancelAfter delay: DispatchTimeInterval) throws {
        let handle = Mutex(CancelHandle(try session.connected()))
        DispatchQueue.global().asyncAfter(deadline: .now() + delay) { handle.withLock { $0?.cancel() } }
        _ = try run("SELECT pg_sleep(\(seconds))", in: nil)
    }
}
