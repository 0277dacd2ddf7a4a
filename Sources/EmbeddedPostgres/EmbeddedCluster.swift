public import Logging
public import Postgres

/// A private PostgreSQL cluster in a folder, for people who have no database server.
///
/// It needs PostgreSQL's programs on the machine and nothing else: no service, no password, no port. The server runs as the user
/// who starts it (for root: as `postgres`), listens on a Unix socket that only this user can open, and stays when the program
/// ends, until `stop`.
///
/// ```swift
/// let cluster = EmbeddedCluster(state: ".os2medlem", logger: logger)
/// let connection = try await Connection.open(cluster.start(), logger: logger)
/// ```
///
/// Starting works after every kind of death: of the server, of single processes of it, of the program that was starting it, and
/// of the machine. What was committed is there again. All calls may be made from several programs at once.
public struct EmbeddedCluster: Sendable {
    /// The superuser, who owns everything that nobody was made the owner of.
    public static let superuser = "postgres"

    let folder: ClusterFolder
    let logger: Logger
    let settings: [String: String]
    let patience: Duration

    /// Names a cluster; nothing is touched yet.
    ///
    /// - Parameters:
    ///   - state: The state folder; the cluster lies in `postgres` under it. A relative path is relative to the working directory now.
    ///   - logger: Hears what is made, removed and waited for.
    ///   - settings: Settings of the server (`postgresql.conf`), given to it whenever it starts. A server that runs already keeps
    ///     its own. Where it listens is not theirs to change.
    ///   - patience: How long starting or stopping may take. Recovery after a crash can take long in a large database.
    public init(state: String, logger: Logger, settings: [String: String] = [:], patience: Duration = .seconds(60)) {
        self.folder = ClusterFolder(state: state)
        self.logger = logger
        self.settings = settings
        self.patience = patience
    }

    /// How to connect, as a user of the database, while the server runs. `start` returns it for the superuser.
    public func configuration(user: String, database: String) -> ConnectionConfiguration {
        let account = try? ServerAccount.running(clusterAt: folder.path)
        let socket = SocketFolder(of: folder, owner: account?.userID ?? 0)
        var parameters = ["host": socket.path, "port": SocketFolder.port, "user": user, "dbname": database]
        // libpq makes sure that the other end of the socket is run by whom it should be.
        parameters["requirepeer"] = account?.name
        return ConnectionConfiguration(parameters: parameters)
    }

    /// Makes the empty folder that a copy of another cluster goes into, and answers where its data belongs: the next start finds it there.
    package func prepareFolder() async throws(EmbeddedPostgresError) -> String {
        try await folder.prepare(for: ServerAccount.running(clusterAt: folder.path))
        return folder.data
    }

    /// The proof that a server is up, for the superuser.
    func probe(_ socket: SocketFolder) -> ServerProbe {
        ServerProbe(
            data: folder.data, socket: socket, configuration: configuration(user: Self.superuser, database: "postgres"), logger: logger)
    }
}
