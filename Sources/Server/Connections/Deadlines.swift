import Synchronization

/// Lets nobody wait longer than allowed: whoever is late is answered, and what was doing the work is cancelled.
///
/// One task looks at all waiters every tenth of a second. A timer for each request would cost two wake-ups of an event loop, which is more than the request.
final class Deadlines: Sendable {
    private struct Table {
        var waiters: [(at: ContinuousClock.Instant, expire: @Sendable () -> Void)?] = []
        var free: [Int] = []
    }

    private let table = Mutex(Table())

    /// - Throws: ``RequestFault/deadlinePassed``; what `body` throws. Returns at the deadline even if `body` does not heed its cancellation.
    func run<Value: Sendable>(within limit: Duration, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let race = Race<Value>()
        let place = add(.now + limit) { race.lose() }
        defer { remove(place) }
        return try await withTaskCancellationHandler {
            try await race.run(body)
        } onCancel: {
            race.lose()
        }
    }

    /// Watches until cancelled.
    func watch() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(100))
            let now = ContinuousClock.now
            let late = table.withLock { table in table.waiters.compactMap { waiter in waiter.flatMap { $0.at <= now ? $0.expire : nil } } }
            for expire in late { expire() }
        }
    }

    private func add(_ instant: ContinuousClock.Instant, _ expire: @escaping @Sendable () -> Void) -> Int {
        table.withLock { table in
            guard let place = table.free.popLast() else {
                table.waiters.append((instant, expire))
                return table.waiters.count - 1
            }
            table.waiters[place] = (instant, expire)
            return place
        }
    }

    private func remove(_ place: Int) {
        table.withLock { table in
            table.waiters[place] = nil
            table.free.append(place)
        }
    }
}

/// The work against the clock; whoever is first decides, once.
private final class Race<Value: Sendable>: Sendable {
    private struct State {
        var waiting: CheckedContinuation<Value, any Error>?
        var work: Task<Void, Never>?
        var isLost = false
    }

    private let state = Mutex(State())

    func run(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isLost = state.withLock { state in
                if !state.isLost { state.waiting = continuation }
                return state.isLost
            }
            if isLost { return continuation.resume(throwing: RequestFault.deadlinePassed) }
            // It begins here and now: another thread would have to be woken for it.
            let work = Task.immediate {
                do { self.finish(.success(try await body())) } catch { self.finish(.failure(error)) }
            }
            let isLate = state.withLock { state in
                state.work = work
                return state.isLost
            }
            if isLate { work.cancel() }
        }
    }

    func lose() {
        let (waiting, work) = state.withLock { state in
            defer { state.waiting = nil }
            state.isLost = true
            return (state.waiting, state.work)
        }
        work?.cancel()
        waiting?.resume(throwing: RequestFault.deadlinePassed)
    }

    private func finish(_ result: Result<Value, any Error>) {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(with: result)
    }
}
