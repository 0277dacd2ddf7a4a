import Glibc

/// Where a cluster and its belongings lie under a state folder, and how that place is made.
struct ClusterFolder: Sendable, Hashable {
    /// The state folder itself, which may hold other things of the program.
    let state: String

    init(state: String) { self.state = Folder.canonical(state) }

    /// Everything of the cluster: readable for its owner alone.
    var path: String { state + "/postgres" }
    var data: String { path + "/data" }
    var log: String { path + "/server.log" }
    var lock: String { path + "/lock" }
    /// How the names of unfinished clusters begin; see `Initialisation`.
    var unfinishedPrefix: String { "data.unfinished-" }

    /// The major version of the cluster, nil while there is none.
    ///
    /// - Throws: `notACluster` when something else lies in its place, `system` when it cannot be looked at.
    func majorVersion() throws(EmbeddedPostgresError) -> Int? {
        guard try File.status(of: data) != nil else { return nil }
        if let text = File.text(of: data + "/PG_VERSION"), let version = Int(text.prefix { $0.isNumber }) { return version }
        guard try Folder.entries(of: data).isEmpty else { throw .notACluster(path: data) }
        return nil
    }

    /// Makes the folder and hands it to the account that will run the server. What exists already is only checked.
    ///
    /// Nobody but the owner may enter. That is the whole access control of the cluster: whoever reaches its socket is let in as
    /// whichever database user they name (see `Initialisation`).
    ///
    /// - Throws: `folderNotTraversable` before anything is made, `system` where the folder cannot be made or written to.
    func prepare(for account: ServerAccount) async throws(EmbeddedPostgresError) {
        try await checkPassage(for: account)
        // A state folder that root makes lets other users pass, because the account must; it does not let them list.
        try Folder.make(state, permissions: account.isOther ? 0o711 : 0o700)
        try Folder.make(path, permissions: 0o700)
        guard let status = try File.status(of: path) else { throw .system(operation: "look at", path: path, code: ENOENT) }
        if account.isOther, status.owner != account.userID {
            try Folder.give(path, to: account.userID, group: account.groupID)
        }
        if status.permissions & 0o077 != 0, chmod(path, 0o700) != 0 {
            throw .system(operation: "close to others", path: path, code: errno)
        }
    }

    /// Lets the account try to pass through the folders that exist, instead of working it out from permission bits, which access
    /// control lists extend.
    private func checkPassage(for account: ServerAccount) async throws(EmbeddedPostgresError) {
        guard account.isOther else { return }
        var ancestors = [state]
        // A relative path has no root above it; it stays relative only where the working directory itself is gone.
        while let last = ancestors.last, Folder.parent(of: last) != last { ancestors.append(Folder.parent(of: last)) }
        ancestors.removeAll { !Folder.isFolder($0) }
        // Usually the innermost one settles it.
        guard let innermost = ancestors.first, !(try await account.mayPass(innermost)) else { return }
        for folder in ancestors.reversed() where !(try await account.mayPass(folder)) {
            throw .folderNotTraversable(folder: folder, account: account.display)
        }
    }
}

extension ServerAccount {
    fileprivate func mayPass(_ folder: String) async throws(EmbeddedPostgresError) -> Bool {
        try await run("test", ["-x", folder]).isSuccess
    }
}
