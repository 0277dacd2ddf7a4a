public import EmbeddedPostgres

extension EmbeddedCluster {
    /// Copies this cluster, which runs, into the folder of another that was never started: once started, that one follows this one and only reads.
    public func copy(toStandby standby: EmbeddedCluster) async throws {
        let data = try await standby.prepareFolder()
        try await run(
            tool: "pg_basebackup",
            arguments: ["--pgdata=\(data)", "--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"])
    }
}
