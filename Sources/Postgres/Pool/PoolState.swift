/// What a pool knows and decides, as a pure value: events come in, actions come out, in the order in which they are to be done.
///
/// Nobody waits while a connection lies idle, and no connection is opened that nobody waits for.
struct PoolState {
    typealias Member = Int
    typealias Waiter = Int

    enum Action: Equatable {
        /// Give this connection to this waiter.
        case lease(Member, to: Waiter)
        /// Begin to open a connection; report `opened` or `openFailed`.
        case open
        /// Close this connection, which no longer belongs to the pool; report `closed`.
        case close(Member)
        /// Tell this waiter that it gets none.
        case fail(Waiter)
        /// Everything is closed and handed back.
        case drained
    }

    private let capacity: Int
    /// The one used last is used first, so that the others can be seen to be superfluous.
    private(set) var idle: [Member] = []
    private(set) var leased: Set<Member> = []
    private(set) var opening = 0
    /// Given up, and not closed yet.
    private(set) var closing = 0
    private(set) var waiters: [Waiter] = []
    private(set) var isClosing = false

    init(capacity: Int) { self.capacity = max(1, capacity) }

    var connections: Int { idle.count + leased.count + opening }

    /// Somebody wants a connection: leased at once or when one comes free, first come first served.
    mutating func acquire(_ waiter: Waiter) -> [Action] {
        guard !isClosing else { return [.fail(waiter)] }
        if waiters.isEmpty, let member = idle.popLast() {
            leased.insert(member)
            return [.lease(member, to: waiter)]
        }
        waiters.append(waiter)
        return openIfWanted()
    }

    /// A waiter no longer waits (deadline, cancellation). False when it was not waiting any more.
    mutating func abandon(_ waiter: Waiter) -> Bool {
        guard let index = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// A connection asked for by `.open` is there.
    mutating func opened(_ member: Member) -> [Action] {
        opening -= 1
        return place(member)
    }

    /// A connection asked for by `.open` could not be made. The longest waiting is told, the others get an attempt of their own.
    mutating func openFailed() -> [Action] {
        opening -= 1
        if isClosing { return drainedIfSo() }
        guard !waiters.isEmpty else { return [] }
        let first = waiters.removeFirst()
        return [.fail(first)] + openIfWanted()
    }

    /// A leased connection comes back. One that is not leased is ignored.
    mutating func release(_ member: Member, isUsable: Bool) -> [Action] {
        guard leased.remove(member) != nil else { return [] }
        if isUsable { return place(member) }
        return [discard(member)] + (isClosing ? [] : openIfWanted())
    }

    /// A leased connection turned out to be dead before its waiter could use it: the waiter comes before all others.
    mutating func replace(_ member: Member, for waiter: Waiter) -> [Action] {
        guard leased.remove(member) != nil else { return acquire(waiter) }
        let close = discard(member)
        guard !isClosing else { return [close, .fail(waiter)] }
        if let another = idle.popLast() {
            leased.insert(another)
            return [close, .lease(another, to: waiter)]
        }
        waiters.insert(waiter, at: 0)
        return [close] + openIfWanted()
    }

    /// A connection given up by `.close` is closed.
    mutating func closed() -> [Action] {
        closing -= 1
        return drainedIfSo()
    }

    /// Nobody gets a connection any more; those that are out are closed when they come back.
    mutating func close() -> [Action] {
        guard !isClosing else { return drainedIfSo() }
        isClosing = true
        let failures = waiters.map(Action.fail)
        let superfluous = idle
        waiters = []
        idle = []
        return failures + superfluous.map { discard($0) } + drainedIfSo()
    }

    /// Puts a connection that is free to its next use.
    private mutating func place(_ member: Member) -> [Action] {
        if isClosing { return [discard(member)] }
        guard !waiters.isEmpty else {
            idle.append(member)
            return []
        }
        leased.insert(member)
        return [.lease(member, to: waiters.removeFirst())]
    }

    private mutating func discard(_ member: Member) -> Action {
        closing += 1
        return .close(member)
    }

    private mutating func openIfWanted() -> [Action] {
        guard opening < waiters.count, connections < capacity else { return [] }
        opening += 1
        return [.open]
    }

    private func drainedIfSo() -> [Action] { isClosing && connections + closing == 0 ? [.drained] : [] }
}
