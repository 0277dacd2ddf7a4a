internal import Synchronization

/// Lets the pipelines of many callers share few connections. Those that are there at the same moment travel together: they are sent one after the other
/// without waiting for answers, and each is a transaction of its own, so that none sees what another did. What they share is time: whoever is behind a slow
/// statement waits for it, so this is for short ones.
///
/// That is what a server asks for: sixty callers with a short question each would otherwise pass a connection from thread to thread, and the server
/// process would wake and sleep for every one of them.
final class Trips: Sendable {
    private struct Caller {
        let statements: [SQL]
        /// When it has waited too long to be sent.
        let sendBy: ContinuousClock.Instant
        /// When it has waited too long altogether.
        let answerBy: ContinuousClock.Instant
        let continuation: CheckedContinuation<PipelineResults, any Error>
    }

    private struct Inside {
        var state: TripState
        var callers: [TripState.Trip: Caller] = [:]
        var carriers: [TripState.Carrier: Task<Void, Never>] = [:]
        /// Who sleeps until somebody has waited too long, and until when.
        var watch: (number: Int, until: ContinuousClock.Instant, task: Task<Void, Never>)?
        /// Somebody has waited too long to be sent and was not told, because a carrier was coming.
        var hasSpared = false
        var numbersGiven = 0

        mutating func nextNumber() -> Int {
            numbersGiven += 1
            return numbersGiven
        }

        /// Somebody waits no longer: with the carrier that then is to stop, as its connection is busy for nobody.
        mutating func letGo(_ trip: TripState.Trip) -> (Caller, Task<Void, Never>?)? {
            guard let caller = callers.removeValue(forKey: trip) else { return nil }
            return (caller, state.abandon(trip).flatMap { carriers[$0] })
        }
    }

    private let inside: Mutex<Inside>

    /// - Parameter connections: how many of the pool's carry at the same time.
    init(connections: Int) { inside = Mutex(Inside(state: TripState(capacity: connections, together: Trips.together))) }

    /// So many are under way on one connection: enough to keep a server process busy, few enough that an answer is not waited for behind many others.
    private static let together = 16

    /// Sends `statements` as one transaction on some connection of the pool and answers their results.
    ///
    /// When the task is cancelled, or the answer is late, the caller goes at once. The statement is stopped on the server, and its connection closed, when
    /// nobody else's travels with it.
    ///
    /// Throws `CancellationError` and ``PostgresError``: of the statements, `.poolExhausted` after `sendBy`, `.timeout` after `answerBy`, what keeps the pool
    /// from lending a connection.
    func run(
        _ statements: [SQL], sendBy: ContinuousClock.Instant, answerBy: ContinuousClock.Instant, on pool: Pool
    ) async throws -> PipelineResults {
        for statement in statements { try statement.checkSendable() }
        let trip = inside.withLock { $0.nextNumber() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let caller = Caller(statements: statements, sendBy: sendBy, answerBy: answerBy, continuation: continuation)
                inside.withLock {
                    $0.callers[trip] = caller
                    if $0.state.submit(trip) { addCarrier(to: &$0, on: pool) }
                    watch(&$0, until: min(sendBy, answerBy))
                }
                // A cancellation that came before the trip was known is caught up with.
                if Task.isCancelled { abandon(trip, CancellationError()) }
            }
        } onCancel: {
            abandon(trip, CancellationError())
        }
    }

    private func abandon(_ trip: TripState.Trip, _ error: any Error) {
        guard let (caller, carrier) = inside.withLock({ $0.letGo(trip) }) else { return }
        carrier?.cancel()
        caller.continuation.resume(throwing: error)
    }

    // MARK: Carrying

    private func addCarrier(to inside: inout Inside, on pool: Pool) {
        let carrier = inside.nextNumber()
        inside.state.enter(carrier)
        inside.carriers[carrier] = Task { await carry(carrier, on: pool) }
    }

    private func carry(_ carrier: TripState.Carrier, on pool: Pool) async {
        do {
            try await pool.lend(waiting: { self.hasToWait(carrier) }) { connection in
                await connection.carry(
                    next: { self.next(for: carrier, others: pool.isWaitedFor) }, deliver: { self.deliver($1, to: $0) })
            }
        } catch PostgresError.poolExhausted {
            // Whoever waits has a deadline of their own.
        } catch {
            return fail(carrier, error)
        }
        inside.withLock {
            $0.carriers[carrier] = nil
            if $0.state.leave(carrier) { addCarrier(to: &$0, on: pool) }
            watchSpared(&$0)
        }
    }

    private func hasToWait(_ carrier: TripState.Carrier) {
        inside.withLock {
            $0.state.hasToWait(carrier)
            watchSpared(&$0)
        }
    }

    private func next(for carrier: TripState.Carrier, others: Bool) -> (trip: TripState.Trip, statements: [SQL])? {
        inside.withLock { inside in
            defer { watchSpared(&inside) }
            return inside.state.next(for: carrier, others: others).map { ($0, inside.callers[$0]?.statements ?? []) }
        }
    }

    private func deliver(_ outcome: Result<PipelineResults, PostgresError>, to trip: TripState.Trip) {
        let caller = inside.withLock {
            $0.state.finish(trip)
            return $0.callers.removeValue(forKey: trip)
        }
        switch outcome {
        case .success(let results): caller?.continuation.resume(returning: results)
        case .failure(let error): caller?.continuation.resume(throwing: error)
        }
    }

    private func fail(_ carrier: TripState.Carrier, _ error: any Error) {
        let callers = inside.withLock { inside in
            inside.carriers[carrier] = nil
            defer { watchSpared(&inside) }
            return inside.state.fail(carrier).compactMap { inside.callers.removeValue(forKey: $0) }
        }
        for caller in callers { caller.continuation.resume(throwing: error) }
    }

    // MARK: Deadlines

    /// One look-out for all: a timer for each would cost more than what it watches. It sleeps until the first of those there are could have waited too long,
    /// and is woken earlier only for whoever comes with less patience than they.
    private func watch(_ inside: inout Inside, until instant: ContinuousClock.Instant) {
        if let watch = inside.watch {
            guard instant < watch.until else { return }
            watch.task.cancel()
        }
        let number = inside.nextNumber()
        let task = Task {
            guard (try? await Task.sleep(until: instant, clock: .continuous)) != nil else { return }
            self.lookOut(number)
        }
        inside.watch = (number, instant, task)
    }

    /// Looks at once, where somebody was spared because a carrier was coming, and none is any more.
    private func watchSpared(_ inside: inout Inside) {
        if inside.hasSpared, !inside.state.isSomebodyComing { watch(&inside, until: .now) }
    }

    /// Tells those who have waited too long. While somebody comes nobody has waited too long to be sent: whoever takes only what lies idle is not turned away
    /// before that is known, however short the deadline.
    private func lookOut(_ number: Int) {
        let now = ContinuousClock.now
        // Found late and let go under one lock: whoever is taken in between is not late any more.
        let late = inside.withLock { inside -> [(Caller, PostgresError, Task<Void, Never>?)] in
            // One that was replaced while it woke.
            guard inside.watch?.number == number else { return [] }
            (inside.watch, inside.hasSpared) = (nil, false)
            let (waiting, isSomebodyComing) = (Set(inside.state.waiting), inside.state.isSomebodyComing)
            var late: [(Caller, PostgresError, Task<Void, Never>?)] = []
            var next: ContinuousClock.Instant?
            for (trip, caller) in inside.callers {
                let isSpared = waiting.contains(trip) && caller.sendBy <= now && isSomebodyComing
                if isSpared { inside.hasSpared = true }
                let limit = waiting.contains(trip) && !isSpared ? min(caller.sendBy, caller.answerBy) : caller.answerBy
                if limit > now {
                    next = min(next ?? limit, limit)
                } else if let (caller, carrier) = inside.letGo(trip) {
                    late.append((caller, caller.answerBy <= now ? .timeout("the database") : .poolExhausted, carrier))
                }
            }
            if let next { watch(&inside, until: next) }
            return late
        }
        for (caller, error, carrier) in late {
            carrier?.cancel()
            caller.continuation.resume(throwing: error)
        }
    }
}
