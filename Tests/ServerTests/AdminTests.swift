import TestSupport
import Testing

@testable import Server

extension LiveTests {
    @Suite struct AdminTests {
        @Test func healthAndFigures() async throws {
            try await RunningServer.run { server in
                #expect(try await server.get("/health/live", admin: true).text == "live\n")
                #expect(try await server.get("/health/ready", admin: true).status == 200)
                #expect(try await server.get("/other", admin: true).status == 404)
                #expect(try await server.get("/metrics").status == 404, "figures are not for callers")
                for _ in 0..<3 { _ = try await server.get("/api/v1/things/7") }
                for index in 0..<5 { _ = try await server.get("/made-up/\(index)") }
                let answer = try await server.get("/metrics", admin: true)
                #expect(answer["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
                let lines = answer.text.split(separator: "\n").map(String.init)
                for line in [
                    "os2medlem_http_requests_total{operation=\"getThing\",status=\"2xx\"} 3",
                    "os2medlem_http_requests_total{operation=\"unmatched\",status=\"4xx\"} 6",
                    "os2medlem_http_request_duration_seconds_bucket{operation=\"getThing\",le=\"+Inf\"} 3",
                    "os2medlem_http_request_duration_seconds_count{operation=\"getThing\"} 3",
                    "os2medlem_http_requests_in_flight 0", "os2medlem_http_rate_limited_total 0",
                ] {
                    #expect(lines.contains(line), "\(line)")
                }
                #expect(lines.contains { $0.hasPrefix("process_resident_memory_bytes ") && !$0.hasSuffix(" 0") })
                // Nothing that somebody made up is a label.
                #expect(!answer.text.contains("made-up"))
                // Every sample has its family's line of type before it.
                for line in lines where !line.hasPrefix("#") {
                    let name = line.prefix { $0 != "{" && $0 != " " }
                    let family =
                        ["_bucket", "_sum", "_count"].first { name.hasSuffix($0) }.map { String(name.dropLast($0.count)) } ?? String(name)
                    #expect(lines.contains { $0.hasPrefix("# TYPE \(family) ") }, "\(line)")
                }
            }
        }

        @Test func readinessSaysWhyNot() async throws {
            try await RunningServer.run(readiness: { .notReady(reason: "schema") }) { server in
                let answer = try await server.get("/health/ready", admin: true)
                #expect(answer.status == 503 && answer.text == "schema\n")
            }
        }

        @Test func readinessDoesNotHang() async throws {
            try await RunningServer.run(readiness: {
                try? await Task.sleep(for: .seconds(60))
                return .ready
            }) { server in
                let answer = try await server.get("/health/ready", admin: true)
                #expect(answer.status == 503 && answer.text == "timeout\n")
            }
        }
    }
}
