import Foundation
import Glibc

/// The program under test, as a process that can be killed.
struct Program: Sendable {
    let path: String
    /// Where its private server lives, and what it says on standard error.
    let state: String

    /// Only a hang takes this long.
    static let patience: Duration = .seconds(300)

    static let invoiceRun = ["invoice", "run", "--year", "2027", "--today", "2027-01-10", "--as", "faults"]

    /// A run of the program that may not have ended yet.
    struct Running: Sendable {
        let process: pid_t
        fileprivate let errors: String
    }

    struct Outcome: Sendable {
        /// The exit status; nothing when a signal ended the program.
        let status: Int32?
        let errors: String

        var succeeded: Bool { status == 0 }
        /// The rule's code, which is the first word of a refusal.
        var code: String { String(errors.prefix { $0 != ":" && $0 != "\n" }) }
    }

    func start(_ arguments: [String]) throws -> Running {
        let errors = "\(state)/stderr-\(UInt64.random(in: 0...UInt64.max))"
        var pointers: [UnsafeMutablePointer<CChar>?] = ([path] + arguments + ["--state", state, "--lang", "en"]).map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var process: pid_t = 0
        guard posix_spawn(&process, path, &actions, nil, pointers, environ) == 0 else {
            throw Violation("cannot run \(path); build it with: swift build --product os2medlem (-c release for a release build)")
        }
        return Running(process: process, errors: errors)
    }

    /// Waits for the end of a run.
    func end(of running: Running) async throws -> Outcome {
        let deadline = ContinuousClock.now + Program.patience
        var status: Int32 = 0
        while true {
            let answer = waitpid(running.process, &status, WNOHANG)
            if answer == running.process { break }
            if answer < 0 && errno != EINTR { throw Violation("lost process \(running.process)") }
            if ContinuousClock.now > deadline {
                kill(running.process, SIGKILL)
                throw Violation("process \(running.process) hangs")
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        let errors = (try? String(contentsOfFile: running.errors, encoding: .utf8)) ?? ""
        unlink(running.errors)
        return Outcome(status: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil, errors: errors)
    }

    func run(_ arguments: [String]) async throws -> Outcome { try await end(of: try start(arguments)) }

    /// Has it ended? Leaves its status for ``end(of:)``.
    func hasEnded(_ running: Running) -> Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(running.process), &information, WEXITED | WNOHANG | WNOWAIT) != 0 || information.si_signo == SIGCHLD
    }

    /// Beside this very program, where SwiftPM puts every executable of one build.
    static func besideThisOne() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return (own as NSString).deletingLastPathComponent + "/os2medlem"
    }
}
