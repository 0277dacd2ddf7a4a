import Foundation
import TestSupport
import Testing

/// Who a caller is: the connection says it, or the proxy that a person said there is. A header that anybody can send counts for nothing else.
@Suite(.serialized) struct BehindProxyTests {
    /// Asks until it is too much, at most so often. Whatever the machine, that is more than 100 a second.
    private static func isLimited(_ port: Int, _ forwarded: @escaping @Sendable (Int) -> String) async throws -> Bool {
        try await onThread {
            guard let wire = Wire(port: port) else { return false }
            for round in 0..<200 {
                let requests = (0..<50).map { "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\(forwarded(round * 50 + $0))\r\n" }
                wire.send(requests.joined())
                let statuses = requests.map { _ in wire.answer()?.status }
                if statuses.contains(429) { return true }
                guard statuses.allSatisfy({ $0 == 404 }) else { return false }
            }
            return false
        }
    }

    /// Somebody else in every request.
    private static func forged(_ number: Int) -> String { "203.0.\(number / 250).\(number % 250)" }

    private static func status(_ port: Int, from host: UInt8 = 1, _ forwarded: String) async throws -> Int? {
        try await onThread {
            let wire = Wire(port: port, from: host)
            wire?.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\(forwarded)\r\n")
            return wire?.answer()?.status
        }
    }

    /// Whether these are the networks that the log names, once it is written.
    private static func tells(of networks: Set<String>, _ program: ServedProgram) async throws -> Bool {
        for _ in 0..<1200 {
            let found = Set(try program.logLines.compactMap { try JSONValue(Array($0.utf8))["client"]?.text })
            if found == networks { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test func withoutAProxyAForgedHeaderChangesNothing() async throws {
        let place = try await AccessDatabase.shared.value
        try await ServedProgram.run(at: place.command, isLimited: true) { program in
            let port = program.port
            // Limited all the same; whoever really is somebody else is not.
            let isLimited = try await Self.isLimited(port) { "X-Forwarded-For: \(Self.forged($0))\r\n" }
            #expect(isLimited)
            #expect(try await Self.status(port, from: 2, "") == 404)
            #expect(try await Self.tells(of: ["127.0.0.0/24"], program))
        }
    }

    @Test func behindAProxyItsOwnWordCounts() async throws {
        let place = try await AccessDatabase.shared.value
        try await ServedProgram.run(at: place.command, ["--behind-proxy"], isLimited: true) { program in
            let port = program.port
            // What the caller sent comes before what the proxy added, in one line or in two.
            let inOneLine = try await Self.isLimited(port) { "X-Forwarded-For: \(Self.forged($0)), 198.51.100.7\r\n" }
            let inTwo = try await Self.isLimited(port) { "X-Forwarded-For: \(Self.forged($0))\r\nX-Forwarded-For: 198.51.100.8\r\n" }
            #expect(inOneLine && inTwo)
            #expect(try await Self.status(port, "X-Forwarded-For: 198.51.100.9\r\n") == 404)
            #expect(try await Self.status(port, "") == 404)
            #expect(try await Self.tells(of: ["198.51.100.0/24", "127.0.0.0/24"], program))
        }
    }

    /// The right-most that is none of one's own proxies.
    @Test func furtherProxiesArePassedOver() async throws {
        let place = try await AccessDatabase.shared.value
        let options = ["--behind-proxy", "--further-proxy", "10.0.0.0/8", "--further-proxy", "2001:db8::/32"]
        try await ServedProgram.run(at: place.command, options, isLimited: true) { program in
            let port = program.port
            let hops = "198.51.100.7, 2001:db8::7, 10.1.2.3"
            let isLimited = try await Self.isLimited(port) { "X-Forwarded-For: \(Self.forged($0)), \(hops)\r\n" }
            #expect(isLimited)
            #expect(try await Self.status(port, "X-Forwarded-For: 198.51.100.7, 192.0.2.1, 10.1.2.3\r\n") == 404)
            #expect(try await Self.tells(of: ["198.51.100.0/24", "192.0.2.0/24"], program))
        }
    }

    @Test(arguments: [
        ["--further-proxy", "10.0.0.0/8"], ["--behind-proxy", "--further-proxy", "10.0.0.0/33"],
        ["--behind-proxy", "--further-proxy", "ours"],
    ])
    func whatIsNoNetworkIsRefused(_ options: [String]) async throws {
        let outcome = try await Command.runProgram(["serve"] + options, within: 60)
        #expect(outcome.status == 64 && outcome.errors.contains("--further-proxy"), "\(outcome.errors)")
    }
}
