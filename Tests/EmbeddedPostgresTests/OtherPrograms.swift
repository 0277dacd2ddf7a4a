import Glibc
import TestSupport
import Testing

@testable import EmbeddedPostgres

/// A program that has nothing to do with PostgreSQL, and a dead child of it that it never waits for: a zombie.
final class Stranger: Sendable {
    /// A living process.
    let living: Int32
    /// A process that has ended and whose number is still taken.
    let zombie: Int32

    init() async throws {
        let note = ThrowawayFolder.make() + "/zombie"
        let words = ["sh", "-c", "true & echo $! > '\(note)'; exec sleep 600"]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        let environment: [UnsafeMutablePointer<CChar>?] = [nil]
        guard posix_spawnp(&child, "sh", nil, nil, arguments, environment) == 0 else {
            throw EmbeddedPostgresError.notRun(program: "sh", reason: "posix_spawnp")
        }
        living = child
        var dead: Int32 = 0
        _ = try await eventually {
            dead = Int32(File.text(of: note)?.prefix { $0.isNumber } ?? "") ?? 0
            return dead > 0 && File.text(of: "/proc/\(dead)/stat")?.contains(") Z ") == true
        }
        zombie = dead
    }

    deinit {
        kill(living, SIGKILL)
        waitpid(living, nil, 0)
    }
}

/// Becoming somebody else, in a process of one's own.
enum OrdinaryUser {
    /// Gives up root's rights for good, if this process has them. Where it has not, it is an ordinary user already.
    static func become() throws {
        guard geteuid() == 0 else { return }
        let nobody = try #require(getpwnam("nobody"))
        let (user, group) = (nobody.pointee.pw_uid, nobody.pointee.pw_gid)
        try #require(setgroups(0, nil) == 0 && setgid(group) == 0 && setuid(user) == 0)
    }

    /// A state folder that belongs to whom `become` makes us.
    static func folder() -> String {
        let path = ThrowawayFolder.make()
        if geteuid() == 0, let nobody = getpwnam("nobody") { chown(path, nobody.pointee.pw_uid, nobody.pointee.pw_gid) }
        return path
    }
}
