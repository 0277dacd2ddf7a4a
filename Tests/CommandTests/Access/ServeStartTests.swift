import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// What keeps `serve` from starting is said before anything is served.
@Suite struct ServeStartTests {
    /// A role that was only put on can be taken off again, so nobody may log in whom the policies do not bind; and whoever cannot put it on serves nobody.
    @Test(arguments: [
        ("postgres", "LOGIN_NOT_BOUND"), ("batch", "LOGIN_NOT_BOUND"), ("migrator", "LOGIN_NOT_BOUND"), ("readonly", "LOGIN_NOT_MEMBER"),
    ])
    func aLoginThatCannotServeIsRefused(_ login: String, _ code: String) async throws {
        let place = try await AccessDatabase.shared.value.command
        let outcome = try await Command.runProgram(
            ["serve", "--database", place.url(as: login), "--port", "0", "--admin-port", "0"], within: 60)
        #expect(outcome.code == code && outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("logget ind som \(login),") && outcome.errors.contains("giv den login app"), "\(outcome.errors)")
        #expect(!outcome.output.contains("listening"))
    }

    @Test(arguments: [("postgres", "LOGIN_NOT_BOUND"), ("batch", "LOGIN_NOT_BOUND"), ("app", "LOGIN_NOT_MEMBER")])
    func aLoginThatCannotReadAStandbyIsRefused(_ login: String, _ code: String) async throws {
        let place = try await AccessDatabase.shared.value.command
        let outcome = try await Command.runProgram(
            ["serve", "--database", place.url(as: "app"), "--read-database", place.url(as: login), "--port", "0", "--admin-port", "0"],
            within: 60)
        #expect(outcome.code == code && outcome.status == 78, "\(outcome.errors)")
        #expect(outcome.errors.contains("logget ind som \(login),"), "\(outcome.errors)")
        #expect(outcome.errors.contains("giv den login readonly"), "\(outcome.errors)")
    }

    /// A login of one's own, which is a member of what serves and of nothing else.
    @Test func aMemberServes() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { try await $0.run(script: "CREATE ROLE member_of_app LOGIN; GRANT app TO member_of_app") }
        try await ServedProgram.run(at: place, ["--database", place.url(as: "member_of_app")]) { program in
            let status = try await onThread { try program.caller().get("/api/v1/products").status }
            #expect(status == 200)
        }
    }

    /// Neither may one with a way around the database.
    @Test(
        arguments: ["pg_execute_server_program", "pg_read_server_files", "pg_write_server_files"].map {
            ("LOGIN", "app, \($0)", $0.dropFirst(3))
        } + ["REPLICATION", "CREATEROLE", "BYPASSRLS"].map { ("LOGIN \($0)", "app", Substring($0.lowercased())) })
    func aLoginWithAWayAroundIsRefused(_ options: String, _ roles: String, _ way: Substring) async throws {
        let place = try await AccessDatabase.shared.value.command
        let login = "around_by_\(way)"
        try await place.connect { try await $0.run(script: "CREATE ROLE \(login) \(options); GRANT \(roles) TO \(login)") }
        let outcome = try await Command.runProgram(
            ["serve", "--database", place.url(as: login), "--port", "0", "--admin-port", "0"], within: 60)
        #expect(outcome.code == "LOGIN_NOT_BOUND" && outcome.status == 78, "\(outcome.errors)")
    }

    /// A database that is there and does not say what the login may is not waited for.
    @Test func aLoginThatCannotBeLookedAtIsNotServed() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { try await $0.run(script: "REVOKE EXECUTE ON FUNCTION pg_has_role(name, oid, text) FROM PUBLIC") }
        let outcome = try await Command.runProgram(
            ["serve", "--database", place.url(as: "app"), "--port", "0", "--admin-port", "0"], within: 60)
        #expect(outcome.code == "NO_PERMISSION" && outcome.status == 77, "\(outcome.errors)")
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        let place = try await AccessDatabase.shared.value.command
        let taken = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(taken) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(taken, $0, length) == 0 && listen(taken, 1) == 0 && getsockname(taken, $0, &length) == 0
            }
        }
        #expect(isBound)
        let port = UInt16(bigEndian: address.sin_port)
        let outcome = try await Command.runProgram(
            ["serve", "--database", place.url(as: "app"), "--port", "\(port)", "--admin-port", "0"], within: 60)
        #expect(outcome.code == "PORT_UNAVAILABLE" && outcome.status == 69 && outcome.errors.contains(":\(port)"), "\(outcome.errors)")
    }
}
