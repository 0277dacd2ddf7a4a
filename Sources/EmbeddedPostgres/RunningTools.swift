import Postgres
import Subprocess
public import SystemPackage

extension EmbeddedCluster {
    /// Runs a program of PostgreSQL, such as `pg_dump`, `pg_restore` or `psql`, of the version of this cluster and connected to it.
    ///
    /// It runs as the user who runs the server, with an environment that leads it to this cluster as the superuser; arguments may
    /// name another user or database. Files go through `input` and `output`, opened by the caller: they are then read and written
    /// with the caller's rights and ownership, where PostgreSQL's user may have none.
    ///
    /// - Parameters:
    ///   - tool: The program's name, without a path.
    ///   - arguments: Its arguments. `psql` reads no start-up file.
    ///   - input: Its standard input; without it, none.
    ///   - output: Its standard output; without it, thrown away.
    /// - Throws: `toolFailed` with the end of what the program said when it failed; `notRun`, `cancelled`; `programsMissing` and
    ///   `otherMajorVersion` when the version is not installed; `notACluster` when there is none.
    public func run(
        tool: String, arguments: [String], input: FileDescriptor? = nil, output: FileDescriptor? = nil
    ) async throws(EmbeddedPostgresError) {
        let account = try ServerAccount.running(clusterAt: folder.path)
        guard let version = try folder.majorVersion() else { throw .notACluster(path: folder.data) }
        let programs = try await PostgresPrograms.matching(version, at: folder.data)
        let (executable, allArguments) = account.command(programs.path(of: tool), arguments)
        let configuration = Configuration(
            executable: executable, arguments: allArguments, environment: .custom(toolEnvironment), workingDirectory: "/")
        let nothing: FileDescriptor
        do { nothing = try FileDescriptor.open("/dev/null", .readWrite) } catch { throw .notRun(program: tool, reason: "\(error)") }
        defer { try? nothing.close() }
        let result: (status: TerminationStatus, complaint: Complaint)
        do {
            let outcome = try await Subprocess.run(
                configuration, input: .fileDescriptor(input ?? nothing, closeAfterSpawningProcess: false),
                output: .fileDescriptor(output ?? nothing, closeAfterSpawningProcess: false), error: .sequence
            ) { execution in
                var complaint = Complaint()
                for try await part in execution.standardError { part.withUnsafeBytes { complaint.add($0) } }
                return complaint
            }
            try Task.checkCancellation()
            result = (outcome.terminationStatus, outcome.closureResult)
        } catch {
            throw EmbeddedPostgresError(running: tool, failure: error)
        }
        guard result.status.isSuccess else {
            throw .toolFailed(tool: tool, status: "\(result.status)", output: result.complaint.text)
        }
    }

    private var toolEnvironment: [Environment.Key: String] {
        let connection = configuration(user: Self.superuser, database: "postgres").parameters
        var environment = ServerAccount.environment
        environment["PGHOST"] = connection["host"]
        environment["PGPORT"] = connection["port"]
        environment["PGUSER"] = connection["user"]
        environment["PGDATABASE"] = connection["dbname"]
        environment["PGREQUIREPEER"] = connection["requirepeer"]
        environment["PSQLRC"] = "/dev/null"
        return environment
    }
}

/// The end of what a program said on its standard error; a restore can complain about a million rows.
private struct Complaint: Sendable {
    private static let largest = 8192
    private var bytes: [UInt8] = []

    mutating func add(_ part: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: part)
        if bytes.count > 2 * Self.largest { bytes.removeFirst(bytes.count - Self.largest) }
    }

    var text: String { String(decoding: bytes.suffix(Self.largest), as: UTF8.self) }
}
