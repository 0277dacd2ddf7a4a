import Glibc
import TestSupport
import Testing

@testable import EmbeddedPostgres

@Suite(.serialized) struct `The version of a cluster` {
    /// A folder laid out as Debian's, with programs that can be found and never run.
    private func places(with versions: [Int]) throws -> PostgresPrograms.Places {
        let base = ThrowawayFolder.make()
        for version in versions {
            try Folder.make("\(base)/\(version)/bin", permissions: 0o755)
            for program in ["postgres", "initdb"] {
                close(try File.open("\(base)/\(version)/bin/\(program)", O_CREAT | O_WRONLY, mode: 0o755, to: "make"))
            }
        }
        return PostgresPrograms.Places(versions: base, configurationProgram: base + "/pg_config")
    }

    @Test func `is the newest for a new one and its own for an old one`() async throws {
        let places = try places(with: [9, 14, 15, 17, 16])
        #expect(try await PostgresPrograms.installed(in: places).map(\.majorVersion) == [17, 16, 15])
        #expect(try await PostgresPrograms.matching(nil, at: "", in: places).majorVersion == 17)
        #expect(try await PostgresPrograms.matching(16, at: "", in: places).majorVersion == 16)
    }

    @Test func `is asked of pg_config where programs lie elsewhere`() async throws {
        let elsewhere = try places(with: [16])
        let program = elsewhere.configurationProgram
        close(try File.open(program, O_CREAT | O_WRONLY, mode: 0o755, to: "make"))
        let folder = elsewhere.versions + "/16/bin"
        try File.append(
            "#!/bin/sh\ncase $1 in --bindir) echo \(folder);; --version) echo 'PostgreSQL 16.4 (Somebody)';; esac\n", to: program)
        let found = try await PostgresPrograms.installed(in: .init(versions: "/nowhere", configurationProgram: program))
        #expect(found.map(\.majorVersion) == [16] && found.map(\.folder) == [folder])
    }

    @Test func `that is missing is named with the package to install`() async throws {
        let places = try places(with: [9, 14])
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await PostgresPrograms.installed(in: places) }
        #expect(error == .programsMissing(searched: ["\(places.versions)/*/bin", "\(places.configurationProgram) --bindir"]))
        #expect(error?.description.contains("apt-get install postgresql") == true)
    }

    @Test func `without programs is refused, with the way out`() async throws {
        let sandbox = Sandbox()
        let data = sandbox.cluster.folder.data
        try Folder.make(data, permissions: 0o700)
        close(try File.open(data + "/PG_VERSION", O_CREAT | O_WRONLY, to: "make"))
        try File.append("12\n", to: data + "/PG_VERSION")
        let installed = try await PostgresPrograms.installed().map(\.majorVersion)
        #expect(try await sandbox.cluster.status() == .foreignVersion(majorVersion: 12, installed: installed))
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await sandbox.cluster.start() }
        #expect(error == .otherMajorVersion(path: data, cluster: 12, installed: installed))
        #expect(error?.description.contains("pg_upgrade") == true)
        #expect(try Folder.entries(of: data) == ["PG_VERSION"])
    }
}
