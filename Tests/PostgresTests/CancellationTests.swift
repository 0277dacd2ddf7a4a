import Glibc
import Synchronization
import Testing

@testable import Postgres

/// A task that waits for the server is cancelled: the statement ends on the server, and its connection is not used again.
@Suite struct CancellationTests {
    /// Where the statements of one test can be told from all others.
    private struct Place {
        let configuration: ConnectionConfiguration
        let name = "cancellation \(UInt32.random(in: 0...UInt32.max))"

        init(_ given: ConnectionConfiguration) {
            var configuration = given
            configuration.parameters["application_name"] = name
            self.configuration = configuration
        }

        /// How many server processes there are, or how many of them sleep in `pg_sleep`.
        func processes(sleeping: Bool = false) async throws -> Int {
            try await withConnection(configuration.named("observer")) {
                try await $0.only(
                    """
                    SELECT count(*) FROM pg_stat_activity WHERE application_name = \(name)
                    AND (NOT \(sleeping) OR wait_event = 'PgSleep')
                    """, as: Int.self)
            }
        }

        func sleepers() async throws -> Bool { try await eventually { try await processes(sleeping: true) > 0 } }

        func copiers() async throws -> Bool {
            try await eventually {
                try await withConnection(configuration.named("observer")) {
                    try await $0.only("SELECT count(*) FROM pg_stat_progress_copy WHERE datname = current_database()", as: Int.self) > 0
                }
            }
        }
    }

    private func place() async throws -> Place {
        let configuration = try await freshDatabase()
        try await withConnection(configuration) {
            try await $0.run(
                script: """
                    CREATE TABLE item (id int8 PRIMARY KEY);
                    CREATE FUNCTION sleeping() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';
                    CREATE TABLE slow (id int8);
                    CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION sleeping();
                    """)
        }
        return Place(configuration)
    }

    /// Every way to wait for the server.
    enum Way: CaseIterable, Sendable {
        case execute, query, first, only, script, pipeline, pipelineOfMany, inATransaction, inASavepoint, atCommit, copyIn, copyOut
        case rolledBack, underALock

        func run(_ connection: Connection) async throws {
            let sleep: SQL = "SELECT 1 FROM pg_sleep(600)"
            switch self {
            case .execute: try await connection.execute(sleep)
            case .query: _ = try await connection.query(sleep, as: Int.self)
            case .first: _ = try await connection.first(sleep, as: Int.self)
            case .only: _ = try await connection.only(sleep, as: Int.self)
            case .script: try await connection.run(script: "SELECT pg_sleep(600)")
            case .pipeline: _ = try await connection.pipeline(Statement.execute("SELECT 1"), Statement.execute(sleep))
            case .pipelineOfMany:
                try await connection.transaction { _ = try await $0.pipeline(["SELECT 1", "SELECT 1 FROM pg_sleep(600)"]) }
            case .inATransaction:
                try await connection.transaction {
                    try await $0.execute("INSERT INTO item VALUES (1)")
                    try await $0.execute("SELECT pg_sleep(600)")
                }
            case .inASavepoint:
                try await connection.transaction {
                    try await $0.execute("INSERT INTO item VALUES (1)")
                    // Whoever takes it for a failure that a savepoint confines is told again.
                    _ = try? await $0.savepoint { try await $0.execute("SELECT pg_sleep(600)") }
                    try await $0.execute("INSERT INTO item VALUES (2)")
                }
            case .atCommit: try await connection.transaction { try await $0.execute("INSERT INTO slow VALUES (1)") }
            case .copyIn:
                try await connection.transaction {
                    try await $0.copyIn("COPY slow FROM STDIN (FORMAT binary)") { writer in while true { try writer.row(1 as Int64) } }
                }
            case .copyOut:
                try await connection.transaction {
                    try await $0.copyOut("COPY (SELECT pg_sleep(600)::text) TO STDOUT (FORMAT binary)", as: String.self) { _ in }
                }
            case .rolledBack: try await connection.rolledBack { try await $0.execute("SELECT pg_sleep(600)") }
            case .underALock:
                try await connection.withAdvisoryLock(1, waitingAtMost: .seconds(600)) {
                    try await connection.execute("SELECT pg_sleep(600)")
                }
            }
        }
    }

    @Test(arguments: Way.allCases) func endsTheStatement(_ way: Way) async throws {
        let place = try await place()
        let pool = Pool(place.configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        let first = try await pool.withConnection { try await $0.only("SELECT pg_backend_pid()", as: Int.self) }
        let task = Task { try await pool.withConnection { try await way.run($0) } }
        #expect(try await way == .copyIn ? place.copiers() : place.sleepers())
        task.cancel()
        let error = await #expect(throws: (any Error).self) { try await task.value }
        // In the savepoint the error is hidden; what comes after it says what is left to say.
        #expect(error is CancellationError || (way == .inASavepoint && (error as? PostgresError)?.kind == .unusable), "\(error as Any)")
        let after = try await pool.withConnection { connection async throws in
            let rows = try await connection.only("SELECT (SELECT count(*) FROM item) + (SELECT count(*) FROM slow)", as: Int.self)
            #expect(rows == 0)
            return try await connection.only("SELECT pg_backend_pid()", as: Int.self)
        }
        #expect(first != after)
        await pool.close()
        #expect(try await eventually { try await place.processes() == 0 })
    }

    @Test func sendsNothingInACancelledTask() async throws {
        try await withConnection(place().configuration) { connection async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await postgresError { try await connection.execute("INSERT INTO item VALUES (1)") }
            }
            #expect(try await task.value == .cancelled)
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
            // A transaction that began before is taken back, and its connection is as good as new.
            let late = Task {
                try await connection.transaction {
                    try await $0.execute("INSERT INTO item VALUES (1)")
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            await #expect(throws: CancellationError.self) { try await late.value }
            #expect(try await connection.only("SELECT count(*) FROM item", as: Int.self) == 0)
        }
    }

    @Test func leavesNoLock() async throws {
        let place = try await place()
        let pool = Pool(place.configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        for number in 0..<30 {
            let task = Task {
                try await pool.withConnection { connection in
                    try await connection.withAdvisoryLock(7, waitingAtMost: .seconds(600)) { try await connection.execute("SELECT 1") }
                }
            }
            try await Task.sleep(for: .microseconds(number * 50))
            task.cancel()
            _ = await task.result
            let isFree = try await eventually {
                try await withConnection(place.configuration.named("observer")) {
                    try await $0.only("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7", as: Int.self) == 0
                }
            }
            #expect(isFree)
        }
        await pool.close()
    }

    // MARK: Servers that do not answer

    @Test func leavesAProcessThatDoesNotAnswer() async throws {
        let place = try await place()
        let pool = Pool(place.configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
        let process = Mutex<Int32>(0)
        let task = Task {
            try await pool.transaction { transaction in
                let pid = try await transaction.only("SELECT pg_backend_pid()", as: Int32.self)
                process.withLock { $0 = pid }
                try await transaction.execute("SELECT pg_sleep(600)")
            }
        }
        #expect(try await place.sleepers())
        let frozen = process.withLock { $0 }
        kill(frozen, SIGSTOP)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await pool.withConnection { try await $0.only("SELECT 1", as: Int.self) } == 1)
        kill(frozen, SIGCONT)
        await pool.close()
        #expect(try await eventually { try await place.processes() == 0 })
    }

    /// The cancel request does not get through, so the statement ends by itself: its answer counts, and the connection is closed all the same.
    @Test func givesTheAnswerThatCameFirst() async throws {
        let cluster = PrivateCluster()
        let configuration = try await cluster.start()
        let connection = try await openConnection(configuration)
        let other = try await openConnection(configuration)
        try await connection.run(script: "CREATE TABLE item (id int8)")
        try await other.execute("SELECT pg_advisory_lock(1)")
        let task = Task { try await connection.execute("INSERT INTO item SELECT 1 FROM pg_advisory_lock(1)") }
        #expect(
            try await eventually {
                try await other.only("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'advisory'", as: Int.self) == 1
            })
        let postmaster = try await cluster.postmaster()
        kill(postmaster, SIGSTOP)
        task.cancel()
        try await other.execute("SELECT pg_advisory_unlock(1)")
        let affected = try await task.value
        kill(postmaster, SIGCONT)
        #expect(affected == 1)
        #expect(await !connection.isUsable)
        #expect(try await other.only("SELECT count(*) FROM item", as: Int.self) == 1)
        await other.close()
        try await cluster.stop()
    }
}

extension ConnectionConfiguration {
    fileprivate func named(_ name: String) -> ConnectionConfiguration {
        var other = self
        other.parameters["application_name"] = name
        return other
    }
}
