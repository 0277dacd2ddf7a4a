import Glibc
import Postgres
import Testing

@Suite struct DeadlineTests {
    private func pool(_ configuration: ConnectionConfiguration) -> Pool {
        Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(600), logger: quiet)
    }

    @Test func endsWhatRunsAndWhatWaits() async throws {
        let pool = pool(try await serverConfiguration())
        let running = try await postgresError {
            try await withDeadline(.milliseconds(50)) { try await pool.transaction { try await $0.execute("SELECT pg_sleep(600)") } }
        }
        #expect(running?.kind == .timeout)
        try await pool.withConnection { connection async throws in
            let waiting = try await postgresError {
                try await withDeadline(.milliseconds(50)) {
                    try await pool.pipeline(Statement.execute("SELECT 1"))
                }
            }
            #expect(waiting?.kind == .timeout)
            #expect(try await connection.only("SELECT 1", as: Int.self) == 1)
        }
        await pool.close()
    }

    @Test func leavesOtherOutcomesAsTheyAre() async throws {
        let pool = pool(try await serverConfiguration())
        let answer = try await withDeadline(.seconds(600)) { try await pool.withConnection { try await $0.only("SELECT 1", as: Int.self) } }
        #expect(answer == 1)
        await #expect(throws: Planned.self) { try await withDeadline(.seconds(600)) { throw Planned() } }
        let refused = try await postgresError {
            try await withDeadline(.seconds(600)) { try await pool.withConnection { try await $0.execute("SELECT 1 / 0") } }
        }
        #expect(refused?.serverError?.sqlState == "22012")
        // An answer counts though it comes late.
        let late = try await withDeadline(.zero) {
            while !Task.isCancelled { await Task.yield() }
            return 2
        }
        #expect(late == 2)
        await pool.close()
    }

    @Test func isNotMistakenForACancelledCaller() async throws {
        let pool = pool(try await serverConfiguration())
        let caller = Task {
            try await withDeadline(.seconds(600)) { try await pool.withConnection { try await $0.execute("SELECT pg_sleep(600)") } }
        }
        try await Task.sleep(for: .milliseconds(50))
        caller.cancel()
        await #expect(throws: CancellationError.self) { try await caller.value }
        await pool.close()
    }

    /// Everything stops: no statement is answered, no cancel request taken, no connection made.
    @Test func holdsAgainstAFrozenServer() async throws {
        let cluster = PrivateCluster()
        let pool = pool(try await cluster.start())
        let backend = try await pool.withConnection { try await $0.only("SELECT pg_backend_pid()", as: Int32.self) }
        let postmaster = try await cluster.postmaster()
        kill(postmaster, SIGSTOP)
        kill(backend, SIGSTOP)
        let frozen = try await postgresError {
            try await withDeadline(.milliseconds(50)) { try await pool.pipeline(Statement.only("SELECT 1", as: Int.self)) }
        }
        #expect(frozen?.kind == .timeout)
        let opening = try await postgresError {
            try await withDeadline(.milliseconds(50)) { try await pool.pipeline(Statement.only("SELECT 1", as: Int.self)) }
        }
        #expect(opening?.kind == .timeout)
        kill(postmaster, SIGCONT)
        kill(backend, SIGCONT)
        #expect(try await pool.pipeline(Statement.only("SELECT 1", as: Int.self)) == 1)
        await pool.close()
        try await cluster.stop()
    }

    @Test func holdsWhileConnecting() async throws {
        let hole = try BlackHole()
        let opening = Task { try await Connection.open(hole.configuration, logger: quiet) }
        try await Task.sleep(for: .milliseconds(50))
        opening.cancel()
        #expect(try await postgresError { try await opening.value } == .cancelled)
        withExtendedLifetime(hole) {}
    }
}
