import Glibc

/// The folder of the server's Unix socket: inside the cluster's folder, or a short private one where that path cannot be used.
struct SocketFolder: Sendable, Hashable {
    /// The socket's file name is `.s.PGSQL.` and a port; nothing listens on the port, it only makes the name.
    static let port = "5432"
    /// The kernel's `sun_path` has 108 bytes, the last one zero.
    private static let longestSocketPath = 107

    let path: String
    /// The user who runs the server, to whom the folder has to belong.
    let owner: uid_t

    init(of cluster: ClusterFolder, owner: uid_t) {
        self.owner = owner
        let inside = cluster.path + "/socket"
        // libpq takes a list of hosts, and knows no way to write a comma that does not separate two.
        let isUsable = "\(inside)/.s.PGSQL.\(Self.port)".utf8.count <= Self.longestSocketPath && !inside.contains(",")
        path = isUsable ? inside : "/tmp/os2medlem-\(owner)-\(Self.shortName(for: cluster.path))"
    }

    var socket: String { "\(path)/.s.PGSQL.\(Self.port)" }
    var lockFile: String { socket + ".lock" }

    /// Whether the folder is there, belongs to the server's account and is closed to everybody else. `/tmp` is everybody's: a
    /// folder of another user there could hold a socket whose other end only pretends to be the cluster.
    func isTrusted() -> Bool { (try? objection()) == .some(nil) }

    /// Makes the folder, or checks the one that is there.
    ///
    /// - Throws: `socketFolderRefused` when it is not ours alone, `system` when it cannot be made.
    func prepare(for account: ServerAccount) throws(EmbeddedPostgresError) {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw .system(operation: "make the folder", path: path, code: errno) }
        if account.isOther, let status = try File.status(of: path), status.isFolder, status.owner == 0 {
            // Fresh from the line above, or left by a root that died before the next one.
            try Folder.give(path, to: account.userID, group: account.groupID)
        }
        if let reason = try objection() { throw .socketFolderRefused(path: path, reason: reason) }
    }

    private func objection() throws(EmbeddedPostgresError) -> String? {
        guard let status = try File.status(of: path) else { return "it does not exist" }
        if !status.isFolder { return "it is not a folder" }
        if status.owner != owner { return "it belongs to user number \(status.owner), not \(owner)" }
        if status.permissions != 0o700 { return "its permissions are \(String(status.permissions, radix: 8)), not 700" }
        return nil
    }

    /// FNV-1a, 64 bits: the same name for the same path in every run, which Swift's own hash values are not. A collision would
    /// be noticed, as the folder's server would turn out to belong to another cluster.
    private static func shortName(for path: String) -> String {
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
