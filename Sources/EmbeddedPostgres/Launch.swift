import Glibc
import Subprocess
import SystemPackage

/// Setting a server off so that it stays when this program ends.
struct Launch {
    let folder: ClusterFolder
    let socket: SocketFolder
    let account: ServerAccount
    let programs: PostgresPrograms
    let settings: [String: String]

    /// Starts the server and returns at once; it is not ready yet. Returns where its part of the log begins.
    ///
    /// `setsid --fork` gives it a session of its own: Ctrl-C and the end of the terminal do not reach it, and it is nobody's child
    /// here that would have to be waited for. It begins with the data folder as its working directory, so `ServerProcesses` sees
    /// it from the first instant. Its input is empty and its output goes to the log; it inherits no other open file.
    ///
    /// - Throws: `system` when the log cannot be opened, `notRun`, `cancelled`.
    func begin() async throws(EmbeddedPostgresError) -> Int {
        let log = ServerLog(path: folder.log)
        let (descriptor, start) = try log.open(for: account)
        defer { close(descriptor) }
        let (executable, arguments) = account.command("setsid", ["--fork", programs.path(of: "postgres")] + serverArguments)
        do {
            // How it ended tells nothing that the log and the processes do not: whoever starts looks there anyway.
            _ = try await Subprocess.run(
                executable, arguments: arguments, environment: .custom(ServerAccount.environment),
                workingDirectory: FilePath(folder.data),
                output: .fileDescriptor(FileDescriptor(rawValue: descriptor), closeAfterSpawningProcess: false),
                error: .combinedWithOutput)
        } catch {
            throw EmbeddedPostgresError(running: programs.path(of: "postgres"), failure: error)
        }
        return start
    }

    /// The caller's settings first, the cluster's own last: of two with the same name the later one holds.
    private var serverArguments: [String] {
        let own = [("listen_addresses", ""), ("unix_socket_directories", quoted(socket.path)), ("port", SocketFolder.port)]
        let all = settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + own
        return ["-D", folder.data] + all.flatMap { ["-c", "\($0.0)=\($0.1)"] }
    }

    /// `unix_socket_directories` is a list: a comma or a blank in a path separates, unless quoted.
    private func quoted(_ path: String) -> String {
        "\"" + path.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
