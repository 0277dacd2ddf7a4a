import Glibc
import Postgres
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `The socket of a cluster` {
    /// A state folder in which the socket would have a path of just this many bytes.
    private func state(socketPathBytes: Int) -> String {
        let base = ThrowawayFolder.make()
        let missing = socketPathBytes - "\(base)//postgres/socket/.s.PGSQL.5432".utf8.count
        return base + "/" + String(repeating: "d", count: missing)
    }

    private func socketFolder(of sandbox: Sandbox) throws -> SocketFolder {
        let path = sandbox.cluster.folder.path
        return SocketFolder(of: sandbox.cluster.folder, owner: try ServerAccount.running(clusterAt: path).userID)
    }

    @Test func `lies with it as long as the kernel takes the path`() async throws {
        let sandbox = Sandbox(state: state(socketPathBytes: 107))
        #expect(try socketFolder(of: sandbox).path.hasPrefix(sandbox.state))
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
    }

    @Test(arguments: [108, 200])
    func `lies in a short private folder where the path is too long`(bytes: Int) async throws {
        let sandbox = Sandbox(state: state(socketPathBytes: bytes))
        let socket = try socketFolder(of: sandbox)
        #expect(socket.path.hasPrefix("/tmp/os2medlem-\(socket.owner)-"))
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
        let status = try #require(try File.status(of: socket.path))
        #expect(status.owner == socket.owner && status.permissions == 0o700)
        try sandbox.processes.signal(SIGKILL, in: sandbox.cluster.folder.data)
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
        sandbox.cluster.discard()
        #expect(try File.status(of: socket.path) == nil)
    }

    @Test func `is not the one of a cluster that was deleted while its server ran`() async throws {
        let sandbox = Sandbox(state: state(socketPathBytes: 150))
        try await sandbox.startAndRun("CREATE TABLE t (n int8)")
        let bereaved = try #require(try await sandbox.postmaster())
        let account = try ServerAccount.running(clusterAt: sandbox.cluster.folder.path)
        _ = try await account.run("rm", ["-rf", "--", sandbox.cluster.folder.data])
        #expect(try await sandbox.cluster.status() == .absent)
        #expect(try await sandbox.startAndAsk("SELECT count(*) FROM pg_tables WHERE tablename = 't'") == 0)
        #expect(!ServerProcesses.isLiving(bereaved))
    }

    enum Trap: CaseIterable { case open, link, file, somebodyElses }

    /// What anybody can put in the way in a folder that is everybody's.
    @Test(arguments: Trap.allCases)
    func `is not put where somebody else may wait`(_ trap: Trap) async throws {
        let sandbox = Sandbox(state: state(socketPathBytes: 150))
        let socket = try socketFolder(of: sandbox)
        switch trap {
        case .open:
            try #require(mkdir(socket.path, 0o700) == 0 && chmod(socket.path, 0o777) == 0)
            chown(socket.path, socket.owner, socket.owner)
        case .link: try #require(symlink("/tmp", socket.path) == 0)
        case .file: close(try File.open(socket.path, O_CREAT | O_WRONLY, to: "make"))
        case .somebodyElses:
            try #require(mkdir(socket.path, 0o700) == 0)
            // Only root can give a folder away; an ordinary user meets the same check with another owner expected.
            if geteuid() == 0 {
                try #require(chown(socket.path, socket.owner + 1, 0) == 0)
            } else {
                #expect(!SocketFolder(of: sandbox.cluster.folder, owner: socket.owner + 1).isTrusted())
                chmod(socket.path, 0o750)
            }
        }
        #expect(!socket.isTrusted())
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await sandbox.cluster.start() }
        guard case .socketFolderRefused(socket.path, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        remove(socket.path)
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
    }
}
