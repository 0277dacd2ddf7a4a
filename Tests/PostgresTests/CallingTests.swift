import Postgres
import Testing

/// Transactions are opened from everywhere: what compiles here must go on compiling.
@Suite struct CallingTests {
    private actor Caller {
        var total = 0
        let pool: Pool

        init(pool: Pool) { self.pool = pool }

        func add(_ number: Int) async throws -> Int {
            let found = try await pool.transaction { transaction in try await Self.number(number, transaction) }
            total += found
            return total
        }

        private static func number(_ number: Int, _ transaction: Transaction) async throws -> Int {
            try await transaction.only("SELECT \(number)", as: Int.self)
        }
    }

    @MainActor private func onTheMainActor(_ pool: Pool) async throws -> Int {
        let number = 2
        return try await pool.transaction(.serializable, readOnly: true) { transaction in
            try await transaction.savepoint { inner in try await inner.only("SELECT \(number)", as: Int.self) }
        }
    }

    @concurrent private func onTheSharedPool(_ pool: Pool, _ body: @Sendable (Transaction) async throws -> Int) async throws -> Int {
        try await pool.transaction { transaction in try await body(transaction) }
    }

    @Test func fromEverywhere() async throws {
        let pool = Pool(try await serverConfiguration(), acquireDeadline: .seconds(600), logger: quiet)
        let caller = Caller(pool: pool)
        #expect(try await caller.add(1) == 1)
        #expect(try await onTheMainActor(pool) == 2)
        #expect(try await onTheSharedPool(pool) { try await $0.execute("SELECT 1") } == 1)
        var local = 0
        try await pool.withConnection { connection in
            local += try await connection.only("SELECT 5", as: Int.self)
            local += try await connection.withAdvisoryLock(1, waitingAtMost: .seconds(60)) {
                try await connection.transaction { transaction in try await transaction.only("SELECT 6", as: Int.self) }
            }
        }
        #expect(local == 11)
        let sum = try await pool.transaction { transaction in
            var sum = 0
            for number in 1...3 { sum += try await transaction.only("SELECT \(number)", as: Int.self) }
            return sum
        }
        #expect(sum == 6)
        await pool.close()
    }
}
