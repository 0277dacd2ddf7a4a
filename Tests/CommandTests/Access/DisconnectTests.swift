import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// Callers that go away in the middle of an answer, on a program with four connections: whoever stays is told what is theirs.
@Suite(.serialized) struct DisconnectTests {
    @Test func whoStaysIsToldWhatIsTheirs() async throws {
        let seed = UInt64.random(in: 0 ... .max)
        print("DisconnectTests: seed \(seed)")
        let place = try await AccessDatabase.copy()
        let tenants = try await TenantPoolTests.tenants(20, at: place)
        try await ServedProgram.run(at: place, ["--connections", "4"]) { program in
            let complaints = try await withThrowingTaskGroup(of: [String].self) { group in
                for (number, tenant) in tenants.enumerated() {
                    group.addTask { try await onThread { try Self.ask(program, tenant, seed &+ UInt64(number)) } }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(complaints == [], "seed \(seed)")
        }
        // Nobody holds a connection of the program any more, and nothing it left behind holds a session.
        let left = try await place.connect { connection in
            try await connection.only(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'app'", as: Int64.self)
        }
        #expect(left == 0)
    }

    private static func ask(_ program: ServedProgram, _ tenant: TenantPoolTests.Tenant, _ seed: UInt64) throws -> [String] {
        var (dice, complaints) = (SeededGenerator(seed: seed), [String]())
        let caller = program.caller(tenant.token.secret)
        for _ in 0..<100 {
            if Int.random(in: 0..<3, using: &dice) == 0 {
                let wire = Wire(port: program.port)
                wire?.send(
                    "GET /api/v1/organisations/\(tenant.organisation)/lookup HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(tenant.token.secret)\r\n\r\n"
                )
                // Gone with the wire: before, while or after the program answers.
                usleep(UInt32.random(in: 0..<10_000, using: &dice))
                continue
            }
            let answer = try caller.get("/api/v1/agreements")
            let organisations = try JSONValue(answer.body)["items"]?.elements.compactMap { $0["organisationId"]?.number } ?? []
            if answer.status != 200 || organisations.isEmpty { complaints.append("\(answer.status) to \(tenant.organisation)") }
            if organisations.contains(where: { $0 != tenant.organisation }) {
                complaints.append("rows of another for \(tenant.organisation)")
            }
        }
        return complaints
    }
}
