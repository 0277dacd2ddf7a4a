import Foundation
import Glibc
import Postgres
import TestSupport
import Testing

/// Databases and folders that the program cannot get at.
@Suite struct UnreachableTests {
    @Test func aServerThatIsNotThereIsNamed() async throws {
        let result = try await Command.on("postgresql://127.0.0.1:1/x")("invoice", "list")
        #expect(result.status == 69)
        #expect(result.code == "DATABASE_UNAVAILABLE")
        #expect(result.errors.contains("127.0.0.1"))
    }

    @Test func aDatabaseThatIsNotThereIsNamed() async throws {
        let configuration = try await TestServer.shared.configuration(database: "not_there")
        let result = try await CommandPlace(configuration).command("invoice", "list")
        #expect(result.status == 69)
        #expect(result.code == "DATABASE_UNAVAILABLE")
        #expect(result.errors.contains("not_there"))
    }

    @Test func aURLThatIsNoneIsRefusedWithoutItsPassword() async throws {
        let result = try await Command.on("postgres//user:secret@host/x y")("invoice", "list")
        #expect(result.status == 78)
        #expect(result.code == "DATABASE_URL")
        #expect(!result.errors.contains("secret"))
    }

    @Test func aWrongPasswordIsSaidAndNeverPrinted() async throws {
        let place = try await CommandDatabase.example()
        try await place.connect { connection in
            try await connection.run(script: "CREATE ROLE with_password LOGIN SUPERUSER PASSWORD 'right'")
            // The private server trusts whoever reaches its socket; this one role has to prove itself.
            let rules = try await connection.only("SELECT current_setting('hba_file')", as: String.self)
            let old = try String(contentsOfFile: rules, encoding: .utf8)
            guard let file = FileHandle(forWritingAtPath: rules) else { throw Missing(rules) }
            try file.write(contentsOf: Data(("local all with_password scram-sha-256\n" + old).utf8))
            try file.close()
            try await connection.run(script: "SELECT pg_reload_conf()")
        }
        let before = try await place.digest()
        func list(_ password: String) async throws -> Command.Result {
            try await Command.on(place.url.replacingOccurrences(of: "postgres@", with: "with_password:\(password)@"))("invoice", "list")
        }
        // The server reads its rules again in its own time.
        var wrong = try await list("wr0ng")
        for _ in 0..<1200 where wrong.status == 0 {
            try await Task.sleep(for: .milliseconds(50))
            wrong = try await list("wr0ng")
        }
        #expect(wrong.status == 69)
        #expect(wrong.code == "DATABASE_UNAVAILABLE")
        #expect(wrong.errors.contains("with_password"))
        #expect(!wrong.errors.contains("wr0ng"))
        #expect(try await list("right").status == 0)
        #expect(try await place.digest() == before)
    }

    @Test func aDatabaseThatWasNeverMigratedSaysWhatToRun() async throws {
        let place = CommandPlace(try await TestServer.shared.freshDatabase())
        #expect(try await CommandDatabase.empty().command("invoice", "list").status == 0)
        let result = try await place.command("invoice", "list")
        #expect(result.status == 78)
        #expect(result.code == "DATABASE_NOT_MIGRATED" && result.errors.contains("er ikke udført: kør"), "\(result.errors)")
        #expect(result.errors.contains("os2medlem database migrate"))
    }

    @Test func aReadOnlyStateFolderIsNamed() async throws {
        let folder = ThrowawayFolder.make()
        #expect(chmod(folder, 0o555) == 0)
        let result = try await Command(place: ["--state", folder], isOrdinaryUser: true)("invoice", "list")
        #expect(result.status == 69)
        #expect(result.code == "EMBEDDED_POSTGRES")
        #expect(result.errors.contains(folder))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test func aStateFolderWhereNoneCanBeMadeIsNamed() async throws {
        let result = try await Command.with(state: "/proc/os2medlem")("invoice", "list")
        #expect(result.status == 69)
        #expect(result.code == "EMBEDDED_POSTGRES")
        #expect(result.errors.contains("/proc/os2medlem"))
    }

    @Test func aFolderThatCannotBeWrittenToKeepsTheExportOut() async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("invoice", "export", "--directory", "/proc/e-invoices")
        #expect(result.status == 73)
        #expect(result.code == "CANNOT_WRITE")
        #expect(result.errors.contains("/proc/e-invoices"))
    }

    @Test func aBackupThatCannotBeWrittenIsNamed() async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("database", "backup", "/proc/backup")
        #expect(result.status == 73)
        #expect(result.code == "CANNOT_WRITE")
        #expect(result.errors.contains("/proc/backup"))
    }
}
