import Glibc
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import Server

extension LiveTests {
    /// What a single connection, or a single address, may do, each with a limit that a test can wait for.
    @Suite struct LimitTests {
        private static let request = "GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\r\n"

        private static func figure(_ name: String, of server: RunningServer) async throws -> Int? {
            try await server.get("/metrics", admin: true).text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }?
                .split(separator: " ").last.flatMap { Int($0) }
        }

        private static func become(_ condition: () async throws -> Bool) async throws -> Bool {
            for _ in 0..<2400 {
                if try await condition() { return true }
                try await Task.sleep(for: .milliseconds(25))
            }
            return false
        }

        @Test func aConnectionThatNobodyAsksOnIsEnded() async throws {
            try await RunningServer.run(configure: { $0.connections.idle = .milliseconds(200) }) { server in
                let (status, isClosed) = try await onThread { () -> (Int?, Bool?) in
                    let wire = Wire(port: server.port)
                    wire?.send(Self.request)
                    return (wire?.answer()?.status, wire?.isClosed())
                }
                #expect(status == 200 && isClosed == true)
            }
        }

        /// All event loops are busy while the time of an idle connection runs out and a request arrives on it. It is here, so it is answered.
        @Test func aRequestThatIsHereIsAnsweredHoweverLateItIs() async throws {
            try await RunningServer.run(configure: { $0.connections.idle = .seconds(1) }) { server in
                let statuses = try await onThread { () -> [Int?] in
                    let wire = Wire(port: server.port)
                    wire?.send(Self.request)
                    let first = wire?.answer()?.status
                    for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { loop.execute { usleep(1_500_000) } }
                    wire?.send(Self.request)
                    return [first, wire?.answer()?.status]
                }
                #expect(statuses == [200, 200])
            }
        }

        @Test func oneAddressHasOnlySoManyConnections() async throws {
            try await RunningServer.run(configure: { $0.connections.mostFromOne = 2 }) { server in
                let outcome = try await onThread { () -> [Int?] in
                    var guests = (0..<2).compactMap { _ in Wire(port: server.port) }
                    var statuses = guests.map { guest in
                        guest.send(Self.request)
                        return guest.answer()?.status
                    }
                    let third = Wire(port: server.port)
                    third?.send(Self.request)
                    statuses.append(third?.answer()?.status)
                    // Somebody else is let in, and the one who left makes room.
                    let other = Wire(port: server.port, from: 2)
                    other?.send(Self.request)
                    statuses.append(other?.answer()?.status)
                    guests.removeFirst()
                    var again: Int?
                    for _ in 0..<6000 where again == nil {
                        usleep(10_000)
                        let wire = Wire(port: server.port)
                        wire?.send(Self.request)
                        again = wire?.answer()?.status
                    }
                    return statuses + [again]
                }
                #expect(outcome == [200, 200, nil, 200, 200])
                #expect(try await Self.figure("os2medlem_http_connections_refused_total", of: server) ?? 0 >= 1)
                #expect(try await Self.become { try await Self.figure("os2medlem_http_connections", of: server) == 0 })
            }
        }

        /// Behind a proxy all connections are the proxy's.
        @Test func aProxyHasAsManyAsThereAre() async throws {
            try await RunningServer.run(configure: { ($0.connections.mostFromOne, $0.trustsForwardedFor) = (2, true) }) { server in
                let statuses = try await onThread {
                    (0..<5).compactMap { _ in Wire(port: server.port) }.map { wire in
                        wire.send(Self.request)
                        return wire.answer()?.status
                    }
                }
                #expect(statuses == [200, 200, 200, 200, 200])
            }
        }

        /// Callers are refused at once; on the admin port, where a body is simply passed over, only the time ends it.
        @Test(arguments: [false, true], ["Content-Length: 1000000", "Transfer-Encoding: chunked"])
        func aBodyThatDribblesHasItsTime(admin: Bool, field: String) async throws {
            let limits: (inout Server.ServerConfiguration) -> Void = {
                ($0.connections.requestWithin, $0.connections.lingering) = (.seconds(2), .milliseconds(500))
            }
            try await RunningServer.run(configure: limits) { server in
                let (status, isEnded) = try await onThread { () -> (Int?, Bool) in
                    guard let wire = Wire(port: admin ? server.adminPort : server.port) else { return (nil, false) }
                    wire.send("GET \(admin ? "/health/live" : "/api/v1/things/7") HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n\r\n")
                    let status = wire.answer()?.status
                    // Long, as nothing here is about how busy the machine is; without the time the dribble would go on for hours.
                    let patience = ContinuousClock.now + .seconds(60)
                    while ContinuousClock.now < patience {
                        // A write to what the other side has closed fails once it has said so.
                        guard wire.send(field.hasPrefix("C") ? "a" : "1\r\na\r\n") else { return (status, true) }
                        usleep(25_000)
                    }
                    return (status, false)
                }
                #expect(status == (admin ? 200 : 413) && isEnded)
            }
        }

        @Test func anAnswerThatNobodyTakesIsGivenUp() async throws {
            let shape = OperationShape("getMuch", "/api/v1/much", for: .everybody, answers: .file)
            let much = Operation(shape) { _, _ in
                Answer.file(Array(repeating: 0x41, count: 1 << 25), mediaType: "application/pdf", name: "much.pdf")
            }
            try await RunningServer.run([much], configure: { $0.connections.stalledWrite = .milliseconds(300) }) { server in
                let wire = try #require(Wire(port: server.port))
                wire.send("GET /api/v1/much HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(try await Self.become { try await Self.figure("os2medlem_http_connections_total", of: server) == 1 })
                #expect(try await Self.become { try await Self.figure("os2medlem_http_connections", of: server) == 0 })
                withExtendedLifetime(wire) {}
            }
        }

        /// Slower than any answer may stand still, but never still: it arrives whole.
        @Test func anAnswerThatIsTakenSlowlyArrives() async throws {
            let size = 1 << 23
            let shape = OperationShape("getMuch", "/api/v1/much", for: .everybody, answers: .file)
            let much = Operation(shape) { _, _ in
                Answer.file(Array(repeating: 0x41, count: size), mediaType: "application/pdf", name: "much.pdf")
            }
            try await RunningServer.run([much], configure: { $0.connections.stalledWrite = .seconds(1) }) { server in
                let (received, time) = try await onThread { () -> (Int, Duration) in
                    guard let wire = Wire(port: server.port, buffer: 65_536) else { return (0, .zero) }
                    wire.send("GET /api/v1/much HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    let start = ContinuousClock.now
                    var received = 0
                    // 16 KiB at a time, so that it takes four seconds and more.
                    while let count = wire.take(16_384) {
                        received += count
                        usleep(8_000)
                    }
                    return (received, ContinuousClock.now - start)
                }
                #expect(received > size && time > .seconds(3), "\(received) bytes in \(time)")
            }
        }

        @Test func aHeadHasOnlySoManyFields() async throws {
            try await RunningServer.run { server in
                func statuses(fields: Int) async throws -> Int? {
                    try await onThread {
                        let wire = Wire(port: server.port)
                        let more = (1..<fields).map { "X-Field-\($0): a\r\n" }.joined()
                        wire?.send("GET /api/v1/things/7 HTTP/1.1\r\nHost: localhost\r\n\(more)\r\n")
                        return wire?.answer()?.status
                    }
                }
                let (most, more) = (try await statuses(fields: 64), try await statuses(fields: 65))
                #expect(most == 200 && more == 400)
            }
        }
    }
}
