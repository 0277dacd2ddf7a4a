import TestSupport
import Testing

@testable import Postgres

@Suite struct TripStateTests {
    @Test func takesWhoCameFirstAndNoMoreThanTravelTogether() {
        var state = TripState(capacity: 1, together: 2)
        #expect(state.submit(101) == true)
        state.enter(1)
        #expect(state.submit(102) == false)
        #expect(state.submit(103) == false)
        #expect(state.taken(by: 1, upTo: 3) == [101, 102])
        state.finish(101)
        #expect(state.taken(by: 1, upTo: 2) == [103])
        // Somebody came when the carrier had already been told that there was nothing: another is wanted when it leaves.
        state.finish(102)
        state.finish(103)
        #expect(state.submit(104) == false)
        #expect(state.leave(1) == true)
    }

    @Test func oneLoadIsCarriedAlsoWhereOthersWaitForTheConnection() {
        var state = TripState(capacity: 1, together: 2)
        #expect(state.submit(101) == true)
        state.enter(1)
        for trip in 102...104 { _ = state.submit(trip) }
        #expect(state.next(for: 1, others: true) == 101)
        state.finish(101)
        #expect(state.next(for: 1, others: true) == 102)
        state.finish(102)
        #expect(state.next(for: 1, others: true) == nil)
        #expect(state.next(for: 1, others: false) == 103)
    }

    @Test func aConnectionThatIsBusyForNobodyIsTold() {
        var state = TripState(capacity: 1, together: 4)
        #expect(state.submit(101) == true)
        state.enter(1)
        for trip in 102...104 { _ = state.submit(trip) }
        #expect(state.taken(by: 1, upTo: 2) == [101, 102])
        #expect(state.abandon(104) == nil)
        #expect(state.abandon(101) == nil)
        #expect(state.abandon(101) == nil)
        #expect(state.abandon(102) == 1)
        // What was sent now would be lost with the connection.
        #expect(state.next(for: 1, others: false) == nil)
        #expect(state.waiting == [103])
        #expect(state.leave(1) == true)
    }

    @Test func whoWaitsInVainIsToldUnlessSomebodyComes() {
        var state = TripState(capacity: 2, together: 4)
        #expect(state.submit(101) == true)
        state.enter(1)
        #expect(state.submit(102) == true)
        state.enter(2)
        #expect(state.next(for: 2, others: false) == 101)
        // One has a connection and will come for them, so nobody is sent out again and again.
        #expect(state.fail(1) == [])
        #expect(state.waiting == [102] && state.carriers == 1)
        #expect(state.submit(104) == true)
        state.enter(3)
        #expect(state.taken(by: 2, upTo: 2) == [102, 104])
        #expect(state.leave(2) == false)
        #expect(state.submit(103) == true)
        state.enter(4)
        #expect(state.fail(4) == [103])
        #expect(state.fail(3) == [])
        #expect(state.carriers == 0)
    }

    @Test func nobodyHasWaitedInVainWhileSomebodyComes() {
        var state = TripState(capacity: 2, together: 4)
        #expect(!state.isSomebodyComing)
        _ = state.submit(101)
        state.enter(1)
        #expect(state.isSomebodyComing)
        state.hasToWait(1)
        #expect(!state.isSomebodyComing)
        state.enter(2)
        #expect(state.isSomebodyComing)
        #expect(state.taken(by: 2, upTo: 1) == [101])
        #expect(!state.isSomebodyComing)
        state.finish(101)
        #expect(state.isSomebodyComing)
        _ = state.leave(2)
        #expect(!state.isSomebodyComing)
    }

    /// Whatever happens in whatever order: nobody is carried twice or forgotten, and never more than may be.
    @Test func holdsUnderAnySequence() throws {
        let seed = UInt64.random(in: 0...9_999_999_999)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let (capacity, together) = (Int.random(in: 1...3, using: &random), Int.random(in: 1...4, using: &random))
            var state = TripState(capacity: capacity, together: together)
            var number = 0
            var (waiting, carriers, underway, doomed): ([Int], Set<Int>, [Int: Set<Int>], Set<Int>) = ([], [], [:], [])
            var (wanted, connected): (Set<Int>, Set<Int>) = ([], [])
            func enterIf(_ isWanted: Bool) {
                #expect(isWanted == (!waiting.isEmpty && carriers.count < capacity), "seed \(seed)")
                guard isWanted else { return }
                number += 1
                carriers.insert(number)
                state.enter(number)
            }
            for _ in 0..<200 {
                let carrier = carriers.randomElement(using: &random)
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<4:
                    number += 1
                    waiting.append(number)
                    wanted.insert(number)
                    enterIf(state.submit(number))
                case 4..<7:
                    guard let carrier else { continue }
                    connected.insert(carrier)
                    guard let trip = state.next(for: carrier, others: false) else {
                        #expect(waiting.isEmpty || doomed.contains(carrier) || underway[carrier]?.count == together, "seed \(seed)")
                        continue
                    }
                    #expect(trip == waiting.removeFirst() && !doomed.contains(carrier), "seed \(seed)")
                    underway[carrier, default: []].insert(trip)
                    #expect(underway[carrier, default: []].count <= together, "seed \(seed)")
                case 7:
                    guard let carrier, let trip = underway[carrier]?.randomElement(using: &random) else { continue }
                    state.finish(trip)
                    underway[carrier]?.remove(trip)
                    wanted.remove(trip)
                case 8:
                    guard let trip = wanted.randomElement(using: &random) else { continue }
                    let told = state.abandon(trip)
                    wanted.remove(trip)
                    waiting.removeAll { $0 == trip }
                    let place = underway.first { $0.value.contains(trip) }
                    let isForNobody = place.map { $0.value.isDisjoint(with: wanted) } ?? false
                    #expect(told == (isForNobody ? place?.key : nil), "seed \(seed)")
                    if let told { doomed.insert(told) }
                case 9 where Int.random(in: 0..<3, using: &random) == 0:
                    // One that never had a connection gets none.
                    guard let carrier, !connected.contains(carrier) else { continue }
                    carriers.remove(carrier)
                    let isForNobody = connected.isDisjoint(with: carriers)
                    #expect(state.fail(carrier) == (isForNobody ? waiting : []), "seed \(seed)")
                    if isForNobody {
                        wanted.subtract(waiting)
                        waiting = []
                    }
                default:
                    guard let carrier else { continue }
                    wanted.subtract(underway.removeValue(forKey: carrier) ?? [])
                    carriers.remove(carrier)
                    enterIf(state.leave(carrier))
                }
                #expect(state.waiting == waiting && state.carriers == carriers.count, "seed \(seed)")
            }
        }
    }
}

extension TripState {
    /// What a carrier sends when it asks so many times, as long as it is given something.
    fileprivate mutating func taken(by carrier: Int, upTo count: Int) -> [Int] {
        var taken: [Int] = []
        while taken.count < count, let trip = next(for: carrier, others: false) { taken.append(trip) }
        return taken
    }
}
