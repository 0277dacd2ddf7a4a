import Logging
import Postgres

/// The only proof that a server is up: a connection through its socket, answered by a process of this very cluster.
struct ServerProbe {
    let data: String
    let socket: SocketFolder
    let configuration: ConnectionConfiguration
    let logger: Logger

    /// The version of the server that answers, nil when none does.
    func answer() async -> String? {
        guard socket.isTrusted(), File.identity(at: socket.socket) != nil else { return nil }
        var patient = configuration
        // A server that was stopped with SIGSTOP takes connections and never answers.
        patient.parameters["connect_timeout"] = "3"
        // libpq reports what it is told while the server starts up; that is no news for anybody.
        var quiet = logger
        quiet.logLevel = .critical
        guard let connection = try? await Connection.open(patient, logger: quiet) else { return nil }
        let answer = await ask(connection)
        await connection.close()
        return answer
    }

    private func ask(_ connection: Connection) async -> String? {
        guard let backend = try? await connection.only("SELECT pg_backend_pid()", as: Int32.self),
            let version = try? await connection.only("SELECT current_setting('server_version')", as: String.self),
            ServerProcesses.living(in: data).ids.contains(backend)
        else { return nil }
        return version
    }
}
