import Foundation
import Glibc
import Testing

/// What keeps `serve` from starting is said before anything is served.
@Suite struct ServeStartTests {
    /// A role that was only put on can be taken off again, so nobody may log in whom the policies do not bind.
    @Test func aLoginThatNoPolicyBindsIsRefused() async throws {
        let place = try await AccessDatabase.shared.value.command
        let outcome = try await Command.runProgram(["serve", "--database", place.url(as: "postgres"), "--port", "0", "--admin-port", "0"])
        #expect(outcome.code == "LOGIN_NOT_BOUND" && outcome.status == 78, "\(outcome.errors)")
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
            ["serve", "--database", place.url(as: "app"), "--port", "\(port)", "--admin-port", "0"])
        #expect(outcome.code == "PORT_UNAVAILABLE" && outcome.status == 69 && outcome.errors.contains(":\(port)"), "\(outcome.errors)")
    }
}
