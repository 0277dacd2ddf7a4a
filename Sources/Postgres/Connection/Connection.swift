internal import CLibPQ
public import Logging

/// A connection to a PostgreSQL server: one statement at a time, in the order of the calls.
///
/// An actor on a serial queue of its own, where libpq blocks without holding up Swift's threads. Every statement is prepared on first use
/// and kept in a cache; parameters and results are binary. A connection that fails in any way other than the server refusing a statement
/// is closed, and every later call throws ``PostgresError/unusable(_:)``.
///
/// When the task of a call is cancelled, its statement is cancelled on the server, the connection is closed and the call throws
/// ``PostgresError/cancelled``, within two seconds also when the server does not answer.
public actor Connection {
    private let executor: QueueExecutor
    var session: Session
    /// Set while a transaction's body runs; then only that transaction may speak.
    var open: OpenTransaction?
    private var transactionsOpened: UInt64 = 0

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Connects. Waits at most `connect_timeout` for each host (10 seconds, 3 where several are named, unless the configuration says
    /// otherwise).
    ///
    /// Throws ``PostgresError/connectionFailed(_:)``, ``PostgresError/invalidConfiguration(_:)`` or, at once when the task is cancelled,
    /// ``PostgresError/cancelled``.
    public static func open(_ configuration: ConnectionConfiguration, logger: Logger) async throws(PostgresError) -> Connection {
        guard !Task.isCancelled else { throw .cancelled }
        let opener = Opener()
        let handover = Handover<Result<Connection, PostgresError>>()
        // Connecting blocks and cannot be broken off: whoever is cancelled leaves it behind.
        Task {
            let outcome = await opener.open(configuration, logger: logger)
            if !handover.give(outcome), case .success(let connection) = outcome { await connection.close() }
        }
        guard let outcome = await handover.take() else { throw .cancelled }
        return try outcome.get()
    }

    /// Makes the connection on the queue it will live on.
    private actor Opener {
        let executor = QueueExecutor(label: "postgres")
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        func open(_ configuration: ConnectionConfiguration, logger: Logger) -> Result<Connection, PostgresError> {
            do throws(PostgresError) {
                let session = try Session.connect(configuration, logger: logger)
                return .success(Connection(session: session, executor: executor))
            } catch {
                return .failure(error)
            }
        }
    }

    private init(session: consuming sending Session, executor: QueueExecutor) {
        self.session = session
        self.executor = executor
    }

    /// Closes the connection; the server rolls back what is open. Closing twice is harmless.
    public func close() { session.close() }

    /// Whether the connection can take the next statement or transaction: connected, and between transactions.
    public var isUsable: Bool { open == nil && session.isIdle }

    /// Looks at the socket without waiting: false when the server has closed the connection meanwhile, or something is open on it.
    func isStillAlive() -> Bool { open == nil && session.isStillAlive() }

    // MARK: Statements

    /// Runs a statement and answers how many rows it affected. Outside a transaction each statement is its own.
    @discardableResult
    public func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await interruptible { () throws(PostgresError) in try run(sql, in: nil).affectedRows }
    }

    /// All rows of a statement.
    public func query<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> [R] {
        try await interruptible { () throws(PostgresError) in try run(sql, in: nil).rows(as: type) }
    }

    /// The only row of a statement, nil when there is none. Two rows are an error: ``PostgresError/rowCount(expected:found:)``.
    public func first<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> R? {
        try await interruptible { () throws(PostgresError) in try run(sql, in: nil).first(as: type) }
    }

    /// The only row of a statement. None or two are an error: ``PostgresError/rowCount(expected:found:)``.
    public func only<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) async throws(PostgresError) -> R {
        try await interruptible { () throws(PostgresError) in try run(sql, in: nil).only(as: type) }
    }

    /// Runs trusted text that may hold many statements (migrations, roles): all or nothing, unless the text itself says BEGIN and COMMIT.
    /// Nothing that a person typed belongs in it.
    public func run(script: String) async throws(PostgresError) {
        try await interruptible { () throws(PostgresError) in try run(script: script, in: nil) }
    }

    // MARK: Who may speak

    /// Begins a transaction's next attempt under a new identity; the BEGIN itself travels with the first statement.
    func beginAttempt(_ begin: String) -> UInt64 {
        transactionsOpened += 1
        open = OpenTransaction(id: transactionsOpened, begin: begin)
        return transactionsOpened
    }

    /// Runs one statement. `id` is the transaction that speaks, nil for the connection itself.
    func run(_ sql: SQL, in id: UInt64?) throws(PostgresError) -> ResultHandle {
        try exchange(in: id) { (session, opening) throws(PostgresError) in try session.run(sql, opening: opening) }
    }

    func run(script: String, in id: UInt64?) throws(PostgresError) {
        try exchange(in: id) { (session, opening) throws(PostgresError) in
            if let opening { _ = try session.script(opening) }
            _ = try session.script(script)
        }
    }

    /// Lets `talk` speak with the server if it is its turn, and checks afterwards that the transaction is where it should be.
    /// `talk` must send the text it is given, if any, before anything else: the BEGIN that is still owed.
    func exchange<Answer: ~Copyable>(
        in id: UInt64?, _ talk: (inout Session, String?) throws(PostgresError) -> Answer
    ) throws(PostgresError) -> Answer {
        try checkTurn(of: id)
        do throws(PostgresError) {
            let answer = try talk(&session, open?.begin)
            try checkWhereabouts()
            return answer
        } catch {
            try note(error)
            throw error
        }
    }

    /// Only the open transaction may speak, or the connection itself when none is open.
    func checkTurn(of id: UInt64?) throws(PostgresError) {
        guard open?.id == id else {
            throw .unusable(id == nil ? "a transaction is open on this connection: use it instead" : "the transaction has ended")
        }
    }

    /// Keeps in mind why the open transaction can only be rolled back, if `error` is why.
    func note(_ error: PostgresError) throws(PostgresError) {
        if case .server(let refusal) = error, session.isInFailedTransaction { open?.failure = refusal }
        try checkWhereabouts()
    }

    /// A statement must neither leave a transaction behind nor end the one it is in: both would change what later statements mean.
    func checkWhereabouts() throws(PostgresError) {
        guard session.isOpen else { return }
        guard let current = open else {
            if session.isIdle { return }
            session.close()
            throw .unusable("a statement left a transaction open, so the connection was closed: use transaction { … }")
        }
        if !session.isIdle {
            open?.begin = nil
        } else if current.begin == nil {
            session.close()
            throw .unusable("a statement ended the transaction it was part of, so the connection was closed")
        }
    }
}
