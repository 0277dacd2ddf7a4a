import EmbeddedPostgres
import Postgres
import Testing

/// A pool outlives its server: while that is away every caller is told so soon, and afterwards all is as before, by itself.
@Suite struct RecoveryTests {
    enum Outage: CaseIterable { case stopped, stoppedAtOnce, killed }

    /// How a call may end while the server goes, and while it is away.
    private static let whileGoing: Set<PostgresError.Kind> = [.connectionLost, .commitOutcomeUnknown, .connectionFailed, .poolExhausted]
    private static let whileAway: Set<PostgresError.Kind> = [.connectionFailed, .poolExhausted]

    /// What eight tasks get that ask `count` times each; nil for the right answer.
    private static func outcomes(_ count: Int, in pool: Pool) async throws -> [PostgresError.Kind?] {
        try await withThrowingTaskGroup(of: [PostgresError.Kind?].self) { group in
            for task in 0..<8 {
                group.addTask {
                    var outcomes: [PostgresError.Kind?] = []
                    for number in 0..<count { outcomes.append(try await Self.outcome(of: task * count + number, in: pool)) }
                    return outcomes
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    private static func outcome(of number: Int, in pool: Pool) async throws -> PostgresError.Kind? {
        let start = ContinuousClock.now
        let error = try await postgresError {
            let question: SQL = "SELECT \(number)"
            if number.isMultiple(of: 2) {
                let answer = try await pool.pipeline(Statement.only(question, as: Int.self))
                #expect(answer == number)
            } else {
                let answer = try await pool.transaction { try await $0.only(question, as: Int.self) }
                #expect(answer == number)
            }
        }
        // Twice the pool's patience: the machine may be busy with something else.
        #expect(ContinuousClock.now - start < .seconds(40))
        return error?.kind
    }

    @Test(arguments: Outage.allCases) func byItself(_ outage: Outage) async throws {
        let cluster = PrivateCluster()
        let pool = Pool(try await cluster.start(), maximumConnections: 4, acquireDeadline: .seconds(20), logger: quiet)
        #expect(try await Self.outcomes(20, in: pool).allSatisfy { $0 == nil })

        async let going = Self.outcomes(300, in: pool)
        switch outage {
        case .stopped: try await cluster.stop()
        case .stoppedAtOnce: try await cluster.stop(.immediate)
        case .killed: try await cluster.killPostmaster()
        }
        for case let error? in try await going { #expect(Self.whileGoing.contains(error), "\(error)") }
        if outage == .killed {
            // What the server leaves behind answers for a moment longer.
            #expect(try await eventually { try await Self.outcome(of: 0, in: pool) != nil })
        }
        for error in try await Self.outcomes(20, in: pool) {
            #expect(error.map(Self.whileAway.contains) == true, "\(error as Any)")
        }
        #expect(pool.connectionCount <= 4)

        // Not after a while: whoever comes first gets an answer.
        try await cluster.start()
        #expect(try await Self.outcomes(50, in: pool).allSatisfy { $0 == nil })
        await pool.close()
        try await cluster.stop(.immediate)
    }

    /// All connections lay idle when the server went and came back: nobody notices.
    @Test func unnoticedByWhoWasNotThere() async throws {
        let cluster = PrivateCluster()
        let pool = Pool(try await cluster.start(), maximumConnections: 4, acquireDeadline: .seconds(60), logger: quiet)
        let gate = Gate(4)
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { try await pool.withConnection { _ in await gate.arrive() } } }
            try await group.waitForAll()
        }
        #expect(pool.connectionCount == 4)
        try await cluster.stop(.immediate)
        try await cluster.start()
        #expect(try await Self.outcomes(10, in: pool).allSatisfy { $0 == nil })
        #expect(pool.connectionCount <= 4)
        await pool.close()
        try await cluster.stop(.immediate)
    }

    /// A server that takes connections and says nothing.
    @Test func patienceEndsInSilence() async throws {
        let hole = try BlackHole()
        let pool = Pool(hole.configuration, maximumConnections: 2, acquireDeadline: .milliseconds(200), logger: quiet)
        for error in try await Self.outcomes(2, in: pool) { #expect(error == .poolExhausted) }
        #expect(pool.connectionCount == 2)
        withExtendedLifetime(hole) {}
    }
}
