import Logging
import Postgres
import ServiceLifecycle
import Synchronization
import Testing

@Suite struct PoolTests {
    private func pool(_ connections: Int, deadline: Duration = .seconds(60)) async throws -> Pool {
        Pool(try await serverConfiguration(), maximumConnections: connections, acquireDeadline: deadline, logger: quiet)
    }

    /// All connections can be had at the same time: none has leaked.
    private func isWhole(_ pool: Pool, _ connections: Int) async throws {
        let gate = Gate(connections)
        try await withThrowingTaskGroup { group in
            for _ in 0..<connections {
                group.addTask { try await pool.withConnection { _ async throws in await gate.arrive() } }
            }
            try await group.waitForAll()
        }
        #expect(pool.connectionCount == connections)
    }

    @Test func sharesFewConnectionsAmongMany() async throws {
        let pool = try await pool(3)
        let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.transaction { transaction async throws in
                        try await transaction.only("SELECT pg_backend_pid()", as: Int32.self)
                    }
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect((1...3).contains(pids.count))
        try await isWhole(pool, 3)
        await pool.close()
    }

    @Test func exhausted() async throws {
        let pool = try await pool(1, deadline: .milliseconds(20))
        // Opening the first connection may itself take longer than the deadline.
        while try await postgresError({ try await pool.withConnection { _ async throws in } }) == .poolExhausted {}
        try await pool.withConnection { _ async throws in
            let second = try await postgresError { try await pool.withConnection { _ async throws in } }
            #expect(second == .poolExhausted)
        }
        try await pool.withConnection { connection async throws in try await connection.execute("SELECT 1") }
        #expect(pool.connectionCount == 1)
        await pool.close()
    }

    /// A connection that is not let in is closed before anybody has it, whoever waits is told, and the next one is looked at afresh.
    @Test func onlyWhatIsLetInIsLent() async throws {
        let seen = Mutex<[Int32]>([])
        let pool = Pool(
            try await serverConfiguration(), maximumConnections: 1, acquireDeadline: .seconds(60),
            admitting: { connection in
                let process = try await connection.only("SELECT pg_backend_pid()", as: Int32.self)
                let isFirst = seen.withLock { seen in
                    seen.append(process)
                    return seen.count == 1
                }
                if isFirst { throw Planned() }
            }, logger: quiet)
        let refused = try await postgresError { try await pool.pipeline(Statement.execute("SELECT 1")) }
        #expect(refused?.kind == .connectionFailed && pool.connectionCount == 0)
        for _ in 0..<2 {
            let lent = try await pool.withConnection { try await $0.only("SELECT pg_backend_pid()", as: Int32.self) }
            #expect(seen.withLock { $0.count == 2 && $0.last == lent })
        }
        let first = seen.withLock { $0[0] }
        let isClosed = try await eventually {
            try await pool.withConnection {
                try await $0.only("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = \(first))", as: Bool.self)
            }
        }
        #expect(isClosed)
        await pool.close()
    }

    @Test func bodiesThatThrowLeakNothing() async throws {
        let pool = try await pool(2)
        for _ in 0..<10 {
            await #expect(throws: Planned.self) { try await pool.withConnection { _ async throws in throw Planned() } }
            await #expect(throws: Planned.self) {
                try await pool.transaction { transaction async throws in
                    try await transaction.execute("SELECT 1")
                    throw Planned()
                }
            }
        }
        // What leaves a transaction behind costs the connection, not the pool.
        let left = try await postgresError {
            try await pool.withConnection { connection async throws in try await connection.run(script: "BEGIN") }
        }
        #expect(left?.kind == .unusable)
        try await isWhole(pool, 2)
        await pool.close()
    }

    @Test func cancelledTasksLeakNothing() async throws {
        let pool = try await pool(1)
        try await pool.withConnection { _ async throws in
            let waiting = Task { try await pool.withConnection { _ async throws in } }
            let other = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pool.withConnection { _ async throws in }
            }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            await #expect(throws: CancellationError.self) { try await other.value }
        }
        let inside = Gate(2)
        let working = Task {
            try await pool.transaction { transaction async throws in
                try await transaction.execute("SELECT 1")
                await inside.arrive()
                while !Task.isCancelled { await Task.yield() }
                try Task.checkCancellation()
            }
        }
        await inside.arrive()
        working.cancel()
        await #expect(throws: CancellationError.self) { try await working.value }
        try await isWhole(pool, 1)
        await pool.close()
    }

    @Test func manyCancellationsAtOnce() async throws {
        let pool = try await pool(2)
        for _ in 0..<20 {
            await withTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask { _ = try? await pool.transaction { try await $0.execute("SELECT pg_sleep(0.001)") } }
                }
                group.cancelAll()
            }
        }
        try await isWhole(pool, 2)
        await pool.close()
    }

    @Test func closing() async throws {
        let pool = try await pool(2)
        let inside = Gate(2)
        let outside = Gate(2)
        let user = Task {
            try await pool.withConnection { connection async throws in
                await inside.arrive()
                await outside.arrive()
                return try await connection.only("SELECT 1", as: Int.self)
            }
        }
        await inside.arrive()
        let closing = Task { await pool.close() }
        while try await postgresError({ try await pool.withConnection { _ async throws in } }) == nil { await Task.yield() }
        #expect(try await postgresError { try await pool.withConnection { _ async throws in } } == .poolClosed)
        await outside.arrive()
        #expect(try await user.value == 1)
        await closing.value
        #expect(pool.connectionCount == 0)
        await pool.close()
    }

    @Test func runsAsAService() async throws {
        let pool = try await pool(2)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: pool)], logger: quiet))
        let running = Task { try await group.run() }
        try await pool.withConnection { connection async throws in try await connection.execute("SELECT 1") }
        await group.triggerGracefulShutdown()
        try await running.value
        #expect(pool.connectionCount == 0)
        #expect(try await postgresError { try await pool.withConnection { _ async throws in } } == .poolClosed)
    }
}
