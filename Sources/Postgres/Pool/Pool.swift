public import Logging
public import ServiceLifecycle
internal import Synchronization

/// A small pool of connections: opened when somebody waits for one, used again when idle, closed when anything about them is in doubt.
///
/// Run it as a service: on graceful shutdown nobody gets a connection any more, those that are out are waited for, all are closed.
/// It also serves without being run; then ``close()`` closes it.
public final class Pool: Service {
    private let configuration: ConnectionConfiguration
    private let acquireDeadline: Duration
    private let pipelineDeadline: Duration
    private let admitting: (@Sendable (Connection) async throws -> Void)?
    private let logger: Logger
    private let inside: Mutex<Inside>
    private let trips: Trips

    private struct Inside {
        var state: PoolState
        var connections: [PoolState.Member: Connection] = [:]
        var waiting: [PoolState.Waiter: Waiting] = [:]
        var closers: [CheckedContinuation<Void, Never>] = []
        var numbersGiven = 0

        mutating func nextNumber() -> Int {
            numbersGiven += 1
            return numbersGiven
        }
    }

    private struct Waiting {
        var continuation: CheckedContinuation<Lease, any Error>
        var timer: Task<Void, Never>?
    }

    private struct Lease: Sendable {
        var member: PoolState.Member
        var connection: Connection
    }

    /// - Parameters:
    ///   - maximumConnections: how many connections there are at most, at least 1.
    ///   - acquireDeadline: how long a caller waits for a connection, new ones included, before ``PostgresError/poolExhausted``; 0 … 1 day, less or more is
    ///     rounded to those. At 0 a caller takes what lies idle and never waits.
    ///   - pipelineDeadline: how long a pipeline takes at most (``pipeline(_:)``), waiting included, before ``PostgresError/timeout(_:)``; bounded likewise.
    ///   - sharedConnections: how many of them carry pipelines (``pipeline(_:)``), several at once, at least 1. As many as the server has processors to
    ///     spare are enough.
    ///   - admitting: what every new connection has to pass before anybody gets it. One for which it throws is closed, and whoever waits is
    ///     told ``PostgresError/connectionFailed(_:)`` with what it threw. It ends by itself, however silent the server.
    public init(
        _ configuration: ConnectionConfiguration, maximumConnections: Int = 10, sharedConnections: Int = 2,
        acquireDeadline: Duration = .seconds(5), pipelineDeadline: Duration = .seconds(86_400),
        admitting: (@Sendable (Connection) async throws -> Void)? = nil, logger: Logger
    ) {
        self.configuration = configuration
        let bounds: (Duration, Duration) = (.zero, .seconds(86_400))
        self.acquireDeadline = min(max(acquireDeadline, bounds.0), bounds.1)
        self.pipelineDeadline = min(max(pipelineDeadline, bounds.0), bounds.1)
        self.admitting = admitting
        self.logger = logger
        inside = Mutex(Inside(state: PoolState(capacity: maximumConnections)))
        trips = Trips(connections: min(sharedConnections, maximumConnections))
    }

    /// Lends a connection to `body`, which must not keep it.
    ///
    /// Throws what `body` throws, `CancellationError` when the task is cancelled, and ``PostgresError``: `.poolExhausted`, `.poolClosed` or
    /// `.connectionFailed`.
    @discardableResult
    public func withConnection<T>(_ body: (Connection) async throws -> T) async throws -> T {
        let lease = try await acquire()
        do {
            let value = try await body(lease.connection)
            await giveBack(lease)
            return value
        } catch {
            await giveBack(lease)
            throw PostgresError.forAnyCaller(error)
        }
    }

    /// Runs `body` in a transaction on a connection of the pool: see ``Connection/transaction(_:readOnly:attempts:_:)``.
    /// Throws as that and ``withConnection(_:)`` do.
    @discardableResult
    public func transaction<T: Sendable>(
        _ isolation: Isolation = .readCommitted, readOnly: Bool = false, attempts: Int = 5,
        _ body: sending (Transaction) async throws -> T
    ) async throws -> T {
        let lease = try await acquire()
        do {
            let value = try await lease.connection.transaction(isolation, readOnly: readOnly, attempts: attempts, body)
            await giveBack(lease)
            return value
        } catch {
            await giveBack(lease)
            throw error
        }
    }

    /// Runs several statements in one round trip, in a transaction of their own: all or nothing, except that a row which cannot be read
    /// throws after all were committed. What the first ones set for the transaction holds for those after them and for nobody else:
    /// ```
    /// let (_, member) = try await pool.pipeline(
    ///     Statement.execute("SELECT set_config('register.actor', \(actor), true)"),
    ///     Statement.first("SELECT \(Member.columns) FROM member WHERE id = \(id)", as: Member.self))
    /// ```
    /// There is no retry after 40001 and 40P01. Throws as ``withConnection(_:)`` does, and ``PostgresError`` of the statements.
    public func pipeline<each Output: Sendable>(_ statement: repeat Statement<each Output>) async throws -> (repeat each Output) {
        let sendBy = try begin()
        guard !isClosing else { throw PostgresError.poolClosed }
        var sqls: [SQL] = []
        repeat sqls.append((each statement).sql)
        var results = try await trips.run(sqls, sendBy: sendBy, answerBy: .now + pipelineDeadline, on: self)
        return (repeat try results.read(each statement))
    }

    /// Lends a connection to whoever carries the pipelines of others.
    ///
    /// - Parameter waiting: told when none lies idle and one has to be waited for.
    func lend(waiting: () -> Void, _ body: (Connection) async -> Void) async throws {
        let lease = try await acquire(waiting: waiting)
        await body(lease.connection)
        await giveBack(lease)
    }

    /// Whether somebody waits for a connection of their own.
    var isWaitedFor: Bool { inside.withLock { !$0.state.waiters.isEmpty } }

    private var isClosing: Bool { inside.withLock { $0.state.isClosing } }

    /// Waits for graceful shutdown or cancellation, then closes the pool.
    public func run() async throws {
        // Throws only when the task is cancelled, which is a reason to close as well.
        try? await gracefulShutdown()
        await close()
    }

    /// Refuses further callers, waits until every connection that is out has come back, and closes all.
    public func close() async {
        await withCheckedContinuation { continuation in
            perform {
                $0.closers.append(continuation)
                return $0.state.close()
            }
        }
    }

    /// How many connections there are: idle, lent out and being opened.
    public var connectionCount: Int { inside.withLock { $0.state.connections } }

    // MARK: Lending

    private func begin() throws -> ContinuousClock.Instant {
        try Task.checkCancellation()
        return .now + acquireDeadline
    }

    private func acquire(waiting: () -> Void = {}) async throws -> Lease {
        let deadline = try begin()
        var lease = try await wait(until: deadline, waiting: waiting) { $0.acquire($1) }
        // One that lay idle may have been closed by the server meanwhile.
        while await !lease.connection.isStillAlive() {
            let member = lease.member
            lease = try await wait(until: deadline, waiting: waiting) { $0.replace(member, for: $1) }
        }
        return lease
    }

    private func giveBack(_ lease: Lease) async {
        let isUsable = await lease.connection.isUsable
        perform { $0.state.release(lease.member, isUsable: isUsable) }
    }

    /// Waits for a connection, which `request` asks the state machine for.
    private func wait(
        until deadline: ContinuousClock.Instant, waiting: () -> Void,
        _ request: (inout PoolState, PoolState.Waiter) -> [PoolState.Action]
    ) async throws -> Lease {
        let waiter = inside.withLock { $0.nextNumber() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                perform {
                    $0.waiting[waiter] = Waiting(continuation: continuation)
                    return request(&$0.state, waiter)
                }
                // Only those that really wait need a timer; and a cancellation that came before the waiter was known is caught up with.
                if Task.isCancelled { return abandon(waiter, CancellationError()) }
                let hasToWait = inside.withLock {
                    guard $0.waiting[waiter] != nil else { return false }
                    $0.waiting[waiter]?.timer = Task {
                        guard (try? await Task.sleep(until: deadline, clock: .continuous)) != nil else { return }
                        self.abandon(waiter, PostgresError.poolExhausted)
                    }
                    return true
                }
                if hasToWait { waiting() }
            }
        } onCancel: {
            abandon(waiter, CancellationError())
        }
    }

    private func abandon(_ waiter: PoolState.Waiter, _ error: any Error) {
        let waiting = inside.withLock { $0.state.abandon(waiter) ? $0.waiting.removeValue(forKey: waiter) : nil }
        waiting?.timer?.cancel()
        waiting?.continuation.resume(throwing: error)
    }

    private func open() async {
        do throws(PostgresError) {
            let connection = try await Connection.open(configuration, logger: logger)
            try await admit(connection)
            perform {
                let member = $0.nextNumber()
                $0.connections[member] = connection
                return $0.state.opened(member)
            }
        } catch {
            logger.warning("\(error)")
            perform(failingWith: error) { $0.state.openFailed() }
        }
    }

    private func admit(_ connection: Connection) async throws(PostgresError) {
        guard let admitting else { return }
        do { try await admitting(connection) } catch {
            await connection.close()
            throw .connectionFailed("\(error)")
        }
    }

    // MARK: Doing what the state machine says

    /// Tells the state machine of an event and does what it decides. `error` is what a waiter that gets none is told.
    private func perform(failingWith error: PostgresError = .poolClosed, _ event: (inout Inside) -> [PoolState.Action]) {
        let effects = inside.withLock { inside in event(&inside).compactMap { Self.prepare($0, &inside, error) } }
        // Outside the lock: resuming runs nothing here, but cancelling a timer may.
        for effect in effects { carryOut(effect) }
    }

    private enum Effect {
        case resume(Waiting, Result<Lease, PostgresError>)
        case open
        case close(Connection)
        case drained([CheckedContinuation<Void, Never>])
    }

    private static func prepare(_ action: PoolState.Action, _ inside: inout Inside, _ error: PostgresError) -> Effect? {
        switch action {
        case .lease(let member, let waiter):
            guard let connection = inside.connections[member] else { return nil }
            return inside.waiting.removeValue(forKey: waiter).map {
                .resume($0, .success(Lease(member: member, connection: connection)))
            }
        case .fail(let waiter): return inside.waiting.removeValue(forKey: waiter).map { .resume($0, .failure(error)) }
        case .open: return .open
        case .close(let member): return inside.connections.removeValue(forKey: member).map(Effect.close)
        case .drained:
            defer { inside.closers = [] }
            return .drained(inside.closers)
        }
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .resume(let waiting, let outcome):
            waiting.timer?.cancel()
            waiting.continuation.resume(with: outcome.mapError { $0 as any Error })
        case .open: Task { await open() }
        case .close(let connection):
            Task {
                await connection.close()
                perform { $0.state.closed() }
            }
        case .drained(let closers): for closer in closers { closer.resume() }
        }
    }
}
