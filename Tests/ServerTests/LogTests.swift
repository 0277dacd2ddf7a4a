import Dispatch
import TestSupport
import Testing

@testable import Server

extension LiveTests {
    @Suite struct LogTests {
        @Test func tellsWhatHappenedAndNothingOfWhom() async throws {
            let token = "os2m_" + String(repeating: "Zq7", count: 14) + "A"
            let log = try await RunningServer.run { server in
                for path in [
                    "/api/v1/things?q=Karoline+Hemmelig", "/api/v1/things?q=karoline%40hemmelig.example", "/api/v1/things/77",
                    "/api/v1/things/9876543",
                    "/api/v1/broken", "/api/v1/refused?as=missing", "/api/v1/registered", "/karoline-hemmelig/9876543",
                    "/api/v1/things?karoline=1",
                    "/%", "/api/v1/named",
                ] {
                    for header in [
                        "Accept: */*", "Authorization: Bearer \(token)", "Authorization: Bearer karoline", "X-Forwarded-For: 198.51.100.77",
                    ] {
                        _ = try await server.get(path, header, "User-Agent: hemmelig-browser", "Cookie: session=hemmelig")
                    }
                }
                return server.log
            }
            let requests = try log.all.map { try JSONValue(Array($0.utf8)) }.filter { $0["message"] == .text("request") }
            #expect(requests.count == 44)
            // The one line that may name an address names our own.
            let text = log.all.filter { !$0.contains("Server started") }.joined().lowercased()
            for planted in [
                token.lowercased(), "karoline", "hemmelig", "9876543", "127.0.0.1", "198.51.100.77", "things?", "/api/", "session=",
            ] {
                #expect(!text.contains(planted), "\(planted)")
            }
            #expect(requests.contains { $0["token"]?.text == String(token.prefix(13)) && $0["operation"] == .text("getNamed") })
            #expect(requests.allSatisfy { $0["client"] == .text("127.0.0.0/24") && $0["request"]?.text?.utf8.count == 16 })
            #expect(requests.contains { $0["status"] == .number(500) && $0["error"] == .text("Broken") && $0["level"] == .text("error") })
            #expect(log.all.allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}\n") })
        }

        @Test(
            arguments: [
                ([198, 51, 100, 77], "198.51.100.0/24"), ([0x20, 0x01, 0x0D, 0xB8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9], "2001:db8:1::/48"),
                ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 198, 51, 100, 77], "198.51.100.0/24"), ([], "local"),
            ] as [([UInt8], String)])
        func addressesAreBlurred(bytes: [UInt8], text: String) { #expect(ClientAddress(bytes: bytes).blurred == text) }

        /// What comes while the writer is busy travels together, whole and in order.
        @Test func linesThatGatherAreWrittenTogether() async throws {
            let (kept, gate) = (KeptLog(), DispatchSemaphore(value: 0))
            let sink = LogSink { lines in
                gate.wait()
                kept.add(lines)
            }
            let lines = (0..<100).map { "{\"line\":\($0)}\n" }
            for line in lines { sink.write(Array(line.utf8)) }
            // One for the first, which was taken at once or with some of the others, and one for the rest.
            for _ in 0..<2 { gate.signal() }
            #expect(await sink.flush(within: .seconds(60)))
            #expect(kept.all == lines && sink.lost == 0)
        }

        @Test func timesAreWrittenAsTheyAre() {
            let instant = Instant(seconds: 1_795_704_090, milliseconds: 7)
            #expect(instant.text == "2026-11-26T14:41:30.007Z")
            #expect(instant.headerText == "Thu, 26 Nov 2026 14:41:30 GMT")
        }
    }
}
