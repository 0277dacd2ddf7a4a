import Foundation
import Subprocess
import SystemPackage
import TestSupport

/// The built program, run as a process of its own.
struct Command: Sendable {
    /// What every run is told first: which database, or which state folder.
    let place: [String]
    /// An ordinary user's eyes, where the tests themselves run as root.
    var isOrdinaryUser = false

    static func on(_ url: String) -> Command { Command(place: ["--database", url]) }

    static func with(state: String) -> Command { Command(place: ["--state", state]) }

    struct Result: Sendable {
        /// Nothing when a signal ended it.
        let status: Int32?
        let output: String
        let errors: String

        var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
        /// The first word on standard error, which is the code of a refusal.
        var code: String { String(errors.prefix { $0 != ":" && !$0.isWhitespace }) }

        func decoded<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(Value.self, from: Data(output.utf8))
        }
    }

    /// Runs the program with the place after its arguments.
    @discardableResult
    func callAsFunction(_ arguments: String...) async throws -> Result { try await run(arguments) }

    func run(_ arguments: [String]) async throws -> Result {
        try await Command.runProgram(arguments + place, isOrdinaryUser: isOrdinaryUser)
    }

    /// Runs the program with exactly these arguments.
    ///
    /// - Parameter seconds: after which it is ended, where it might not end by itself.
    static func runProgram(
        _ arguments: [String], environment: [Environment.Key: String?] = [:], isOrdinaryUser: Bool = false, within seconds: Int? = nil
    ) async throws -> Result {
        var words = [try program()] + arguments
        if let seconds { words = ["timeout", "\(seconds)"] + words }
        if isOrdinaryUser, geteuid() == 0 { words = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"] + words }
        let outcome = try await Subprocess.run(
            .name("env"), arguments: Arguments(words),
            // What the person who runs the tests has set is not what is tested.
            environment: .inherit.updating(["DATABASE_URL": nil, "PGPASSWORD": nil]).updating(environment),
            output: .string(limit: 16_777_216), error: .string(limit: 1_048_576))
        var status: Int32?
        if case .exited(let code) = outcome.terminationStatus { status = code }
        return Result(status: status, output: outcome.standardOutput, errors: outcome.standardError)
    }

    /// Beside the test bundle, where SwiftPM puts every executable of one build.
    static func program() throws -> String {
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("os2medlem").path
        guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing("the program is not at \(path)") }
        return path
    }
}

/// Something a test needs is not there.
struct Missing: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

extension Optional {
    func orThrow(_ what: String) throws -> Wrapped {
        guard let self else { throw Missing(what) }
        return self
    }
}
