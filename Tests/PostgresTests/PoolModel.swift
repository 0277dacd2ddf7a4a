import TestSupport

@testable import Postgres

/// Plays a pool: tells the state machine what happens, does what it says, and knows by itself what it may say.
struct PoolModel {
    /// What the state machine must not do.
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    private let capacity: Int
    private var state: PoolState
    private var numbersGiven = 0

    // What the actions said so far amount to.
    private var waiting: [Int] = []
    private var answered: Set<Int> = []
    private var leased: Set<Int> = []
    private var idle: Set<Int> = []
    private var opening = 0
    private var closing: Set<Int> = []
    private var gone: Set<Int> = []
    private var isClosing = false
    private var isDrained = false
    /// How often each kind of event happened.
    private(set) var events: [String: Int] = [:]

    init(capacity: Int) {
        self.capacity = capacity
        state = PoolState(capacity: capacity)
    }

    // MARK: What happens

    mutating func step(_ random: inout SeededGenerator) throws {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<35: try acquire()
        case 35..<50: try opened(isGood: Int.random(in: 0..<4, using: &random) > 0)
        case 50..<58: if let waiter = waiting.randomElement(using: &random) { try abandon(waiter) }
        case 58..<64: if let member = leased.sorted().randomElement(using: &random) { try replace(member) }
        case 64..<90:
            if let member = leased.sorted().randomElement(using: &random) {
                try release(member, isUsable: Int.random(in: 0..<4, using: &random) > 0)
            }
        case 90..<92: if let member = gone.sorted().randomElement(using: &random) { try release(member, isUsable: true) }
        case 92..<99: try closed()
        default: if Int.random(in: 0..<4, using: &random) == 0 { try close() }
        }
    }

    /// Closes the pool and brings everything that is still out back: then it must be drained, and not before.
    mutating func finish() throws {
        try close()
        while opening > 0 { try opened(isGood: true) }
        while let member = leased.min() { try release(member, isUsable: true) }
        while !closing.isEmpty {
            try require(!isDrained, "drained with \(closing.count) connections still closing")
            try closed()
        }
        try require(isDrained, "not drained at the end")
        try require(waiting.isEmpty && state.connections == 0, "something is left at the end")
    }

    private mutating func acquire() throws {
        let waiter = number()
        if isClosing { waiting.insert(waiter, at: 0) } else { waiting.append(waiter) }
        try happened("acquire", state.acquire(waiter))
    }

    private mutating func replace(_ member: Int) throws {
        let waiter = number()
        leased.remove(member)
        waiting.insert(waiter, at: 0)
        try happened("replace", state.replace(member, for: waiter))
        try require(closing.contains(member), "a dead connection was not closed")
    }

    private mutating func opened(isGood: Bool) throws {
        guard opening > 0 else { return }
        opening -= 1
        let waitedBefore = waiting
        if isGood {
            let member = number()
            idle.insert(member)
            try happened("opened", state.opened(member))
        } else {
            try happened("openFailed", state.openFailed())
            try require(isClosing || waiting == Array(waitedBefore.dropFirst()), "a failure went to others than the longest waiting")
        }
    }

    private mutating func abandon(_ waiter: Int) throws {
        try require(state.abandon(waiter), "somebody who waits was not waiting")
        waiting.removeAll { $0 == waiter }
        answered.insert(waiter)
        try happened("abandon", [])
        try require(!state.abandon(waiter), "somebody stopped waiting twice")
    }

    private mutating func release(_ member: Int, isUsable: Bool) throws {
        if leased.remove(member) != nil, isUsable { idle.insert(member) }
        try happened(isUsable ? "release" : "release unusable", state.release(member, isUsable: isUsable))
        try require(isUsable || closing.contains(member), "an unusable connection was not closed")
    }

    private mutating func closed() throws {
        guard let member = closing.min() else { return }
        closing.remove(member)
        gone.insert(member)
        try happened("closed", state.closed())
    }

    private mutating func close() throws {
        isClosing = true
        try happened("close", state.close())
        try require(waiting.isEmpty, "somebody waits for a closed pool")
    }

    private mutating func number() -> Int {
        numbersGiven += 1
        return numbersGiven
    }

    // MARK: What must hold

    private mutating func happened(_ event: String, _ actions: [PoolState.Action]) throws {
        events[event, default: 0] += 1
        for action in actions { try carryOut(action) }
        try require(leased.count + idle.count + opening <= capacity, "more connections than allowed")
        try require(
            state.leased == leased && Set(state.idle) == idle && state.opening == opening && state.closing == closing.count,
            "it counts otherwise")
        try require(state.waiters == waiting, "others wait, or in another order")
        try require(waiting.isEmpty || idle.isEmpty, "somebody waits beside an idle connection")
        try require(opening >= min(waiting.count, capacity - leased.count), "somebody waits for nothing")
        try require(!isClosing || idle.isEmpty, "an idle connection in a closed pool")
        try require(isDrained == (isClosing && leased.isEmpty && idle.isEmpty && closing.isEmpty && opening == 0), "drained or not")
    }

    private mutating func carryOut(_ action: PoolState.Action) throws {
        switch action {
        case .lease(let member, let waiter):
            try require(!isClosing, "a connection from a closed pool")
            try require(idle.remove(member) != nil, "a connection that is not free was leased")
            leased.insert(member)
            try answer(waiter)
        case .fail(let waiter): try answer(waiter)
        case .open:
            try require(!isClosing, "a connection for a closed pool")
            opening += 1
        case .close(let member):
            // Free, or just taken from whoever had it.
            idle.remove(member)
            try require(!leased.contains(member) && !gone.contains(member), "a connection was closed in use, or twice")
            try require(closing.insert(member).inserted, "a connection was closed twice")
        case .drained: isDrained = true
        }
    }

    /// One answer each, and the longest waiting first.
    private mutating func answer(_ waiter: Int) throws {
        try require(answered.insert(waiter).inserted, "somebody was answered twice")
        try require(waiting.first == waiter, "somebody was answered out of turn")
        waiting.removeFirst()
    }

    private func require(_ condition: Bool, _ complaint: @autoclosure () -> String) throws {
        if !condition { throw Violation(description: complaint()) }
    }
}
