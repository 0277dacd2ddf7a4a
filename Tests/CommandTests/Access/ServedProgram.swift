import Foundation
import Glibc
import TestSupport

/// `os2medlem serve` as a process of its own, for as long as a test needs it.
struct ServedProgram: Sendable {
    let port: Int
    let adminPort: Int
    let process: pid_t
    /// Where the program's log goes, unless somebody else takes it.
    let log: String

    /// Starts it on a database, asks it, and stops it as an operator would.
    ///
    /// - Throws: what `body` throws; ``Missing`` when the program does not start, or does not end by itself and with 0.
    static func run<Value: Sendable>(
        at place: CommandPlace, _ more: [String] = [], isLimited: Bool = false, output: Int32? = nil,
        _ body: (ServedProgram) async throws -> Value
    ) async throws -> Value {
        let served = try await start(at: place, more, isLimited: isLimited, output: output)
        do {
            let value = try await body(served)
            try await onThread { try served.stop() }
            return value
        } catch {
            try? await onThread { try served.stop() }
            throw error
        }
    }

    /// Starts it and waits until it answers. Whoever starts it stops it.
    ///
    /// - Parameter isLimited: whether there is a limit on how often one may ask.
    /// - Parameter output: where its output goes, instead of into a file.
    static func start(
        at place: CommandPlace, _ more: [String] = [], isLimited: Bool = false, output: Int32? = nil
    ) async throws -> ServedProgram {
        let log = ThrowawayFolder.make() + "/log"
        let (port, adminPort) = (try freePort(), try freePort())
        let arguments = ["serve", "--database", place.url(as: "app"), "--port", "\(port)", "--admin-port", "\(adminPort)"]
        let process = try start(
            try Command.program(), arguments + (isLimited ? [] : ["--unlimited"]) + more, log: log, output: output)
        let served = ServedProgram(port: port, adminPort: adminPort, process: process, log: log)
        do { try await onThread { try served.awaitListening() } } catch {
            try? await onThread { try served.stop() }
            throw error
        }
        return served
    }

    /// What the program has written so far, a line an event.
    var logLines: [String] {
        let text = (try? String(decoding: Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// Whether it has not ended yet, in whatever way: what has ended and was not waited for still has its number.
    var isRunning: Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo == 0
    }

    /// Requests on one connection, which is made anew when the program closes it.
    func caller(_ token: String? = nil) -> HTTPCaller { HTTPCaller(port: port, token: token) }

    /// What the machine's own people are told.
    func admin(_ path: String) async throws -> WireAnswer {
        try await onThread { [adminPort] in try HTTPCaller(port: adminPort, token: nil).get(path) }
    }

    /// A figure without labels.
    func figure(_ name: String) async throws -> Int {
        let line = try await admin("/metrics").text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }
        return try (line?.split(separator: " ").last.flatMap { Int($0) }).orThrow("the figure \(name)")
    }

    private func awaitListening() throws {
        for _ in 0..<3000 {
            if Wire(port: port, patience: 1) != nil, Wire(port: adminPort, patience: 1) != nil { return }
            guard isRunning else { break }
            usleep(20_000)
        }
        throw Missing("the program does not serve: \(logLines.suffix(3))")
    }

    func terminate() { kill(process, SIGTERM) }

    /// - Throws: when it does not end by itself and with 0.
    func stop() throws {
        terminate()
        try awaitEnd()
    }

    /// - Throws: when it does not end by itself and with 0.
    func awaitEnd() throws {
        var status: Int32 = 0
        for _ in 0..<6000 {
            switch waitpid(process, &status, WNOHANG) {
            case 0: usleep(20_000)
            case process where status == 0: return
            default: throw Missing("the program ended with \(status)")
            }
        }
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        throw Missing("the program does not end")
    }

    private static func start(_ program: String, _ arguments: [String], log: String, output: Int32?) throws -> pid_t {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let output {
            posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        }
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var process: pid_t = 0
        guard posix_spawn(&process, program, &actions, nil, &words, environ) == 0 else { throw Missing("a process for \(program)") }
        return process
    }

    /// A port that was free a moment ago.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard isBound else { throw Missing("a free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// Somebody who asks one thing after the other with one token. It blocks: see ``onThread(_:)``.
final class HTTPCaller {
    private let port: Int
    private let token: String?
    private var wire: Wire?

    init(port: Int, token: String?) {
        self.port = port
        self.token = token
    }

    func get(_ target: String, _ headers: [String] = []) throws -> WireAnswer {
        let fields = (headers + (token.map { ["Authorization: Bearer \($0)"] } ?? [])).map { "\($0)\r\n" }.joined()
        let request = Array("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n".utf8)
        // The program may close a connection between two requests, so the second attempt has a fresh one.
        for _ in 0..<2 {
            let current = wire ?? Wire(port: port)
            wire = current
            if let current, current.send(request), let answer = current.answer() {
                if answer.isLast { wire = nil }
                return answer
            }
            wire = nil
        }
        throw Missing("an answer to \(target)")
    }
}

extension WireAnswer {
    /// All that a caller could tell two answers apart by: what is of the moment left out.
    var substance: String {
        let fields = headers.filter { !["date", "x-request-id"].contains($0.name) }.map { "\($0.name): \($0.value)" }
        return "\(status)\n\(fields.joined(separator: "\n"))\n\n\(text)"
    }
}
