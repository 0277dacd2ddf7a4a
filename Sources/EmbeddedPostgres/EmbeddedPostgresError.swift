#if canImport(Glibc)
    import Glibc
#endif

/// Why a private cluster could not be started, stopped, asked or used. Every description is a sentence for the person at the
/// terminal: it names the file or the process, and what to do about it where there is something to do.
public enum EmbeddedPostgresError: Error, Sendable, Equatable {
    /// No PostgreSQL of a usable version is installed; `searched` lists where it was looked for.
    case programsMissing(searched: [String])
    /// The program runs as root and the machine has no user of this name to run PostgreSQL as.
    case accountMissing(name: String)
    /// The user who runs PostgreSQL may not pass through `folder`, an ancestor of the cluster.
    case folderNotTraversable(folder: String, account: String)
    /// The cluster belongs to another user than the one running this program.
    case ownedByAnother(path: String, owner: String)
    /// The folder is there, is not empty, and is not a PostgreSQL cluster.
    case notACluster(path: String)
    /// The cluster was made by a major version of which no programs are installed.
    case otherMajorVersion(path: String, cluster: Int, installed: [Int])
    /// The short folder for the socket exists but cannot be trusted.
    case socketFolderRefused(path: String, reason: String)
    /// Another program held the lock round start and stop for the whole time allowed.
    case locked(path: String)
    /// `initdb` failed; `output` is what it said.
    case initialisationFailed(output: String)
    /// The server ended while starting; `log` is what it wrote.
    case startFailed(log: String)
    /// The server lives, but did not accept a connection within the time allowed; it is left running.
    case startTimedOut(process: Int32, log: String)
    /// The server, or a process it left behind, still lives after the time allowed.
    case stopTimedOut(processes: [Int32])
    /// A program of PostgreSQL ended with a failure; `output` is the end of its standard error.
    case toolFailed(tool: String, status: String, output: String)
    /// A call to the operating system failed.
    case system(operation: String, path: String, code: Int32)
    /// A program could not be run at all.
    case notRun(program: String, reason: String)
    /// The task was cancelled while it waited.
    case cancelled
}

extension EmbeddedPostgresError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .programsMissing(let searched):
            "PostgreSQL \(PostgresPrograms.oldestMajorVersion) or newer is not installed (looked in \(searched.joined(separator: ", "))). "
                + "On Debian and Ubuntu: apt-get install postgresql"
        case .accountMissing(let name):
            "PostgreSQL refuses to run as root, and there is no user '\(name)' to run it as. "
                + "The package postgresql makes one: apt-get install postgresql"
        case .folderNotTraversable(let folder, let account):
            "The user '\(account)', who runs PostgreSQL, may not pass through \(folder). "
                + "Allow it with 'chmod o+x \(folder)' (which lets every user pass, not list), or choose another state folder."
        case .ownedByAnother(let path, let owner):
            "\(path) belongs to the user '\(owner)'. Run this program as '\(owner)' or root, or choose another state folder."
        case .notACluster(let path):
            "\(path) is not empty and is not a PostgreSQL cluster; it has not been touched. Move it away, or choose another state folder."
        case .otherMajorVersion(let path, let cluster, let installed):
            "\(path) was made by PostgreSQL \(cluster); installed: \(installed.map(String.init).joined(separator: ", ")). "
                + "Install postgresql-\(cluster), or convert the cluster with pg_upgrade. It has not been touched."
        case .socketFolderRefused(let path, let reason):
            "The folder for the socket, \(path), cannot be trusted: \(reason). Remove it, or choose a state folder with a shorter path."
        case .locked(let path):
            "Another program is starting or stopping this cluster (it holds \(path))."
        case .initialisationFailed(let output):
            "initdb failed:\n\(output)"
        case .startFailed(let log):
            "PostgreSQL did not start. Its log ends:\n\(log)"
        case .startTimedOut(let process, let log):
            "PostgreSQL (process \(process)) does not accept connections yet; it was left running. Its log ends:\n\(log)"
        case .stopTimedOut(let processes):
            "These processes of the cluster have not ended: \(processes.map(String.init).joined(separator: ", "))"
        case .toolFailed(let tool, let status, let output):
            "\(tool) failed (\(status)):\n\(output)"
        case .system(let operation, let path, let code):
            "Cannot \(operation) \(path): \(String(cString: strerror(code)))"
        case .notRun(let program, let reason):
            "Cannot run \(program): \(reason)"
        case .cancelled:
            "Cancelled while waiting for PostgreSQL"
        }
    }
}
