import Glibc
import Postgres
import SystemPackage
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `PostgreSQL's own programs` {
    /// The files are the caller's, in a folder that the server's user may not enter.
    @Test func `dump and restore through files that only the caller can open`() async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        let mine = ThrowawayFolder.make()
        try #require(chmod(mine, 0o700) == 0)
        let path = FilePath(mine + "/dump")

        let output = try FileDescriptor.open(path, .writeOnly, options: [.create], permissions: .ownerReadWrite)
        try await sandbox.cluster.run(tool: "pg_dump", arguments: ["--format=custom"], output: output)
        try output.close()
        #expect(try #require(try File.status(of: path.string)).owner == geteuid())

        let other = Sandbox()
        try await other.cluster.start()
        let input = try FileDescriptor.open(path, .readOnly)
        try await other.cluster.run(tool: "pg_restore", arguments: ["--dbname=postgres", "--exit-on-error"], input: input)
        try input.close()
        #expect(try await other.startAndAsk("SELECT n FROM t") == 42)
    }

    @Test func `tell why they failed`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await sandbox.cluster.run(tool: "psql", arguments: ["-c", "SELECT nonsense"])
        }
        guard case .toolFailed("psql", _, let output) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(output.contains("nonsense"))
    }

    @Test func `need a cluster`() async throws {
        let sandbox = Sandbox()
        await #expect(throws: EmbeddedPostgresError.notACluster(path: sandbox.cluster.folder.data)) {
            try await sandbox.cluster.run(tool: "psql", arguments: [])
        }
    }

    @Test func `that do not exist are named`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await sandbox.cluster.run(tool: "pg_nonsense", arguments: []) }
        #expect(error?.description.contains("pg_nonsense") == true)
    }
}
