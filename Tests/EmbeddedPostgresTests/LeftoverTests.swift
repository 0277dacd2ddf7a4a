import Glibc
import Testing

@testable import EmbeddedPostgres
@testable import TestSupport

@Suite(.serialized) struct `Throwaway folders` {
    @Test func `of a test process that was killed are removed by a later one, with their server`() async throws {
        let note = ThrowawayFolder.make() + "/state"
        await #expect(processExitsWith: .signal(SIGKILL)) { [note = note as String] in
            let sandbox = Sandbox()
            try await sandbox.cluster.start()
            try #require(sandbox.processes.postmaster != nil)
            try #require(symlink(sandbox.state, note) == 0)
            kill(getpid(), SIGKILL)
        }
        let left = Folder.canonical(note)
        let sandbox = Sandbox(state: left)
        ThrowawayFolder.discardLeftovers()
        #expect(sandbox.processes.isEmpty)
        #expect(access(left, F_OK) != 0)
    }

    @Test func `go with their process`() async throws {
        let note = ThrowawayFolder.make() + "/state"
        await #expect(processExitsWith: .success) { [note = note as String] in
            let sandbox = Sandbox()
            try await sandbox.cluster.start()
            try #require(symlink(sandbox.state, note) == 0)
            exit(EXIT_SUCCESS)
        }
        #expect(access(note, F_OK) != 0)
    }
}
