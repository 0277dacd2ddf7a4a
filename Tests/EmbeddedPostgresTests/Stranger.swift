import Glibc
import TestSupport

@testable import EmbeddedPostgres

/// A program that has nothing to do with PostgreSQL, and a dead child of it that it never waits for: a zombie.
final class Stranger: Sendable {
    /// A living process.
    let living: Int32
    /// A process that has ended and whose number is still taken.
    let zombie: Int32

    /// - Parameters:
    ///   - account: Whom they run as. The user of the server: processes of other users PostgreSQL does not take for its own.
    ///   - folder: The working directory of both.
    init(as account: ServerAccount, in folder: String = "/") async throws {
        let own = ThrowawayFolder.make()
        let note = own + "/zombie"
        var words = ["sh", "-c", "cd '\(folder)' && { true & echo $! > '\(note)'; exec sleep 600; }"]
        if account.isOther {
            chown(own, account.userID, account.groupID)
            words = ["setpriv", "--reuid=\(account.userID)", "--regid=\(account.groupID)", "--clear-groups", "--"] + words
        }
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child = pid_t()
        let environment: [UnsafeMutablePointer<CChar>?] = [nil]
        guard posix_spawnp(&child, words[0], nil, nil, arguments, environment) == 0 else {
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
