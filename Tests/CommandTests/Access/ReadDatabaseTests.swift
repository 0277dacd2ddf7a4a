import Domain
import EmbeddedPostgres
import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// `--read-database`: the program reads from a standby, goes on without the primary, and says so when the standby is away as well.
@Suite(.serialized) struct ReadDatabaseTests {
    @Test func readsAreTheStandbysAndGoOnWithoutThePrimary() async throws {
        let pair = try await ServedPair()
        let auditor = try await AccessDatabase.token(.auditor, for: nil, at: pair.command).token
        let member = try await AccessDatabase.token(.memberContact, for: AccessDatabase.Place.own, at: pair.command)
        let groups = "/api/v1/organisations/\(try member.organisation.orThrow("an organisation"))/groups"
        let options = ["--read-database", pair.copy.url(as: "readonly"), "--connections", "4"]
        let outside = try await ServedProgram.run(at: pair.command, options) { program in
            // The standby hears of the token in its own time.
            #expect(try await Self.becomes(200, program, auditor))
            #expect(try await Self.becomes(200, program, member.token))
            #expect(try await Self.connections(of: "readonly", at: pair.copy) > 0)
            #expect(try await Self.connections(of: "readonly", at: pair.command) == 0)

            // What the standby has not heard is not there, although the primary has it.
            try await pair.pause(true)
            let late = try await AccessDatabase.token(.secretariat, for: nil, at: pair.command).token
            #expect(try await Self.status(program, late) == 401)
            try await pair.pause(false)
            #expect(try await Self.becomes(200, program, late))

            try await pair.primary.stop(.immediate)
            // Every operation there is: none of them writes.
            let statuses = try await Self.statuses(program, auditor)
            #expect(statuses.allSatisfy { $0.status < 500 }, "\(statuses.filter { $0.status >= 500 })")
            #expect(statuses.count { $0.status == 200 } >= 30, "\(statuses)")
            #expect(try await program.admin("/health/ready").text == "ready\n")
            // What a member reads meanwhile, and what it is refused.
            let outside = try await onThread {
                let caller = program.caller(member.token)
                return try [groups, "/api/v1/audit-entries"].map { target in
                    let answer = try caller.get(target)
                    return "\(try answer["x-request-id"].orThrow("a number")) \(target) \(answer.status)"
                }
            }
            #expect(outside.map { $0.suffix(4) } == [" 200", " 403"])

            // With the standby away too there is nothing to read: everybody is told so, and the process lives.
            try await pair.standby.stop(.immediate)
            let refused = try await onThread { try program.caller(auditor).get("/api/v1/me") }
            #expect(refused.status == 503 && refused["retry-after"].flatMap { Int($0) } ?? 0 > 0)
            #expect(try await program.admin("/health/ready").status == 503)
            #expect(try await program.admin("/health/live").status == 200)
            let figures = try await program.admin("/metrics").text
            #expect(figures.contains("os2medlem_http_requests_total{operation=\"getCaller\",status=\"5xx\"} 1\n"))

            try await pair.standby.start()
            #expect(try await Self.becomes(200, program, auditor))
            #expect(try await Self.until { try await program.admin("/health/ready").status == 200 })
            try await pair.primary.start()
            return outside
        }
        // What was read on the standby is on record on the primary, under the number that the caller was told.
        let entries = try await pair.command.connect { connection in
            try await connection.query(
                """
                SELECT concat_ws(' ', request, target, status) FROM access_entry WHERE prefix = \(String(member.token.prefix(13))) ORDER BY id
                """, as: String.self)
        }
        #expect(entries.suffix(2) == outside[...])
        // That they were used while the primary was away is noted there in the end.
        let noted = try await pair.command.connect { try await $0.only("SELECT count(*) FROM api_token_use", as: Int64.self) }
        #expect(noted == 3)
        try await pair.stop()
    }

    /// A primary that says nothing any more, and does not end its connections either: what is to be noted there holds nobody up, the stop neither.
    @Test func aSilentPrimaryHoldsUpNoStop() async throws {
        let pair = try await ServedPair()
        let member = try await AccessDatabase.token(.memberContact, for: AccessDatabase.Place.own, at: pair.command)
        let program = try await ServedProgram.start(at: pair.command, ["--read-database", pair.copy.url(as: "readonly")])
        #expect(try await Self.becomes(200, program, member.token))
        // The connection on which reads are noted is there.
        #expect(try await Self.until { try await Self.connections(of: "app", at: pair.command) > 0 })
        guard case .running(let postmaster, _) = try await pair.primary.status() else { throw Missing("a primary that runs") }
        let backends = try await pair.command.connect {
            try await $0.query("SELECT pid FROM pg_stat_activity WHERE usename = 'app'", as: Int32.self)
        }
        for process in [postmaster] + backends { kill(process, SIGSTOP) }
        #expect(try await Self.status(program, member.token) == 200)
        // It is noticed, not waited for.
        let isSaid = try await Self.until { program.logLines.contains { $0.contains("reads are still to be put on record") } }
        let isStopped = try await onThread { (try? program.stop()) != nil }
        for process in backends + [postmaster] { kill(process, SIGCONT) }
        #expect(isSaid && isStopped)
        #expect(program.logLines.contains { $0.contains("reads could not be put on record") }, "\(program.logLines.suffix(3))")
        try await pair.stop()
    }

    private static func status(_ program: ServedProgram, _ token: String) async throws -> Int {
        try await onThread { try program.caller(token).get("/api/v1/me").status }
    }

    private static func becomes(_ status: Int, _ program: ServedProgram, _ token: String) async throws -> Bool {
        try await until { try await Self.status(program, token) == status }
    }

    private static func until(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<600 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    private static func statuses(_ program: ServedProgram, _ token: String) async throws -> [(target: String, status: Int)] {
        let targets = try DescribedOperation.all().map { operation in
            let path = operation.pathParameters.reduce(operation.path) { $0.replacing("{\($1)}", with: "1") }
            let required = operation.query.filter(\.isRequired).map { "\($0.name)=\($0.name == "year" ? "2027" : "0151")" }
            return required.isEmpty ? path : "\(path)?\(required.joined(separator: "&"))"
        }
        return try await onThread {
            let caller = program.caller(token)
            return try targets.map { ($0, try caller.get($0).status) }
        }
    }

    private static func connections(of user: String, at place: CommandPlace) async throws -> Int64 {
        try await place.connect { connection in
            try await connection.only("SELECT count(*) FROM pg_stat_activity WHERE usename = \(user)", as: Int64.self)
        }
    }
}
