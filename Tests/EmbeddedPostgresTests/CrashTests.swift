import Glibc
import Logging
import Postgres
import Synchronization
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `After a kill -9, a start finds everything that was committed:` {
    private static let oneRow = "CREATE TABLE t (n int8); INSERT INTO t VALUES (42)"

    enum Orphan: CaseIterable { case busy, stopped }

    /// Neither notices that its server is gone; the stopped one does not even heed a signal that can be caught.
    @Test(arguments: Orphan.allCases)
    func `of the server, while a process of it is busy or stopped`(_ orphan: Orphan) async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun(Self.oneRow)
        let postmaster = try #require(try await sandbox.postmaster())
        let connection = try await Connection.open(sandbox.cluster.start(), logger: Sandbox.logger)
        let backend = try await connection.only("SELECT pg_backend_pid()", as: Int32.self)
        let endless = Task { try await connection.run(script: "DO $$ BEGIN LOOP END LOOP; END $$") }
        #expect(try await eventually { File.text(of: "/proc/\(backend)/cmdline")?.contains(" DO") == true })
        if orphan == .stopped { kill(backend, SIGSTOP) }
        kill(postmaster, SIGKILL)
        #expect(try await eventually { sandbox.processes.postmaster == nil })
        #expect(sandbox.processes.ids.contains(backend))
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
        #expect(!sandbox.processes.ids.contains(backend))
        await #expect(throws: (any Error).self) { try await endless.value }
        await connection.close()
    }

    @Test func `of the server and all its processes`() async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun(Self.oneRow)
        try sandbox.processes.signal(SIGKILL, in: sandbox.cluster.folder.data)
        #expect(try await eventually { sandbox.processes.isEmpty })
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
    }

    @Test func `of a single process of the server, which restarts the others`() async throws {
        let sandbox = Sandbox()
        try await sandbox.startAndRun(Self.oneRow)
        let postmaster = try #require(try await sandbox.postmaster())
        let child = try #require(sandbox.processes.ids.first { $0 != postmaster })
        kill(child, SIGKILL)
        #expect(try await eventually { !sandbox.processes.ids.contains(child) })
        try await sandbox.cluster.start()
        #expect(try await sandbox.postmaster() == postmaster)
    }

    @Test func `of the program that started it, which the server survives`() async throws {
        let sandbox = Sandbox()
        await #expect(processExitsWith: .signal(SIGKILL)) { [state = sandbox.state as String] in
            let sandbox = Sandbox(state: state)
            try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
            kill(getpid(), SIGKILL)
        }
        let postmaster = try #require(try await sandbox.postmaster())
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
        #expect(try await sandbox.postmaster() == postmaster)
    }

    /// The moments run from before the cluster's folder is made to after the server is up.
    @Test(arguments: [1, 30, 100, 200, 300, 400, 500, 650, 800, 1200])
    func `of a program in the middle of starting`(milliseconds: Int) async throws {
        let sandbox = Sandbox()
        await #expect(processExitsWith: .signal(SIGKILL)) { [state = sandbox.state as String, milliseconds = milliseconds as Int] in
            let sandbox = Sandbox(state: state)
            let starting = Task { try await sandbox.cluster.start() }
            try await Task.sleep(for: .milliseconds(milliseconds))
            kill(getpid(), SIGKILL)
            _ = try await starting.value
        }
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
        let left = try Folder.entries(of: sandbox.cluster.folder.path)
        #expect(left.filter { $0.hasPrefix(sandbox.cluster.folder.unfinishedPrefix) } == [])
    }

    /// It says nothing at all, so that whenever it is killed it has said nothing.
    private static let silence = ["log_min_messages": "panic"]

    @Test(arguments: [1, 2])
    func `of the server, as soon as it is there`(times: Int) async throws {
        let sandbox = Sandbox(settings: Self.silence)
        let killing = Task {
            var killed: Set<Int32> = []
            while killed.count < times, !Task.isCancelled {
                if let postmaster = sandbox.processes.postmaster, !killed.contains(postmaster), kill(postmaster, SIGKILL) == 0 {
                    killed.insert(postmaster)
                }
                try? await Task.sleep(for: .milliseconds(1))
            }
            return killed.count
        }
        defer { killing.cancel() }
        // On a busy machine the last one may have been up already; then it is the next start that finds it gone.
        for _ in 0..<times + 1 {
            try await sandbox.cluster.start()
            try await Task.sleep(for: .milliseconds(20))
        }
        killing.cancel()
        #expect(await killing.value > 0)
        #expect(try await sandbox.startAndAsk("SELECT 42::int8") == 42)
    }

    /// Without a word and each time anew: the third time it is given up.
    @Test func `of the server, which is told when it never comes up`() async throws {
        let heard = Recorder()
        let sandbox = Sandbox(
            settings: Self.silence.merging(["hba_file": "/nothing"]) { $1 }, logger: Logger(label: "sandbox") { _ in heard })
        guard case .startFailed("(it wrote nothing)") = await sandbox.failureOfStart() else {
            Issue.record("it started, or failed otherwise")
            return
        }
        #expect(heard.lines.withLock { $0 }.count { $0 == "debug starting PostgreSQL" } == 3)
    }

    @Test func `of everything at once`() async throws {
        let sandbox = Sandbox()
        await #expect(processExitsWith: .signal(SIGKILL)) { [state = sandbox.state as String] in
            let sandbox = Sandbox(state: state)
            try await sandbox.startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
            try sandbox.processes.signal(SIGKILL, in: sandbox.cluster.folder.data)
            kill(getpid(), SIGKILL)
        }
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
    }
}
