import Glibc
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Server

/// What callers saw while a server was stopped.
private final class Sightings: Sendable {
    private let seen = Mutex((answered: 0, last: 0, unanswered: [String]()))

    func answered(isLast: Bool) {
        seen.withLock { seen in
            seen.answered += 1
            seen.last += isLast ? 1 : 0
        }
    }

    func unanswered(_ what: String) { seen.withLock { $0.unanswered.append(what) } }

    var all: (answered: Int, last: Int, unanswered: [String]) { seen.withLock { $0 } }
}

extension LiveTests {
    @Suite struct StoppingTests {
        /// Asks again and again, on one connection as long as it may, until nobody listens any more.
        private static func call(_ port: Int, _ path: String, _ sightings: Sightings) {
            while let wire = Wire(port: port) {
                var count = 0
                while true {
                    guard wire.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n") else {
                        sightings.unanswered("not sent, after \(count) answers on the connection")
                        break
                    }
                    guard let answer = wire.answer(), answer.status == 200 else {
                        sightings.unanswered("no answer, after \(count) answers on the connection")
                        break
                    }
                    count += 1
                    sightings.answered(isLast: answer.isLast)
                    if answer.isLast { break }
                }
            }
        }

        /// Stops a server, in one way or another, while eight callers ask it.
        private static func underLoad(_ sightings: Sightings, stop: @escaping @Sendable (RunningServer) async -> Void) async throws {
            try await RunningServer.run { server in
                try await withThrowingTaskGroup(of: Void.self) { callers in
                    for caller in 0..<8 {
                        callers.addTask {
                            try await onThread { call(server.port, caller == 0 ? "/api/v1/slow" : "/api/v1/things/7", sightings) }
                        }
                    }
                    try await Task.sleep(for: .milliseconds(Int.random(in: 50...150)))
                    await stop(server)
                    try await callers.waitForAll()
                }
            }
        }

        @Test func everyRequestThatWasSentIsAnswered() async throws {
            let sightings = Sightings()
            for _ in 0..<20 { try await Self.underLoad(sightings) { await $0.group.triggerGracefulShutdown() } }
            let seen = sightings.all
            #expect(seen.unanswered == [], "of \(seen.answered) answered")
            #expect(seen.answered > 20 * 8 && seen.last >= 20 * 8)
        }

        /// Somebody who has come and not said anything yet is waited for.
        @Test func whoHasOnlyJustComeIsStillAnswered() async throws {
            let answered = try await RunningServer.run(configure: { $0.drain = .zero }) { server in
                try await onThread {
                    let (asked, fresh) = (Wire(port: server.port), Wire(port: server.port))
                    let request = "GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    // Whoever is let in after the fresh one is let in behind it.
                    asked?.send(request)
                    let first = asked?.answer()?.status
                    Task { await server.group.triggerGracefulShutdown() }
                    // The end of the silent connection tells that the listener is closing.
                    let isClosing = asked?.isClosed()
                    fresh?.send(request)
                    let answer = fresh?.answer()
                    return first == 200 && isClosing == true && answer?.status == 200 && answer?.isLast == true
                }
            }
            #expect(answered)
        }

        @Test func aServerThatClosesWithoutAWordIsNoticed() async throws {
            let sightings = Sightings()
            let rude = try #require(RudeServer())
            async let served: Void = onThread { rude.serve(3) }
            try await onThread { Self.call(rude.port, "/", sightings) }
            try await served
            #expect(sightings.all.answered == 3 && sightings.all.unanswered.count == 3)
        }

        @Test func readinessGoesFirstAndTheAdminPortLast() async throws {
            try await RunningServer.run(configure: { $0.drain = .seconds(1) }) { server in
                #expect(try await server.get("/health/ready", admin: true).status == 200)
                #expect(try await server.get("/api/v1/things/7").isLast == false)
                await server.group.triggerGracefulShutdown()
                try await Task.sleep(for: .milliseconds(200))
                let ready = try await server.get("/health/ready", admin: true)
                #expect(ready.status == 503 && ready.text == "draining\n")
                // New connections are still taken, for one answer each.
                let answer = try await server.get("/api/v1/things/7")
                #expect(answer.status == 200 && answer.isLast)
            }
        }
    }
}

extension LiveTests {
    @Suite struct SlowSenderTests {
        private static func rate(_ port: Int, for time: Duration) async throws -> Int {
            try await onThread {
                guard let wire = Wire(port: port) else { return 0 }
                let end = ContinuousClock.now + time
                var count = 0
                while ContinuousClock.now < end {
                    wire.send("GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    guard wire.answer()?.status == 200 else { return 0 }
                    count += 1
                }
                return count
            }
        }

        /// How little they take is measured (`Bench lookup`), on a machine that does nothing else meanwhile; here nobody is kept out.
        @Test func threeHundredThatDribbleKeepNobodyOut() async throws {
            let limits: (inout Server.ServerConfiguration) -> Void = {
                ($0.connections.requestWithin, $0.connections.mostFromOne) = (.seconds(60), nil)
            }
            try await RunningServer.run(configure: limits) { server in
                let stop = Flag()
                var beside = 0
                async let dribbled = onThread { () -> Int in
                    let wires = (0..<300).compactMap { _ in Wire(port: server.port) }
                    for wire in wires { wire.send("GET /api/v1/things/7 HTTP/1.1\r\nX-Slow: ") }
                    while !stop.isSet {
                        for wire in wires { wire.send("a") }
                        usleep(100_000)
                    }
                    return wires.count
                }
                try await Task.sleep(for: .milliseconds(500))
                for _ in 0..<3 { beside = max(beside, try await Self.rate(server.port, for: .milliseconds(400))) }
                stop.set()
                #expect(try await dribbled == 300)
                #expect(beside > 10)
            }
        }

        @Test func aHeadThatIsNotCompleteInTimeIsLetGo() async throws {
            try await RunningServer.run(configure: { $0.connections.requestWithin = .milliseconds(500) }) { server in
                let closed = try await onThread { () -> [Bool] in
                    // Nothing sent, a first head dribbled, and a second one after an answer.
                    guard let silent = Wire(port: server.port), let first = Wire(port: server.port),
                        let second = Wire(port: server.port)
                    else { return [] }
                    second.send("GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    guard second.answer()?.status == 200 else { return [] }
                    for letter in "GET /abc" {
                        first.send(String(letter))
                        second.send(String(letter))
                        usleep(100_000)
                    }
                    return [silent.isClosed(), first.isClosed(), second.isClosed()]
                }
                #expect(closed == [true, true, true])
            }
        }

        @Test func requestsThatComeTogetherAreAllAnswered() async throws {
            try await RunningServer.run { server in
                let statuses = try await onThread { () -> [Int?] in
                    let wire = Wire(port: server.port)
                    wire?.send((1...5).map { "GET /api/v1/things/\($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined())
                    return (1...5).map { _ in wire?.answer()?.status }
                }
                #expect(statuses == [200, 200, 200, 200, 200])
            }
        }

        @Test func whoComesWhenAllPlacesAreTakenWaits() async throws {
            try await RunningServer.run(configure: { $0.connections.most = 2 }) { server in
                let (before, after) = try await onThread { () -> (Int?, Int?) in
                    let request = "GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    var guests = (0..<2).compactMap { _ in Wire(port: server.port) }
                    for guest in guests where guest.send(request) { _ = guest.answer() }
                    let late = Wire(port: server.port, patience: 1)
                    late?.send(request)
                    let before = late?.answer()?.status
                    guests.removeFirst()
                    var after: Int?
                    for _ in 0..<20 where after == nil { after = late?.answer()?.status }
                    return (before, after)
                }
                #expect(before == nil && after == 200)
            }
        }

        @Test func aHeadThatIsTooLargeIsRefused() async throws {
            try await RunningServer.run { server in
                let large = String(repeating: "a", count: 40_000)
                let outcome = try await onThread { () -> Int? in
                    let wire = Wire(port: server.port)
                    wire?.send("GET /api/v1/things/7 HTTP/1.1\r\nX-Large: \(large)\r\n\r\n")
                    return wire?.answer()?.status
                }
                #expect(outcome == nil || outcome == 400)
                #expect(try await server.get("/api/v1/things/7").status == 200)
            }
        }
    }
}
