import Glibc
import Postgres
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `Starters of one cluster` {
    @Test func `at once in one program all succeed with one server`() async throws {
        let state = ThrowawayFolder.make()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 { group.addTask { try await Sandbox(state: state).cluster.start() } }
            try await group.waitForAll()
        }
        #expect(Sandbox(state: state).processes.members.filter(\.isPostmaster).count == 1)
    }

    @Test func `at once in several programs all succeed with one server`() async throws {
        let state = ThrowawayFolder.make()
        await withTaskGroup(of: Void.self) { group in
            for _ in 1...3 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [state = state as String] in
                        try await Sandbox(state: state).cluster.start()
                    }
                }
            }
        }
        #expect(Sandbox(state: state).processes.members.filter(\.isPostmaster).count == 1)
    }

    @Test func `leave neither their lock nor their terminal to the server`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        let postmaster = try #require(try await sandbox.postmaster())
        #expect(getsid(postmaster) != getsid(0))
        #expect(getpgid(postmaster) != getpgrp())
        let lock = try #require(File.identity(at: sandbox.cluster.folder.lock))
        let open = try Folder.entries(of: "/proc/\(postmaster)/fd").map { File.identity(at: "/proc/\(postmaster)/fd/\($0)") }
        #expect(!open.isEmpty && !open.contains(lock))
        // A second start after the server is gone shows the same: nothing holds the lock.
        try await sandbox.cluster.stop()
        try await sandbox.cluster.start()
    }

    @Test func `wait for each other only so long`() async throws {
        let sandbox = Sandbox(patience: .milliseconds(200))
        let folder = sandbox.cluster.folder
        try await folder.prepare(for: ServerAccount.running(clusterAt: folder.path))
        let account = try ServerAccount.running(clusterAt: folder.path)
        let lock = try await StartLock.acquire(folder, for: account, until: .now)
        await #expect(throws: EmbeddedPostgresError.locked(path: folder.lock)) { try await sandbox.cluster.start() }
        _ = consume lock
        #expect(try await Sandbox(state: sandbox.state).startAndAsk("SELECT 42::int8") == 42)
    }

    @Test func `can be cancelled, and nothing is lost by it`() async throws {
        let sandbox = Sandbox()
        let starting = Task { await sandbox.failureOfStart() }
        starting.cancel()
        #expect(await starting.value == .cancelled)
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
    }

    @Test func `remove what a dead one left half made`() async throws {
        let sandbox = Sandbox()
        let folder = sandbox.cluster.folder
        let left = "\(folder.path)/\(folder.unfinishedPrefix)1-1"
        try Folder.make(left + "/base", permissions: 0o700)
        close(try File.open(left + "/PG_VERSION", O_CREAT | O_WRONLY, to: "make"))
        if geteuid() == 0 {
            let account = try ServerAccount.running(clusterAt: "/nowhere")
            for path in [left, left + "/base", left + "/PG_VERSION"] { chown(path, account.userID, account.groupID) }
        }
        #expect(try await sandbox.cluster.status() == .absent)
        try await sandbox.cluster.start()
        #expect(try File.status(of: left) == nil)
    }
}
