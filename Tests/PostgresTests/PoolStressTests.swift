import Postgres
import TestSupport
import Testing

/// Twenty tasks share four connections while everything goes wrong that can: every answer is the right one for whoever asked.
@Suite struct PoolStressTests {
    /// What a request does besides asking for a number of its own.
    private enum Deed: CaseIterable {
        case ask, askInOneTrip, write, refused, bodyThrows, unread, cancelled, outOfTime, killed, leftOpen
    }

    /// How a request may end.
    private enum Outcome: Hashable { case answered, refused, threw, unread, cancelled, outOfTime, lost, unusable }

    @Test func everyAnswerIsTheRightOne() async throws {
        let seed = UInt64.random(in: 0...9_999_999_999)
        var configuration = try await freshDatabase()
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE written (number int8 PRIMARY KEY)") }
        configuration.parameters["application_name"] = "stress \(seed)"
        let pool = Pool(configuration, maximumConnections: 4, acquireDeadline: .seconds(600), logger: quiet)
        let (outcomes, written) = try await withThrowingTaskGroup(of: [(number: Int, Deed, Outcome)].self) { group in
            for task in 0..<20 {
                group.addTask {
                    var random = SeededGenerator(seed: seed &+ UInt64(task))
                    var outcomes: [(Int, Deed, Outcome)] = []
                    for request in 0..<200 {
                        let number = task * 1000 + request
                        let deed = Deed.allCases.randomElement(using: &random) ?? .ask
                        let outcome = try await Self.outcome(of: deed, number, in: pool, after: Int.random(in: 0...3000, using: &random))
                        #expect(pool.connectionCount <= 4, "seed \(seed)")
                        outcomes.append((number, deed, outcome))
                    }
                    return outcomes
                }
            }
            var counts: [Outcome: Int] = [:]
            var written: Set<Int> = []
            for try await outcomes in group {
                for (number, deed, outcome) in outcomes {
                    counts[outcome, default: 0] += 1
                    if deed == .write, outcome == .answered { written.insert(number) }
                }
            }
            return (counts, written)
        }
        #expect(outcomes.values.reduce(0, +) == 4000)
        for outcome in [Outcome.answered, .refused, .threw, .unread, .cancelled, .outOfTime, .lost, .unusable] {
            #expect(outcomes[outcome, default: 0] > 10, "\(outcome) hardly ever happened, seed \(seed)")
        }
        // Reported as written is written, and nothing else: who was cancelled, refused or killed left nothing.
        let there = try await pool.withConnection { try await $0.query("SELECT number FROM written", as: Int.self) }
        #expect(Set(there) == written, "seed \(seed)")
        await pool.close()
        #expect(
            try await eventually {
                try await withConnection {
                    try await $0.only(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = \("stress \(seed)")", as: Int.self) == 0
                }
            }, "a server process was left behind, seed \(seed)")
    }

    private static func outcome(of deed: Deed, _ number: Int, in pool: Pool, after microseconds: Int) async throws -> Outcome {
        do {
            let answer: Int
            switch deed {
            case .cancelled:
                let task = Task { try await Self.answer(of: .write, number, in: pool) }
                try await Task.sleep(for: .microseconds(microseconds))
                task.cancel()
                answer = try await task.value
                // It came through in spite of it, so it must be taken back for the count to be right.
                try await pool.transaction { try await $0.execute("DELETE FROM written WHERE number = \(number)") }
            case .outOfTime:
                answer = try await withDeadline(.microseconds(microseconds)) { try await Self.answer(of: .outOfTime, number, in: pool) }
            default: answer = try await Self.answer(of: deed, number, in: pool)
            }
            #expect(answer == number, "\(deed)")
            return .answered
        } catch is Planned {
            return .threw
        } catch is CancellationError {
            return .cancelled
        } catch let error as PostgresError {
            switch error {
            case .server(let refusal) where refusal.sqlState == "22012": return .refused
            case .decoding: return .unread
            case .timeout: return .outOfTime
            case .connectionLost: return .lost
            case .unusable: return .unusable
            default: throw error
            }
        }
    }

    private static func answer(of deed: Deed, _ number: Int, in pool: Pool) async throws -> Int {
        switch deed {
        case .ask, .cancelled: try await pool.withConnection { try await $0.only("SELECT \(number)", as: Int.self) }
        case .askInOneTrip:
            try await pool.pipeline(
                Statement.execute("SELECT set_config('stress.number', \("\(number)"), true)"),
                Statement.only("SELECT current_setting('stress.number')::int8", as: Int.self)
            ).1
        case .write:
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO written VALUES (\(number))")
                return try await transaction.only("SELECT number FROM written WHERE number = \(number)", as: Int.self)
            }
        case .refused:
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO written VALUES (\(number))")
                return try await transaction.only("SELECT \(number) / 0", as: Int.self)
            }
        case .bodyThrows:
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO written VALUES (\(number))")
                throw Planned()
            }
        case .unread: try await pool.pipeline(Statement.only("SELECT \("text")", as: Int.self))
        case .outOfTime:
            try await pool.transaction { transaction in
                try await transaction.execute("SELECT pg_sleep(0.002)")
                return try await transaction.only("SELECT \(number)", as: Int.self)
            }
        case .killed:
            try await pool.transaction { transaction in
                try await transaction.execute("INSERT INTO written VALUES (\(number))")
                return try await transaction.only("SELECT \(number) FROM pg_terminate_backend(pg_backend_pid())", as: Int.self)
            }
        case .leftOpen:
            try await pool.withConnection { connection in
                try await connection.run(script: "BEGIN; INSERT INTO written VALUES (\(number))")
                return number
            }
        }
    }
}
