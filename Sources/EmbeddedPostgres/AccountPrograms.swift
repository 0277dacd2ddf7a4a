import Glibc
import Subprocess
import SystemPackage

/// How a program that was run as the server's account ended, and what it said.
struct ProgramResult: Sendable {
    let isSuccess: Bool
    let status: String
    /// Standard output and standard error as they were mixed.
    let output: String
}

extension ServerAccount {
    /// The environment of every program of the cluster. It is not the environment of this process: a `PGDATA`, `PGPORT` or
    /// locale of the person's shell is no business of a private cluster.
    static var environment: [Environment.Key: String] {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return ["PATH": path.isEmpty ? "/usr/local/bin:/usr/bin:/bin" : path + ":/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    }

    /// Runs a short program to its end as this user and collects what it says.
    ///
    /// - Throws: `notRun` when it could not be run or said more than a megabyte, `cancelled`.
    func run(
        _ program: String, _ arguments: [String], in workingDirectory: String = "/"
    ) async throws(EmbeddedPostgresError) -> ProgramResult {
        let (executable, allArguments) = command(program, arguments)
        do {
            let result = try await Subprocess.run(
                executable, arguments: allArguments, environment: .custom(Self.environment),
                workingDirectory: FilePath(workingDirectory), output: .string(limit: 1 << 20), error: .combinedWithOutput)
            try Task.checkCancellation()
            return ProgramResult(
                isSuccess: result.terminationStatus.isSuccess, status: result.terminationStatus.description, output: result.standardOutput)
        } catch {
            throw EmbeddedPostgresError(running: program, failure: error)
        }
    }
}

extension EmbeddedPostgresError {
    /// What a failure of the process library means here.
    init(running program: String, failure: any Error) {
        if Task.isCancelled || failure is CancellationError {
            self = .cancelled
        } else {
            self = .notRun(program: program, reason: String(describing: failure))
        }
    }
}
