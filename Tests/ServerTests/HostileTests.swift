import Domain
import Logging
import Postgres
import TestSupport
import Testing

@testable import Server

extension LiveTests {
    /// That the program takes every hostile text, CommandTests know. Here are servers that do not, and the same calls find them out.
    @Suite struct HostileTests {
        private static let texts = HostileText.all.map { (what: $0.description, target: "/api/v1/asked?name=\($0.inAddress)") }

        private static let shape = OperationShape("getAsked", "/api/v1/asked", for: .everybody, answers: .item, [.text("name")])

        /// Answers what PostgreSQL says to a question with the text in it.
        private static func asking(_ ask: @escaping @Sendable (String, Connection) async throws -> Void) async throws -> Server.Operation {
            let configuration = try await TestServer.shared.configuration()
            return Operation(shape) { request, _ in
                let connection = try await Connection.open(configuration, logger: Logger(label: "asked"))
                do { try await ask(try request.text("name") ?? "", connection) } catch {
                    await connection.close()
                    throw error
                }
                await connection.close()
                return Answer.item { $0.object { $0.member("asked", true) } }
            }
        }

        private static func complaints(of operation: Server.Operation) async throws -> [String] {
            try await RunningServer.run([operation]) { server in
                try await onThread { HostileCalls.complaints(port: server.port, texts) }
            }
        }

        @Test func aTextThatTravelsAsAParameterIsTaken() async throws {
            let operation = try await Self.asking { text, connection in
                _ = try await connection.query("SELECT relname::text FROM pg_class WHERE relname = \(text)", as: String.self)
            }
            #expect(try await Self.complaints(of: operation) == [])
        }

        @Test func aTextThatIsPutIntoAStatementIsFoundOut() async throws {
            let operation = try await Self.asking { text, connection in
                try await connection.run(script: "SELECT relname FROM pg_class WHERE relname = '\(text)'")
            }
            let complaints = try await Self.complaints(of: operation)
            #expect(complaints.contains("a quote: 500") && complaints.contains("a second statement: 500"), "\(complaints)")
            #expect(!complaints.contains { $0.hasPrefix("a path") })
        }

        /// A server that is ended by the fourth request.
        @Test func aServerThatIsGoneIsFoundOut() async throws {
            let server = try #require(RudeServer())
            let port = server.port
            async let serving: Void = onThread { server.serve(3) }
            let complaints = try await onThread { HostileCalls.complaints(port: port, Self.texts) }
            try await serving
            #expect(complaints.last?.hasSuffix("nobody listens any more") == true, "\(complaints)")
        }

        /// A program of its own that traps on a NUL in a parameter of the query: it is gone by a signal, and the calls say with which text.
        @Test func aServerThatTrapsIsFoundOut() async throws {
            let place = try #require(RudeServer())
            // It was free a moment ago, and is the other's now.
            let port = place.port
            place.leave()
            try await withThrowingTaskGroup(of: [String].self) { group in
                group.addTask {
                    await #expect(processExitsWith: .failure) { [port = port as Int] in RudeServer(port: port)?.serve(1_000, fatal: "%00") }
                    return []
                }
                group.addTask {
                    for _ in 0..<1500 {
                        if Wire(port: port) != nil { break }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                    return try await onThread { HostileCalls.complaints(port: port, Self.texts) }
                }
                let complaints = try await group.reduce(into: []) { $0 += $1 }
                #expect(complaints == ["NUL: no answer", "NUL inside: nobody listens any more"])
            }
        }
    }
}
