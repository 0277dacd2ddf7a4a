import TestSupport
import Testing

@testable import Postgres

@Suite struct PoolStateTests {
    @Test func opensOnDemandAndReusesTheLast() {
        var state = PoolState(capacity: 2)
        #expect(state.acquire(101) == [.open])
        #expect(state.opened(1) == [.lease(1, to: 101)])
        #expect(state.acquire(102) == [.open])
        #expect(state.opened(2) == [.lease(2, to: 102)])
        #expect(state.acquire(103) == [])
        #expect(state.release(1, isUsable: true) == [.lease(1, to: 103)])
        #expect(state.release(2, isUsable: true) == [])
        #expect(state.release(1, isUsable: true) == [])
        #expect(state.acquire(104) == [.lease(1, to: 104)])
        #expect(state.connections == 2 && state.idle == [2])
    }

    @Test func replacesWhatIsUnusableOnlyWhileSomebodyWaits() {
        var state = PoolState(capacity: 1)
        #expect(state.acquire(101) == [.open])
        #expect(state.opened(1) == [.lease(1, to: 101)])
        #expect(state.acquire(102) == [])
        #expect(state.release(1, isUsable: false) == [.close(1), .open])
        #expect(state.closed() == [])
        #expect(state.opened(2) == [.lease(2, to: 102)])
        #expect(state.release(2, isUsable: false) == [.close(2)])
        #expect(state.release(2, isUsable: true) == [])
        #expect(state.connections == 0)
    }

    @Test func failuresGoToTheLongestWaiting() {
        var state = PoolState(capacity: 1)
        #expect(state.acquire(101) == [.open])
        #expect(state.acquire(102) == [])
        #expect(state.openFailed() == [.fail(101), .open])
        #expect(state.abandon(102) == true)
        #expect(state.abandon(102) == false)
        #expect(state.openFailed() == [])
        #expect(state.acquire(103) == [.open])
        #expect(state.abandon(103) == true)
        #expect(state.opened(1) == [] && state.idle == [1])
    }

    @Test func closesOnceEverythingIsBack() {
        var state = PoolState(capacity: 3)
        for member in 1...3 {
            _ = state.acquire(100 + member)
            _ = state.opened(member)
        }
        _ = state.release(3, isUsable: true)
        _ = state.acquire(104)
        _ = state.release(2, isUsable: true)
        #expect(state.acquire(105) == [.lease(2, to: 105)])
        #expect(state.acquire(106) == [])
        #expect(state.close() == [.fail(106)])
        #expect(state.acquire(107) == [.fail(107)])
        #expect(state.release(1, isUsable: true) == [.close(1)])
        #expect(state.release(2, isUsable: true) == [.close(2)])
        #expect(state.closed() == [] && state.closed() == [])
        #expect(state.release(3, isUsable: false) == [.close(3)])
        #expect(state.closed() == [.drained])
        #expect(state.close() == [.drained])
    }

    @Test func aWaiterWithADeadConnectionComesFirst() {
        var state = PoolState(capacity: 1)
        #expect(state.acquire(101) == [.open])
        #expect(state.opened(1) == [.lease(1, to: 101)])
        #expect(state.acquire(102) == [])
        #expect(state.replace(1, for: 103) == [.close(1), .open])
        #expect(state.opened(2) == [.lease(2, to: 103)])
        #expect(state.release(2, isUsable: true) == [.lease(2, to: 102)])
    }

    /// Thousands of random sequences of events against a model; see ``PoolModel`` for what must hold after every one of them.
    @Test func keepsItsPromises() {
        let first = UInt64.random(in: 0...9_999_999_999)
        var events: [String: Int] = [:]
        for seed in first..<first + 20_000 {
            var random = SeededGenerator(seed: seed)
            var model = PoolModel(capacity: Int.random(in: 1...5, using: &random))
            do {
                for _ in 0..<Int.random(in: 1...80, using: &random) { try model.step(&random) }
                try model.finish()
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
            events.merge(model.events) { $0 + $1 }
        }
        let kinds = ["acquire", "replace", "opened", "openFailed", "abandon", "release", "release unusable", "closed", "close"]
        for kind in kinds { #expect(events[kind, default: 0] > 1000, "\(kind) hardly ever happened") }
    }
}
