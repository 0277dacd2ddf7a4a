import Glibc
import Postgres
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `Files that lie about a server` {
    private func account(of sandbox: Sandbox) throws -> ServerAccount {
        try ServerAccount.running(clusterAt: sandbox.cluster.folder.path)
    }

    enum Holder: CaseIterable { case stranger, zombie }

    /// PostgreSQL itself refuses to start on each of these.
    @Test(arguments: Holder.allCases)
    func `do not keep one from starting when their number has been taken`(_ holder: Holder) async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        let folder = sandbox.cluster.folder
        let socket = SocketFolder(of: folder, owner: try account(of: sandbox).userID)
        let before = try #require(File.text(of: folder.data + "/postmaster.pid"))
        try sandbox.processes.signal(SIGKILL, in: folder.data)
        #expect(try await eventually { sandbox.processes.isEmpty })

        let stranger = try await Stranger(as: account(of: sandbox))
        let number = holder == .stranger ? stranger.living : stranger.zombie
        let rest = before.drop { $0 != "\n" }
        for path in [folder.data + "/postmaster.pid", socket.lockFile] {
            try #require(unlink(path) == 0)
            close(try File.open(path, O_WRONLY | O_CREAT, to: "make"))
            try File.append("\(number)\(rest)", to: path)
            if geteuid() == 0 {
                let account = try account(of: sandbox)
                try #require(chown(path, account.userID, account.groupID) == 0)
            }
        }
        #expect(try await sandbox.cluster.status() == .stopped(majorVersion: try #require(try folder.majorVersion())))
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
        #expect(kill(stranger.living, 0) == 0)
    }

    @Test func `are not believed by stop either`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        try await sandbox.cluster.stop()
        let stranger = try await Stranger(as: account(of: sandbox))
        let path = sandbox.cluster.folder.data + "/postmaster.pid"
        close(try File.open(path, O_WRONLY | O_CREAT, to: "make"))
        try File.append("\(stranger.living)\n", to: path)
        try await sandbox.cluster.stop(.immediate)
        #expect(kill(stranger.living, 0) == 0)
    }

    @Test func `are not the only strangers: a shell opened in the cluster's folder is none of it`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        try await sandbox.cluster.stop()
        let stranger = try await Stranger(as: account(of: sandbox), in: sandbox.cluster.folder.data)
        #expect(File.identity(at: "/proc/\(stranger.living)/cwd") == File.identity(at: sandbox.cluster.folder.data))
        #expect(sandbox.processes.isEmpty)
        try await sandbox.cluster.start()
        try await sandbox.cluster.stop()
        #expect(kill(stranger.living, 0) == 0)
    }

    @Test func `do not hide a server that lost its socket`() async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        let folder = sandbox.cluster.folder
        let socket = SocketFolder(of: folder, owner: try account(of: sandbox).userID)
        try #require(unlink(socket.socket) == 0)
        let postmaster = try #require(sandbox.processes.postmaster)
        guard case .unresponsive(let processes) = try await sandbox.cluster.status(), processes.contains(postmaster) else {
            Issue.record("it is said to answer")
            return
        }
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
    }

    @Test func `do not hide that a server hangs`() async throws {
        let sandbox = Sandbox(patience: .seconds(1))
        try await Sandbox(state: sandbox.state).cluster.start()
        let postmaster = try #require(try await sandbox.postmaster())
        kill(postmaster, SIGSTOP)
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await sandbox.cluster.start() }
        kill(postmaster, SIGCONT)
        guard case .startTimedOut(postmaster, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await Sandbox(state: sandbox.state).startAndAsk("SELECT 1::int8") == 1)
    }
}
