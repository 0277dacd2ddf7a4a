import Glibc
import Postgres
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `The folder of a cluster` {
    @Test func `opens to its owner alone`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        let folder = sandbox.cluster.folder
        for path in [folder.path, folder.data, folder.path + "/socket"] {
            #expect(try #require(try File.status(of: path)).permissions == 0o700, "\(path)")
        }
        #expect(try #require(try File.status(of: folder.log)).permissions == 0o600)
    }

    @Test func `keeps other users out`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        // As root this is another user than the one who runs the server; where it is the same one, they are let in.
        let isOther = geteuid() == 0
        await #expect(processExitsWith: .success) { [state = sandbox.state as String, isOther = isOther as Bool] in
            try OrdinaryUser.become()
            let cluster = Sandbox(state: state).cluster
            let connection = try? await Connection.open(
                cluster.configuration(user: "postgres", database: "postgres"), logger: Sandbox.logger)
            #expect((connection == nil) == isOther)
        }
    }

    @Test func `names the folder that PostgreSQL's user may not pass`() async throws {
        let closed = ThrowawayFolder.make() + "/closed"
        try #require(mkdir(closed, 0o700) == 0 && chmod(closed, geteuid() == 0 ? 0o700 : 0) == 0)
        let sandbox = Sandbox(state: closed + "/a/b")
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await sandbox.cluster.start() }
        if geteuid() == 0 {
            #expect(error == .folderNotTraversable(folder: closed, account: "postgres"))
            #expect(error?.description.contains("chmod o+x \(closed)") == true)
            #expect(try File.status(of: closed + "/a") == nil)
        } else {
            guard case .system(_, _, EACCES) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        chmod(closed, 0o711)
    }

    @Test func `cannot be made where nobody may write`() async throws {
        let state = OrdinaryUser.folder()
        try #require(chmod(state, 0o555) == 0)
        await #expect(processExitsWith: .success) { [state = state as String] in
            try OrdinaryUser.become()
            let expected = EmbeddedPostgresError.system(operation: "make the folder", path: state + "/postgres", code: EACCES)
            #expect(await Sandbox(state: state).failureOfStart() == expected)
        }
        // Not even by root.
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await Sandbox(state: "/proc/nowhere/at/all").cluster.start() }
        guard case .system("make the folder", "/proc/nowhere", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `serves an ordinary user, and root after them`() async throws {
        let state = OrdinaryUser.folder()
        await #expect(processExitsWith: .success) { [state = state as String] in
            try OrdinaryUser.become()
            try await Sandbox(state: state).startAndRun("CREATE TABLE t (n int8); INSERT INTO t VALUES (42)")
        }
        let sandbox = Sandbox(state: state)
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
        try await sandbox.cluster.stop()
        #expect(try await sandbox.startAndAsk("SELECT n FROM t") == 42)
        // What root made in it must not lock the owner out.
        await #expect(processExitsWith: .success) { [state = state as String] in
            try OrdinaryUser.become()
            try await Sandbox(state: state).cluster.stop()
            try await Sandbox(state: state).cluster.start()
        }
    }

    @Test func `of another user is named as such`() async throws {
        let sandbox = Sandbox()
        try await sandbox.cluster.start()
        let isOther = geteuid() == 0
        await #expect(processExitsWith: .success) { [state = sandbox.state as String, isOther = isOther as Bool] in
            try OrdinaryUser.become()
            let expected = EmbeddedPostgresError.ownedByAnother(path: state + "/postgres", owner: "postgres")
            #expect(await Sandbox(state: state).failureOfStart() == (isOther ? expected : nil))
        }
    }

    @Test func `is left alone when something else lies in it`() async throws {
        let sandbox = Sandbox()
        let data = sandbox.cluster.folder.data
        try Folder.make(data, permissions: 0o700)
        close(try File.open(data + "/diary.txt", O_CREAT | O_WRONLY, to: "make"))
        await #expect(throws: EmbeddedPostgresError.notACluster(path: data)) { try await sandbox.cluster.start() }
        #expect(try Folder.entries(of: data) == ["diary.txt"])
    }

    @Test(arguments: ["a, comma", "a \"quote\" and 'another'", "blåbærgrød", "$HOME; `x`", "-x"])
    func `may have any name`(_ name: String) async throws {
        #expect(try await Sandbox(state: ThrowawayFolder.make() + "/" + name).startAndAsk("SELECT 42::int8") == 42)
    }

    @Test(arguments: [
        ("/", "/"), ("/tmp/", "/tmp"), ("/tmp/../tmp/none/such", "/tmp/none/such"), ("/proc/self/../nothing", "/proc/nothing"),
    ])
    func `has one spelling`(_ written: String, _ canonical: String) {
        #expect(Folder.canonical(written) == canonical)
    }
}
