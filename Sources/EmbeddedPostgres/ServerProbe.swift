import Logging
import Postgres

/// The only proof that a server is up: a connection through its socket, answered by a process of this very cluster.
struct ServerProbe {
    let data: String
    let socket: SocketFolder
    let configuration: ConnectionConfiguration
    let logger: Logger

    /// The version of the server that answers, nil when none does; of one that has no connection to spare, the major version.
    func answer() async -> String? {
        guard socket.isTrusted(), File.identity(at: socket.socket) != nil else { return nil }
        var patient = configuration
        // A server that was stopped with SIGSTOP takes connections and never answers.
        patient.parameters["connect_timeout"] = "3"
        // libpq reports what it is told while the server starts up; that is no news for anybody.
        var quiet = logger
        quiet.logLevel = .critical
        let connection: Connection
        do throws(PostgresError) {
            connection = try await Connection.open(patient, logger: quiet)
        } catch {
            return isFull(error) ? File.text(of: data + "/PG_VERSION", limit: 16).map { String($0.prefix { $0.isNumber }) } : nil
        }
        let answer = await ask(connection)
        await connection.close()
        return answer
    }

    /// Whether the server turns us away only because it has as many connections as it may have: then it is up, and busy.
    private func isFull(_ error: PostgresError) -> Bool {
        // Before the connection is made libpq has only words for it; the server's are English, see `Initialisation`.
        let words = "\(error)"
        return ["too many clients", "remaining connection slots"].contains { words.contains($0) }
            && ServerProcesses.living(in: data).postmaster != nil
    }

    private func ask(_ connection: Connection) async -> String? {
        guard let backend = try? await connection.only("SELECT pg_backend_pid()", as: Int32.self),
            let version = try? await connection.only("SELECT current_setting('server_version')", as: String.self),
            ServerProcesses.living(in: data).ids.contains(backend)
        else { return nil }
        return version
    }
}
