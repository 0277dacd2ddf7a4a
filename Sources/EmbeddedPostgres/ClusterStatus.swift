/// What a cluster is doing, as far as it can be seen at this moment.
public enum ClusterStatus: Sendable, Equatable {
    /// There is no cluster in the state folder.
    case absent
    /// There is a cluster, made by this major version, and no process of it.
    case stopped(majorVersion: Int)
    /// The server answers. `version` is its own full version.
    case running(process: Int32, version: String)
    /// Processes of the server live, but it does not answer: it starts, stops, recovers or hangs, or has left some behind.
    case unresponsive(processes: [Int32])
    /// The cluster is of a major version of which no programs are installed; it can only be converted with `pg_upgrade`.
    case foreignVersion(majorVersion: Int, installed: [Int])
}

extension EmbeddedCluster {
    /// Looks at the cluster, changing nothing.
    ///
    /// - Throws: `ownedByAnother`, `accountMissing`, `notACluster`, `programsMissing`, `system`.
    public func status() async throws(EmbeddedPostgresError) -> ClusterStatus {
        let account = try ServerAccount.running(clusterAt: folder.path)
        guard let majorVersion = try folder.majorVersion() else { return .absent }
        let answer = await probe(SocketFolder(of: folder, owner: account.userID)).answer()
        let processes = ServerProcesses.living(in: folder.data)
        if let answer, let postmaster = processes.postmaster { return .running(process: postmaster, version: answer) }
        guard processes.isEmpty else { return .unresponsive(processes: processes.ids) }
        let installed = try await PostgresPrograms.installed().map(\.majorVersion)
        return installed.contains(majorVersion)
            ? .stopped(majorVersion: majorVersion) : .foreignVersion(majorVersion: majorVersion, installed: installed)
    }
}
