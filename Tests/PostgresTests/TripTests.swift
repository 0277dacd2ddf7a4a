import Postgres
import Testing

/// Pipelines of many callers on few connections: each has its own answer, and none suffers from another.
@Suite struct TripTests {
    private static func pool(
        _ configuration: ConnectionConfiguration, connections: Int = 2, sharing: Int = 2, patience: Duration = .seconds(600)
    ) -> Pool {
        Pool(configuration, maximumConnections: connections, sharedConnections: sharing, acquireDeadline: patience, logger: quiet)
    }

    /// Every third fails, each in its own way; the others never notice, and of those that failed nothing stays.
    @Test func noneSuffersFromAnother() async throws {
        let configuration = try await freshDatabase()
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE written (number int8 PRIMARY KEY)") }
        let pool = Self.pool(configuration)
        let pids = try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 0..<600 {
                group.addTask {
                    let divisor = number.isMultiple(of: 3) ? 0 : 1
                    var pid: Int32 = 0
                    let error = try await postgresError {
                        let (_, written, before, answer, process) = try await pool.pipeline(
                            Statement.execute("SELECT set_config('trip.number', \("\(number)"), true)"),
                            Statement.execute("INSERT INTO written VALUES (\(number))"),
                            Statement.only("SELECT current_setting('trip.number')", as: String.self),
                            Statement.only("SELECT \(number) / \(divisor)", as: Int.self),
                            Statement.only("SELECT pg_backend_pid()", as: Int32.self))
                        #expect(written == 1 && before == "\(number)" && answer == number)
                        pid = process
                    }
                    #expect(error?.serverError?.sqlState == (divisor == 0 ? "22012" : nil))
                    return pid
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        let there = try await pool.pipeline(Statement.query("SELECT number FROM written ORDER BY number", as: Int.self))
        #expect(there == (0..<600).filter { !$0.isMultiple(of: 3) })
        // Two processes, and the zero of those that failed.
        #expect(pids.count <= 3 && pool.connectionCount <= 2)
        await pool.close()
    }

    /// Whoever goes leaves the others' answers alone; a statement that nobody waits for is stopped on the server.
    @Test func whoGoesLeavesOthersAlone() async throws {
        var configuration = try await freshDatabase()
        configuration.parameters["application_name"] = "gone"
        let pool = Self.pool(configuration, connections: 1, sharing: 1)
        // It runs until it is let go, however busy the machine.
        try await withConnection(configuration) { holder in
            try await holder.execute("SELECT pg_advisory_lock(1)")
            let first = Task { try await pool.pipeline(Statement.execute("SELECT 'first' FROM pg_advisory_xact_lock(1)")) }
            #expect(try await eventually { try await Self.isRunning("first") })
            let behind = Task { try await pool.pipeline(Statement.only("SELECT 'behind' FROM pg_sleep(0.1)", as: String.self)) }
            try await Task.sleep(for: .milliseconds(100))
            first.cancel()
            await #expect(throws: CancellationError.self) { _ = try await first.value }
            try await holder.execute("SELECT pg_advisory_unlock(1)")
            #expect(try await behind.value == "behind")
        }
        // Alone, and for ten minutes.
        let alone = Task { try await pool.pipeline(Statement.execute("SELECT 'alone' FROM pg_sleep(600)")) }
        #expect(try await eventually { try await Self.isRunning("alone") })
        alone.cancel()
        await #expect(throws: CancellationError.self) { _ = try await alone.value }
        #expect(try await eventually { try await !Self.isRunning("alone") })
        #expect(try await pool.pipeline(Statement.only("SELECT 1", as: Int.self)) == 1)
        // Before it was known, too.
        let never = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await pool.pipeline(Statement.execute("SELECT 'never' FROM pg_sleep(600)"))
        }
        await #expect(throws: CancellationError.self) { try await never.value }
        await pool.close()
    }

    private static func isRunning(_ word: String) async throws -> Bool {
        try await withConnection {
            try await $0.only(
                """
                SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'gone' AND state = 'active'
                    AND query LIKE \("SELECT '\(word)'%"))
                """, as: Bool.self)
        }
    }

    /// A connection that breaks takes with it what is under way on it, and nothing else.
    @Test func aBrokenConnectionTakesWhatIsUnderWay() async throws {
        let pool = Self.pool(try await freshDatabase(), connections: 1, sharing: 1)
        let lost = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let error = try await postgresError {
                        let answer = try await pool.pipeline(
                            Statement.only(
                                "SELECT \(number) FROM (SELECT CASE WHEN \(number) = 20 THEN pg_terminate_backend(pg_backend_pid()) END) AS killed",
                                as: Int.self))
                        #expect(answer == number)
                    }
                    #expect(error == nil || error?.kind == .connectionLost)
                    return error != nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(lost >= 1 && lost <= 16)
        await pool.close()
    }

    /// Whoever wants a connection of their own gets one, though there is just one and it never rests.
    @Test func transactionsGetTheirTurn() async throws {
        let pool = Self.pool(try await freshDatabase(), connections: 1, sharing: 1)
        let asking = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<40 {
                    group.addTask { while !Task.isCancelled { _ = try await pool.pipeline(Statement.execute("SELECT 1")) } }
                }
                try await group.waitForAll()
            }
        }
        for number in 0..<20 {
            let answer = try await pool.transaction { try await $0.only("SELECT \(number)", as: Int.self) }
            #expect(answer == number)
        }
        asking.cancel()
        _ = try? await asking.value
        await pool.close()
    }

    /// Whoever does not wait at all gets what lies idle, every time, and otherwise nothing: how fast the tasks of the pool are run decides neither.
    @Test func aDeadlineOfZeroTakesWhatLiesIdle() async throws {
        let pool = Pool(
            try await freshDatabase(), maximumConnections: 1, sharedConnections: 1, acquireDeadline: .zero, logger: quiet)
        let none = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
        #expect(none?.kind == .poolExhausted)
        // The connection that was begun for it lies idle in the end.
        #expect(try await eventually { try await postgresError { try await pool.withConnection { _ in } } == nil })
        for number in 0..<2_000 {
            #expect(try await pool.pipeline(Statement.only("SELECT \(number)", as: Int.self)) == number)
        }
        // Once the last one has given it back.
        let isHeld = try await eventually {
            try await postgresError {
                try await pool.withConnection { _ in
                    let busy = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
                    #expect(busy?.kind == .poolExhausted)
                }
            } == nil
        }
        #expect(isHeld)
        await pool.close()
    }

    /// What a table's change makes stale is prepared anew for everybody under way, once.
    @Test func preparesAnewForAll() async throws {
        let configuration = try await freshDatabase()
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE item (id int8); INSERT INTO item VALUES (1)") }
        let pool = Self.pool(configuration, connections: 1, sharing: 1)
        @Sendable func askTogether() async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        let (_, ids) = try await pool.pipeline(
                            Statement.execute("SELECT set_config('trip.number', '1', true)"),
                            Statement.query("SELECT * FROM item", as: Int.self))
                        #expect(ids == [1])
                    }
                }
                try await group.waitForAll()
            }
            // Those two and the one that counts: nobody prepared anew what another had prepared anew.
            let names = try await pool.pipeline(Statement.only("SELECT count(*) FROM pg_prepared_statements", as: Int.self))
            #expect(names == 3)
        }
        for type in ["int4", "int8", "int2", "int8"] {
            try await askTogether()
            try await withConnection(configuration) { [type] connection in
                try await connection.execute("SELECT set_config('trip.type', \(type), false)")
                try await connection.run(
                    script: "DO $$ BEGIN EXECUTE 'ALTER TABLE item ALTER id TYPE ' || current_setting('trip.type'); END $$")
            }
        }
        // The server has forgotten them all.
        _ = try await pool.pipeline(Statement.execute("DISCARD PLANS"))
        try await pool.withConnection { try await $0.run(script: "DEALLOCATE ALL") }
        try await askTogether()
        await pool.close()
    }

    /// One that leaves a transaction open would take the others into it.
    @Test(arguments: ["BEGIN", "START TRANSACTION"] as [String]) func noTransactionIsLeftOpen(_ word: String) async throws {
        let configuration = try await freshDatabase()
        try await withConnection(configuration) { try await $0.run(script: "CREATE TABLE written (number int8 PRIMARY KEY)") }
        let pool = Self.pool(configuration, connections: 1, sharing: 1)
        let begin: SQL = word == "BEGIN" ? "BEGIN" : "START TRANSACTION"
        let written = try await withThrowingTaskGroup(of: Int?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let error = try await postgresError {
                        if number == 5 { return _ = try await pool.pipeline(Statement.execute(begin)) }
                        _ = try await pool.pipeline(Statement.execute("INSERT INTO written VALUES (\(number))"))
                    }
                    if number == 5 { #expect(error?.kind == .connectionLost) }
                    return error == nil ? number : nil
                }
            }
            return try await group.reduce(into: Set<Int>()) { if let number = $1 { $0.insert(number) } }
        }
        // Reported as written is written.
        #expect(try await pool.pipeline(Statement.query("SELECT number FROM written", as: Int.self)).allSatisfy(written.contains))
        #expect(try await pool.pipeline(Statement.only("SELECT count(*) FROM written", as: Int.self)) == written.count)
        await pool.close()
    }

    /// Who waits longer than the pool's patience is told so, and the next one is served.
    @Test func patienceEnds() async throws {
        let pool = Self.pool(try await freshDatabase(), connections: 1, sharing: 1, patience: .milliseconds(200))
        let gate = Gate(2)
        let holder = Task {
            // On a loaded machine a connection may take longer to make than this pool waits.
            while true {
                do {
                    return try await pool.withConnection { _ in
                        await gate.arrive()
                        try await Task.sleep(for: .seconds(600))
                    }
                } catch PostgresError.poolExhausted {}
            }
        }
        await gate.arrive()
        for _ in 0..<3 {
            let error = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
            #expect(error?.kind == .poolExhausted)
        }
        holder.cancel()
        _ = try? await holder.value
        #expect(
            try await eventually {
                let refused = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
                return refused == nil
            })
        await pool.close()
        let closed = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
        #expect(closed?.kind == .poolClosed)
    }

    /// An answer that comes too late is not waited for, whether it is under way or not yet; whoever is in time gets theirs, and the server is told to stop.
    @Test func lateAnswersAreNotWaitedFor() async throws {
        var configuration = try await freshDatabase()
        configuration.parameters["application_name"] = "gone"
        let pool = Pool(
            configuration, maximumConnections: 1, sharedConnections: 1, acquireDeadline: .seconds(600), pipelineDeadline: .seconds(1),
            logger: quiet)
        // On a busy machine the connection itself may take longer to make.
        #expect(
            try await eventually {
                try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 'there'")) } == nil
            })
        // The first is under way; the second waits behind it, on the connection or before it.
        let late = (0..<2).map { _ in
            Task { try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 'late' FROM pg_sleep(600)")) } }
        }
        for task in late { #expect(try await task.value == .timeout("the database")) }
        #expect(try await eventually { try await !Self.isRunning("late") })
        #expect(
            try await eventually {
                let refused = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 'again'")) }
                return refused == nil
            })
        // Nobody can carry it at all.
        try await pool.withConnection { _ async throws in
            let waiting = try await postgresError { _ = try await pool.pipeline(Statement.execute("SELECT 1")) }
            #expect(waiting == .timeout("the database"))
        }
        await pool.close()
    }

    /// Much in both directions: neither side waits for the other to read.
    @Test func largePipelinesDoNotBlockEachOther() async throws {
        let pool = Self.pool(try await freshDatabase(), connections: 1, sharing: 1)
        let text = String(repeating: "x", count: 300_000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    let (first, second) = try await pool.pipeline(
                        Statement.only("SELECT \(text) || repeat('y', 500000)", as: String.self),
                        Statement.only("SELECT \(text)", as: String.self))
                    #expect(first.utf8.count == 800_000 && second == text)
                }
            }
            try await group.waitForAll()
        }
        await pool.close()
    }
}
