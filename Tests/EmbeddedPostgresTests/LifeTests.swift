import Glibc
import Postgres
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `The life of a cluster` {
    @Test func `is told by its status`() async throws {
        let sandbox = Sandbox()
        #expect(try await sandbox.cluster.status() == .absent)
        try await sandbox.cluster.start()
        let version = try await PostgresPrograms.installed().first?.majorVersion ?? 0
        guard case .running(let process, let full) = try await sandbox.cluster.status() else {
            Issue.record("not running")
            return
        }
        #expect(full.hasPrefix("\(version)"))
        #expect(sandbox.processes.postmaster == process)
        try await sandbox.cluster.stop()
        #expect(try await sandbox.cluster.status() == .stopped(majorVersion: version))
        #expect(sandbox.processes.isEmpty)
    }

    @Test func `has one server however often it is started`() async throws {
        let sandbox = Sandbox()
        let first = try await sandbox.cluster.start()
        let process = try await sandbox.postmaster()
        #expect(try await sandbox.cluster.start() == first)
        #expect(try await sandbox.postmaster() == process)
        try await sandbox.cluster.stop()
        try await sandbox.cluster.stop()
    }

    @Test(arguments: [StopMode.smart, .fast, .immediate])
    func `keeps what was committed over a stop`(_ mode: StopMode) async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        try await sandbox.cluster.stop(mode)
        #expect(sandbox.processes.isEmpty)
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
    }

    @Test func `goes on where its state folder is moved to`() async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        let elsewhere = ThrowawayFolder.make() + "/moved"
        try #require(rename(sandbox.state, elsewhere) == 0)
        #expect(try await Sandbox(state: elsewhere).startAndAsk("SELECT n FROM t") == 42)
    }

    @Test func `sorts and reads Danish, and checks its pages`() async throws {
        let connection = try await Connection.open(Sandbox().cluster.start(), logger: Sandbox.logger)
        let sorted = try await connection.only(
            "SELECT string_agg(n, ' ' ORDER BY n)::text FROM unnest(ARRAY['Ærø', 'Aarhus', 'Zealand', 'Ødsted', 'Brøndby']) n",
            as: String.self)
        #expect(sorted == "Brøndby Zealand Ærø Ødsted Aarhus")
        #expect(try await connection.only("SHOW data_checksums", as: String.self) == "on")
        #expect(try await connection.only("SHOW server_encoding", as: String.self) == "UTF8")
        #expect(try await connection.only("SHOW listen_addresses", as: String.self) == "")
        await connection.close()
    }

    @Test func `gives its server the caller's settings, but not another place to listen`() async throws {
        let sandbox = Sandbox(settings: ["max_connections": "17", "listen_addresses": "*", "port": "1"])
        #expect(try await sandbox.startAndAsk("SELECT setting::int8 FROM pg_settings WHERE name = 'max_connections'") == 17)
        #expect(try await sandbox.startAndAsk("SELECT count(*) FROM pg_settings WHERE name = 'listen_addresses' AND setting = ''") == 1)
    }

    @Test func `is up also while all its connections are taken`() async throws {
        let sandbox = Sandbox(settings: ["max_connections": "3", "superuser_reserved_connections": "1", "max_wal_senders": "0"])
        let configuration = try await sandbox.cluster.start()
        var connections: [Connection] = []
        // Those that asked whether it is up may still be leaving.
        while connections.count < 3 {
            if let connection = try? await Connection.open(configuration, logger: Sandbox.logger) { connections.append(connection) }
        }
        let postmaster = try #require(sandbox.processes.postmaster)
        #expect(try await sandbox.cluster.start() == configuration)
        let version = try #require(try sandbox.cluster.folder.majorVersion())
        #expect(try await sandbox.cluster.status() == .running(process: postmaster, version: "\(version)"))
        for connection in connections { await connection.close() }
    }

    @Test func `puts a long log aside when it starts`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        try await sandbox.cluster.stop()
        let log = sandbox.cluster.folder.log
        try #require(truncate(log, 9 << 20) == 0)
        try await sandbox.cluster.start()
        #expect(ServerLog(path: log + ".old").size == 9 << 20)
        #expect(ServerLog(path: log).lastLines().contains("ready to accept connections"))
    }

    @Test func `tells why a server did not start, in its own words`() async throws {
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await Sandbox(settings: ["shared_buffers": "plenty"]).cluster.start()
        }
        guard case .startFailed(let log) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(log.contains("shared_buffers") && log.contains("plenty"))
    }
}
