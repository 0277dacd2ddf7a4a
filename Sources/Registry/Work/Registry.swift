public import Domain
public import Postgres

/// The register of an association in PostgreSQL: the edge that opens transactions and turns the database's refusals into rules.
public struct Registry: Sendable {
    let pool: Pool

    public init(pool: Pool) { self.pool = pool }

    /// Runs one use case in a transaction of its own, as an actor. All of it is committed, or nothing.
    ///
    /// - Throws: ``Refusal`` and ``ImportRefused`` from the use case or the database's constraints; ``PostgresError`` when the server fails.
    public func perform<Value: Sendable>(
        _ useCase: String, as actor: Actor, on today: CivilDate, _ body: @Sendable (Work) async throws -> Value
    ) async throws -> Value {
        try await perform(useCase, as: actor, on: today, isolation: .readCommitted, body)
    }

    /// Runs a use case that shows one state of the register and writes down what came of it.
    ///
    /// - Throws: as ``perform(_:as:on:_:)``.
    public func recordPreview<Value: Sendable>(
        _ useCase: String, as actor: Actor, on today: CivilDate, _ body: @Sendable (Work) async throws -> Value
    ) async throws -> Value {
        try await perform(useCase, as: actor, on: today, isolation: .repeatableRead, body)
    }

    private func perform<Value: Sendable>(
        _ useCase: String, as actor: Actor, on today: CivilDate, isolation: Isolation, _ body: @Sendable (Work) async throws -> Value
    ) async throws -> Value {
        try await ConstraintRules.translating {
            try await pool.transaction(isolation) { transaction in
                try await body(try await Work.begin(useCase, as: actor, on: today, in: transaction))
            }
        }
    }

    /// Reads from one consistent state, writing nothing.
    public func read<Value: Sendable>(as actor: Actor, on today: CivilDate, _ body: @Sendable (Work) async throws -> Value) async throws
        -> Value
    {
        try await ConstraintRules.translating {
            try await pool.transaction(.repeatableRead, readOnly: true) { transaction in
                try await body(Work(transaction: transaction, actor: actor, today: today))
            }
        }
    }

    /// Runs something to see what would come of it, as a use case is run, and takes everything back, whatever it did. It writes nothing that stays; only
    /// numbers that the database gives new rows may be skipped, which no rule forbids. Documents are numbered otherwise.
    ///
    /// - Throws: as ``perform(_:as:on:_:)``. Nothing is tried twice.
    public func rehearse<Value: Sendable>(
        _ useCase: String, as actor: Actor, on today: CivilDate, _ body: @Sendable (Work) async throws -> Value
    ) async throws -> Value {
        try await ConstraintRules.translating {
            try await pool.withConnection { connection in
                // Rehearsals touch many rows in an order of their own and would deadlock each other: they take turns.
                try await connection.withAdvisoryLock(Registry.rehearsalLock, waitingAtMost: .seconds(600)) {
                    try await rehearse(on: connection, attempts: 5) { transaction in
                        try await body(try await Work.begin(useCase, as: actor, on: today, in: transaction))
                    }
                }
            }
        }
    }

    /// Against others who write, a rehearsal that lost a deadlock begins again: nothing of it stayed.
    private func rehearse<Value: Sendable>(
        on connection: Connection, attempts: Int, _ body: @Sendable (Transaction) async throws -> Value
    ) async throws -> Value {
        do {
            return try await connection.rolledBack(.repeatableRead, body)
        } catch PostgresError.server(let error) {
            guard attempts > 1, error.isRetryable else { throw PostgresError.server(error) }
        }
        return try await rehearse(on: connection, attempts: attempts - 1, body)
    }

    /// Runs something that posts documents: one at a time per database. The lock comes before the transaction, so that its snapshot holds what the
    /// last posting left (DOMAIN §3, rule 12).
    ///
    /// - Throws: as ``perform(_:as:on:_:)``; ``PostgresError/timeout`` when another posting holds the lock for ten minutes.
    public func post<Value: Sendable>(
        _ useCase: String, as actor: Actor, on today: CivilDate, _ body: @Sendable (Work) async throws -> Value
    ) async throws -> Value {
        try await ConstraintRules.translating {
            try await pool.withConnection { connection in
                try await connection.withAdvisoryLock(Registry.postingLock, waitingAtMost: .seconds(600)) {
                    try await connection.transaction(.repeatableRead) { transaction in
                        try await body(try await Work.begin(useCase, as: actor, on: today, in: transaction))
                    }
                }
            }
        }
    }

    /// `os2mrehe`, beside the lock of postings.
    static let rehearsalLock: Int64 = 0x6F73_326D_7265_6865

    /// `os2medlem posting`, as a number of its own in the database's space of advisory locks.
    static let postingLock: Int64 = 0x6F73_326D_706F_7374
}
