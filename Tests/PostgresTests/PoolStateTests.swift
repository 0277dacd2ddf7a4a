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

    /// Random events: never more than the capacity, nobody waits beside an idle connection, nobody is served twice.
    @Test func keepsItsPromises() {
        var generator = SystemRandomNumberGenerator()
        for capacity in 1...4 {
            var state = PoolState(capacity: capacity)
            var opening = 0
            var next = 0
            var served: Set<Int> = []
            func check(_ actions: [PoolState.Action]) {
                for action in actions {
                    switch action {
                    case .open: opening += 1
                    case .lease(_, let waiter), .fail(let waiter): #expect(served.insert(waiter).inserted)
                    case .close, .drained: break
                    }
                }
                #expect(state.connections <= capacity && state.opening == opening)
                #expect(state.idle.isEmpty || state.waiters.isEmpty)
                #expect(state.waiters.isEmpty || state.opening > 0 || state.leased.count == capacity)
            }
            for _ in 0..<5000 {
                next += 1
                switch Int.random(in: 0..<6, using: &generator) {
                case 0, 1: check(state.acquire(next))
                case 2 where opening > 0:
                    opening -= 1
                    check(state.opened(next))
                case 3 where opening > 0:
                    opening -= 1
                    check(state.openFailed())
                case 4:
                    if let waiter = state.waiters.randomElement(using: &generator) {
                        #expect(state.abandon(waiter) == true)
                        #expect(served.insert(waiter).inserted)
                    }
                default:
                    if let member = state.leased.randomElement(using: &generator) {
                        check(state.release(member, isUsable: Bool.random(using: &generator)))
                    }
                }
            }
        }
    }
}
