import Domain
import Foundation
import TestSupport
import Testing

@testable import Server

extension LiveTests {
    @Suite struct ServingTests {
        @Test func listsInPagesAsJSONAndCSV() async throws {
            try await RunningServer.run { server in
                let first = try await server.get("/api/v1/things?q=ab&limit=100")
                #expect(first.status == 200 && first["content-type"] == "application/json")
                let page = try JSONValue(first.body)
                #expect(page["items"]?.elements.count == 100)
                let next = try #require(page["next"]?.text)
                #expect(first["link"] == "</api/v1/things?q=ab&limit=100&cursor=\(next)>; rel=\"next\"")
                let last = try await server.get("/api/v1/things?q=ab&limit=100&cursor=\(next)")
                #expect(try JSONValue(last.body)["items"]?.elements.first?["thing"] == .number(101))
                #expect(try JSONValue(last.body)["next"] == .null && last["link"] == nil)

                for csv in [
                    try await server.get("/api/v1/things?format=csv&limit=2"),
                    try await server.get("/api/v1/things?limit=2", "Accept: text/csv"),
                ] {
                    #expect(csv["content-type"] == "text/csv; charset=utf-8")
                    // What a spreadsheet would run is text.
                    #expect(csv.text == "thing,formula\r\n1,'=1+1\r\n2,'=1+2\r\n")
                    #expect(csv["link"]?.hasSuffix("rel=\"next\"") == true)
                }
                #expect(try JSONValue(try await server.get("/api/v1/things").body)["items"]?.elements.count == 50)
            }
        }

        @Test func itemsFilesAndLanguages() async throws {
            try await RunningServer.run { server in
                #expect(try await server.get("/api/v1/things/7").text == "{\"thing\":7,\"asOf\":\"2027-02-03\",\"language\":\"da\"}")
                let english = try await server.get("/api/v1/things/7?asOf=2026-02-28", "Accept-Language: da;q=0.5, en-GB")
                #expect(english.text == "{\"thing\":7,\"asOf\":\"2026-02-28\",\"language\":\"en\"}")
                #expect(try await server.get("/api/v1/things/7?lang=en").text.hasSuffix("\"en\"}"))
                let file = try await server.get("/api/v1/things/7/file")
                #expect(file["content-type"] == "application/pdf" && file.body == [0x25, 0x50])
                #expect(
                    file["content-disposition"] == "attachment; filename=\"aftale ____.pdf\"; filename*=UTF-8''aftale%20%22%C3%A5%22.pdf")
            }
        }

        /// Who asks in one pipeline is answered on the thread that reads and writes the connection, before and after it was waited for: no other is woken.
        @Test func answersOnTheConnectionsThread() async throws {
            let shape = OperationShape("getThread", "/api/v1/thread", for: .everybody, answers: .item)
            let operation = Server.Operation.inOnePipeline(shape) { _, _ in
                let before = ThreadName.current
                await Task.yield()
                return .item { json in
                    json.object {
                        $0.member("before", before)
                        $0.member("after", ThreadName.current)
                    }
                }
            }
            try await RunningServer.run([operation]) { server in
                let answer = try JSONValue(try await server.get("/api/v1/thread").body)
                #expect(answer["before"]?.text?.hasPrefix("NIO-") == true)
                #expect(answer["after"] == answer["before"])
            }
        }

        @Test func validators() async throws {
            try await RunningServer.run { server in
                let answer = try await server.get("/api/v1/things/7")
                let tag = try #require(answer["etag"])
                #expect(answer["vary"] == "Accept, Accept-Language, Authorization")
                let same = try await server.get("/api/v1/things/7", "If-None-Match: \(tag)")
                #expect(same.status == 304 && same["etag"] == tag && same.body.isEmpty && same["content-length"] == nil)
                #expect(try await server.get("/api/v1/things/8", "If-None-Match: \(tag)").status == 200)
                let head = try await server.get("/api/v1/things/7", method: "HEAD")
                #expect(head.status == 200 && head["etag"] == tag && head["content-length"] == "\(answer.body.count)" && head.body.isEmpty)
            }
        }

        @Test(
            "A value that is not valid is told which ones are",
            arguments: [
                ("q=a", "2 to 200 characters"), ("organisation=0", "a whole number from 1"), ("asOf=2026-02-29", "a day that exists"),
                ("year=1999", "from 2000 to 9998"), ("kind=huge", "one of: big, small"), ("limit=201", "from 1 to 200"),
                ("format=xml", "one of: json, csv"), ("from=2027-01-02&to=2027-01-01", "may not lie before \"from\""),
            ])
        func validValues(query: String, told: String) async throws {
            try await RunningServer.run { server in
                let answer = try await server.get("/api/v1/things?lang=en&\(query)")
                let body = String(decoding: answer.body, as: UTF8.self).replacing("\\\"", with: "\"")
                #expect(answer.status == 400 && body.contains(told), "\(body)")
            }
        }

        @Test(
            "Whatever is not right is refused without asking the register",
            arguments: [
                ("/api/v1/things?unknown=1", 400, "unknown-parameter"),
                ("/api/v1/things?q=ab&q=ab", 400, "doubled-parameter"),
                ("/api/v1/things?q=a", 400, "invalid-parameter"),
                ("/api/v1/things?q=ab%00", 400, "malformed-request"),
                ("/api/v1/things?q=ab%0A", 400, "invalid-parameter"),
                ("/api/v1/things?q=%ff%fe", 400, "malformed-request"),
                ("/api/v1/things?q=%zz", 400, "malformed-request"),
                ("/api/v1/things?q=ab%", 400, "malformed-request"),
                ("/api/v1/things?q", 400, "malformed-request"),
                ("/api/v1/things?organisation=0", 400, "invalid-parameter"),
                ("/api/v1/things?organisation=-1", 400, "invalid-parameter"),
                ("/api/v1/things?organisation=01", 400, "invalid-parameter"),
                ("/api/v1/things?organisation=9223372036854775808", 400, "invalid-parameter"),
                ("/api/v1/things?asOf=2026-02-29", 400, "invalid-parameter"),
                ("/api/v1/things?year=1999", 400, "invalid-parameter"),
                ("/api/v1/things?kind=huge", 400, "invalid-parameter"),
                ("/api/v1/things?limit=0", 400, "invalid-parameter"),
                ("/api/v1/things?limit=201", 400, "invalid-parameter"),
                ("/api/v1/things?cursor=AAAAAAAAAAAAAAAAAA", 400, "invalid-cursor"),
                ("/api/v1/things?format=xml", 400, "invalid-parameter"),
                ("/api/v1/things?lang=de", 400, "invalid-parameter"),
                ("/api/v1/things?from=2027-01-02&to=2027-01-01", 400, "invalid-parameter"),
                ("/api/v1/th%zzings", 400, "malformed-request"),
                ("/api/v1/things/%00", 400, "malformed-request"),
                ("/api/v1/nothing", 404, "not-found"),
                ("/api/v1/things/", 404, "not-found"),
                ("/api/v1//things", 404, "not-found"),
                ("/api/v1/things/0", 404, "not-found"),
                ("/api/v1/things/-7", 404, "not-found"),
                ("/api/v1/things/x", 404, "not-found"),
                ("/api/v1/things/9223372036854775808", 404, "not-found"),
                ("/api/v1/things/131", 404, "not-found"),
                ("/api/v1/refused?as=notFound", 404, "not-found"),
                ("/api/v1/refused?as=missing", 404, "not-found"),
                ("/api/v1/refused?as=forbidden", 403, "forbidden"),
                ("/api/v1/refused?as=rule", 409, "conflict"),
                ("/api/v1/named", 401, "unauthenticated"),
                // Who is nobody is not told what else is wrong.
                ("/api/v1/named?unknown=1", 401, "unauthenticated"),
                ("/api/v1/registered", 503, "unavailable"),
                ("/" + String(repeating: "a", count: 5000), 414, "target-too-long"),
            ])
        func refusals(path: String, status: Int, kind: String) async throws {
            try await RunningServer.run { server in
                let answer = try await server.get(path)
                #expect(answer.status == status)
                #expect(answer["content-type"] == "application/problem+json")
                #expect(try JSONValue(answer.body)["type"] == .text("/problems/\(kind)"))
                #expect((answer["retry-after"] != nil) == (status == 503))
                #expect((answer["www-authenticate"] == "Bearer") == (status == 401))
                if status == 404 {
                    // One answer, whatever was asked for.
                    #expect(
                        answer.text
                            == "{\"type\":\"/problems/not-found\",\"title\":\"Findes ikke\",\"status\":404,\"detail\":\"det findes ikke, eller du må ikke se det\"}"
                    )
                }
            }
        }

        @Test func tokens() async throws {
            let token = "os2m_" + String(repeating: "A", count: 43)
            try await RunningServer.run { server in
                #expect(try await server.get("/api/v1/named", "Authorization: Bearer \(token)").status == 200)
                #expect(try await server.get("/api/v1/named", "Authorization: bearer \(token)")["cache-control"] == "private, no-cache")
                for bad in [
                    "Bearer", "Bearer \(token)A", "Basic \(token)", "Bearer os2m_\(String(repeating: "!", count: 43))", "\(token)", "",
                ] {
                    // Wrong on an open operation as well: whoever sends a token wants to be known.
                    for path in ["/api/v1/named", "/api/v1/things", "/openapi.json"] {
                        #expect(try await server.get(path, "Authorization: \(bad)").status == 401, "\(bad)")
                    }
                }
                let twice = try await server.get("/api/v1/named", "Authorization: Bearer \(token)", "Authorization: Bearer \(token)")
                #expect(twice.status == 401)
            }
        }

        @Test func methodsBodiesAndKinds() async throws {
            try await RunningServer.run { server in
                for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
                    let answer = try await server.get("/api/v1/things", method: method)
                    #expect(answer.status == 405 && answer["allow"] == "GET, HEAD")
                    #expect(try await server.get("/api/v1/nothing", method: method).status == 404)
                }
                let body = try await server.get("/api/v1/things", "Content-Length: 5")
                #expect(body.status == 413 && body.isLast)
                #expect(try await server.get("/api/v1/things", "Content-Length: 0").status == 200)
                #expect(try await server.get("/api/v1/things", "Accept: image/png").status == 406)
                #expect(try await server.get("/api/v1/things/7", "Accept: text/csv").status == 406)
                #expect(
                    try await server.get("/api/v1/things", "Accept: text/csv;q=0.5, application/json;q=0.4")["content-type"] == Answer.csv)
                #expect(try await server.get("/api/v1/things", "Accept: text/html, */*;q=0.1")["content-type"] == Answer.json)
            }
        }

        @Test func nobodyWaitsLongerThanTheDeadline() async throws {
            try await RunningServer.run(configure: { $0.deadline = .seconds(60) }) { server async throws in
                #expect(try await server.get("/api/v1/slow").status == 200)
            }
            try await RunningServer.run(configure: { $0.deadline = .milliseconds(500) }) { server in
                // It would answer 200 in the end, three seconds from now.
                let answer = try await server.get("/api/v1/stubborn")
                #expect(answer.status == 503 && answer["retry-after"] != nil)
            }
        }

        @Test func mistakesOfOursSayNothing() async throws {
            try await RunningServer.run { server in
                let answer = try await server.get("/api/v1/broken")
                #expect(answer.status == 500 && !answer.text.contains(Things.secret))
                #expect(try JSONValue(answer.body)["log"]?.text == answer["x-request-id"])
            }
        }

        @Test func everyAnswerIsSafeToShow() async throws {
            try await RunningServer.run { server in
                for path in ["/openapi.json", "/api/v1/things", "/api/v1/nothing", "/api/v1/broken", "/api/v1/named", "/%"] {
                    let answer = try await server.get(path)
                    #expect(answer["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
                    #expect(answer["x-content-type-options"] == "nosniff" && answer["x-frame-options"] == "DENY")
                    #expect(answer["referrer-policy"] == "no-referrer" && answer["cross-origin-resource-policy"] == "same-origin")
                    #expect(
                        answer["strict-transport-security"] != nil && answer["server"] == nil && answer["date"]?.hasSuffix(" GMT") == true)
                    #expect(answer["x-request-id"]?.utf8.count == 16)
                }
            }
        }

        /// Asked in one go, as a bucket fills again while a busy machine takes its time between two.
        private static func answers(_ count: Int, _ path: String, _ headers: String..., from server: RunningServer) async throws
            -> [WireAnswer]
        {
            let request = (["GET \(path) HTTP/1.1", "Host: localhost"] + headers).map { "\($0)\r\n" }.joined() + "\r\n"
            return try await onThread {
                let wire = Wire(port: server.port)
                wire?.send(String(repeating: request, count: count))
                return (0..<count).compactMap { _ in wire?.answer() }
            }
        }

        @Test func tooManyRequestsAreRefusedByAddressAndByToken() async throws {
            let few = RateLimit(burst: 3, perSecond: 1)
            try await RunningServer.run(configure: { $0.perAddress = few }) { server in
                let answers = try await Self.answers(5, "/api/v1/things/7", from: server)
                #expect(answers.map(\.status) == [200, 200, 200, 429, 429])
                #expect(answers.map { $0["retry-after"] } == [nil, nil, nil, "1", "1"])
            }
            let tokens = ["A", "B"].map { "Authorization: Bearer os2m_" + String(repeating: $0, count: 42) + "A" }
            try await RunningServer.run(configure: { $0.perToken = few }) { server in
                for token in tokens {
                    let answers = try await Self.answers(4, "/api/v1/named", token, from: server)
                    #expect(answers.map(\.status) == [200, 200, 200, 429])
                }
                #expect(try await server.get("/api/v1/things/7").status == 200)
            }
            // Behind a proxy that is trusted, callers are who it says.
            try await RunningServer.run(configure: { ($0.perAddress, $0.trustsForwardedFor) = (few, true) }) { server in
                for caller in ["198.51.100.7", "2001:db8::1"] {
                    let answers = try await Self.answers(4, "/api/v1/things/7", "X-Forwarded-For: 203.0.113.1, \(caller)", from: server)
                    #expect(answers.map(\.status) == [200, 200, 200, 429])
                }
            }
        }
    }
}

/// The thread one runs on, by the name the kernel knows it by.
private enum ThreadName {
    static var current: String { (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? "unknown" }
}
