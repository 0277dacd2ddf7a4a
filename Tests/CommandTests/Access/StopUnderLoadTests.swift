import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

/// The program is told to stop while callers ask it, twenty times.
///
/// A request is dropped when all of it was sent on a connection that the program had taken, before the caller could know that the connection had ended (neither
/// `Connection: close` on an answer nor the end of the connection had arrived), and no whole answer came back.
@Suite(.serialized) struct StopUnderLoadTests {
    /// What callers saw.
    private final class Sightings: Sendable {
        private let seen = Mutex((answered: 0, last: 0, excused: 0, dropped: [String]()))

        func answered(isLast: Bool) {
            seen.withLock { seen in
                seen.answered += 1
                seen.last += isLast ? 1 : 0
            }
        }

        func dropped(_ what: String) { seen.withLock { $0.dropped.append(what) } }

        func excused() { seen.withLock { $0.excused += 1 } }

        var all: (answered: Int, last: Int, excused: Int, dropped: [String]) { seen.withLock { $0 } }
    }

    /// How a caller goes about it.
    private enum Habit: CaseIterable {
        /// The next request as soon as the last is answered, on one connection for as long as it lasts.
        case keepsAlive
        /// A connection for each request.
        case comesAfresh
        /// On one connection, with pauses of as long as the program says farewell for: the next request may be on its way as the connection is ended.
        case pauses
    }

    private static func call(_ port: Int, _ request: String, _ habit: Habit, _ sightings: Sightings) {
        while let wire = Wire(port: port) {
            var count = 0
            while true {
                if habit == .pauses, count > 0 { usleep(UInt32.random(in: 900_000...1_150_000)) }
                let looked = ContinuousClock.now
                if wire.hasEnded() { break }
                // What could not be sent was not taken.
                guard wire.send(request) else { break }
                let sent = ContinuousClock.now
                guard let answer = wire.answer() else {
                    // A caller whom a busy machine keeps between the look and the request for half the time that a silent connection has could have known.
                    if sent - looked < .milliseconds(500) {
                        sightings.dropped(
                            "\(habit): no answer, after \(count) on the connection; sent after \(sent - looked), given up after \(.now - sent)"
                        )
                    } else {
                        sightings.excused()
                    }
                    break
                }
                if answer.status != 200 { sightings.dropped("\(habit): \(answer.status)") }
                count += 1
                sightings.answered(isLast: answer.isLast)
                if answer.isLast || habit == .comesAfresh { break }
            }
        }
    }

    /// A server that takes requests and closes without an answer is noticed, each time.
    @Test func aDroppedRequestIsSeen() async throws {
        let rude = try RudeServer().orThrow("a port")
        let sightings = Sightings()
        async let served: Void = onThread { rude.serve(5, isSilent: true) }
        try await onThread { Self.call(rude.port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", .comesAfresh, sightings) }
        try await served
        let seen = sightings.all
        #expect(seen.dropped.count + seen.excused >= 5 && !seen.dropped.isEmpty && seen.answered == 0, "\(seen)")
    }

    @Test func noRequestIsDropped() async throws {
        let place = try await AccessDatabase.shared.value
        let holder = try place.holder(.memberContact)
        let organisation = try holder.organisation.orThrow("an organisation")
        let request =
            "GET /api/v1/organisations/\(organisation)/groups HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(holder.token)\r\n\r\n"
        let sightings = Sightings()
        for _ in 0..<20 {
            let program = try await ServedProgram.start(at: place.command)
            try await withThrowingTaskGroup(of: Void.self) { callers in
                for habit in [.keepsAlive, .keepsAlive, .keepsAlive, .comesAfresh, .comesAfresh] + Array(repeating: Habit.pauses, count: 12)
                {
                    callers.addTask { try await onThread { Self.call(program.port, request, habit, sightings) } }
                }
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...400)))
                program.terminate()
                try await callers.waitForAll()
            }
            // With 0, and by itself.
            try await onThread { try program.awaitEnd() }
        }
        let seen = sightings.all
        #expect(seen.dropped == [], "of \(seen.answered) answered")
        // An excuse is for a machine that stood still, not for what happens every time.
        #expect(seen.excused * 20 <= seen.answered, "\(seen.excused) excused, \(seen.answered) answered")
        #expect(seen.answered > 20 * 17 && seen.last >= 20 * 3, "\(seen.answered) answered, \(seen.last) were the last")
    }
}
