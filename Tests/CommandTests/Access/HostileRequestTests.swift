import Domain
import Foundation
import TestSupport
import Testing

/// Hostile texts in everything that a caller can send: each is answered, none by a mistake of the program's, and the program lives on.
@Suite(.serialized) struct HostileRequestTests {
    /// By an auditor, who may ask for everything.
    @Test func everyParameterTakesEveryText() async throws {
        let place = try await AccessDatabase.shared.value
        let token = try place.holder(.auditor).token
        let targets = try DescribedOperation.all().flatMap(Self.targets)
        #expect(targets.count > 15_000)
        try await ServedProgram.run(at: place.command) { program in
            // Two callers, so that both cores are busy.
            let (half, port) = (targets.count / 2, program.port)
            let header = "Authorization: Bearer \(token)\r\n"
            async let first = onThread { HostileCalls.complaints(port: port, Array(targets[..<half]), header: header) }
            async let second = onThread { HostileCalls.complaints(port: port, Array(targets[half...]), header: header) }
            let complaints = try await first + second
            #expect(complaints == [])
            #expect(program.isRunning)
            #expect(try await onThread { try program.caller(token).get("/api/v1/me").status } == 200)
            // A head that is too large is not even read, and does no harm.
            _ = try await onThread {
                HostileCalls.complaints(port: port, [("much", "/api/v1/products?q=" + String(repeating: "%61", count: 30_000))])
            }
            #expect(program.logLines.filter { $0.contains("\"error\"") || $0.contains("\"critical\"") } == [])
        }
    }

    @Test func everyHeaderTakesEveryText() async throws {
        let place = try await AccessDatabase.shared.value
        try await ServedProgram.run(at: place.command) { program in
            let port = program.port
            let complaints = try await onThread {
                [
                    "Authorization: Bearer ", "Accept: ", "Accept-Language: ", "If-None-Match: ", "X-Forwarded-For: ", "X-Request-Id: ",
                    "Range: ",
                ]
                .flatMap { header in
                    // A line's end would end the header; that is another test's.
                    HostileText.all.filter { !$0.bytes.contains(10) && !$0.bytes.contains(13) }.flatMap { text in
                        HostileCalls.complaints(
                            port: port, [("\(header)\(text)", "/api/v1/products")],
                            header: header + String(decoding: text.bytes, as: UTF8.self) + "\r\n")
                    }
                }
            }
            // A head that is no HTTP is not answered, and that is all.
            #expect(complaints.filter { !$0.hasSuffix("no answer") } == [])
            #expect(try await onThread { try program.caller().get("/api/v1/products").status } == 200)
        }
    }

    /// Every text in every parameter of the path and of the query, the others as they should be, and as a parameter's name.
    private static func targets(of operation: DescribedOperation) -> [(what: String, target: String)] {
        var targets: [(what: String, target: String)] = []
        for text in HostileText.all {
            for name in operation.pathParameters {
                var path = operation.path.replacing("{\(name)}", with: text.inAddress)
                for other in operation.pathParameters { path = path.replacing("{\(other)}", with: "1") }
                targets.append(("\(operation.id) \(name) \(text)", path))
            }
            let path = operation.pathParameters.reduce(operation.path) { $0.replacing("{\($1)}", with: "1") }
            let required = operation.query.filter(\.isRequired).map { "\($0.name)=\($0.name == "year" ? "2027" : "0151")" }
            for name in operation.query.map(\.name) + ["cursor"] {
                let others = required.filter { !$0.hasPrefix("\(name)=") }
                targets.append(
                    ("\(operation.id) \(name) \(text)", "\(path)?\((others + ["\(name)=\(text.inAddress)"]).joined(separator: "&"))"))
            }
            targets.append(("\(operation.id) named \(text)", "\(path)?\((required + ["\(text.inAddress)=1"]).joined(separator: "&"))"))
        }
        return targets
    }
}
