import Domain
import Foundation
import Subprocess
import SystemPackage
import Wording

/// `serve`, as a child of this program on free ports, for as long as something is asked of it.
enum ServeProcess {
    /// Starts it on the database of these options, hands on its port, and stops it again as an operator would.
    ///
    /// - Throws: ``Failure`` when it does not start, or does not end well; what `ask` throws.
    static func run<Value: Sendable>(with options: GlobalOptions, _ ask: (UInt16) throws -> Value) async throws -> Value {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let day = options.today.map { ["--today", $0.description] } ?? []
        let arguments = ["serve", "--port", "0", "--admin-port", "0", "--state", options.stateFolder] + day
        let outcome = try await Subprocess.run(
            .path(FilePath(program)), arguments: Arguments(arguments),
            // A URL may hold a password, and arguments are everybody's to read.
            environment: .inherit.updating(["DATABASE_URL": options.databaseURL]),
            input: .none, output: .sequence, error: .string(limit: 65_536)
        ) { execution -> Result<Value, any Error> in
            var lines = execution.standardOutput.strings().makeAsyncIterator()
            let result: Result<Value, any Error>
            do {
                while true {
                    guard let line = try await lines.next() else { throw Failure(.serveEndedEarly, status: .software) }
                    guard let port = port(in: line) else { continue }
                    result = .success(try ask(port))
                    break
                }
            } catch {
                result = .failure(error)
            }
            // It may be gone already; how it ended is looked at below.
            try? execution.send(signal: .terminate)
            while try await lines.next() != nil {}
            return result
        }
        let value: Value
        switch outcome.closureResult {
        case .success(let asked): value = asked
        case .failure(let error as Failure) where !outcome.standardError.isEmpty:
            throw error.adding(outcome.standardError)
        case .failure(let error): throw error
        }
        guard outcome.terminationStatus.isSuccess else {
            throw Failure(.serveEndedBadly(how: "\(outcome.terminationStatus): \(outcome.standardError)"), status: .software)
        }
        return value
    }

    /// The port for callers, in the line of the log that tells of it.
    private static func port(in line: String) -> UInt16? {
        struct Event: Decodable {
            let message: String
            let context: [String]?
        }
        guard let event = try? JSONDecoder().decode(Event.self, from: Data(line.utf8)), event.message == "listening" else { return nil }
        return event.context?.lazy.compactMap { $0.hasPrefix("callers=") ? UInt16($0.dropFirst(8)) : nil }.first
    }
}
