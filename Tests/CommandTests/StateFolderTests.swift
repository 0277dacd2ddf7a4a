import EmbeddedPostgres
import Foundation
import TestSupport
import Testing

/// The program's own private PostgreSQL, from the first command to a restored copy.
@Suite(.serialized) struct StateFolderTests {
    private func place(_ state: String) -> CommandPlace {
        let cluster = EmbeddedCluster(state: state, logger: CommandDatabase.logger)
        return CommandPlace(cluster.configuration(user: EmbeddedCluster.superuser, database: "os2medlem"))
    }

    @Test func theDemoPostsOnceAndItsBackupIsTheSameAgain() async throws {
        let state = ThrowawayFolder.make() + "/state"
        let command = Command.with(state: state)
        let demo = try await command("demo", "--format", "json", "--today", "2027-01-10")
        #expect(demo.status == 0, "\(demo.errors)")
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(state)/demo/e-invoices")
        #expect(files.count >= 20 && files.allSatisfy { $0.hasSuffix(".xml") })
        // Served by itself, asked over HTTP, and gone again; what it asked with opens nothing any more.
        #expect(demo.output.contains("GET /api/v1/lookup?organisation=0710: 200\n"))
        for line in [
            "Styregruppen for OS2mo: formand digitalisering@favrskov.example, kontaktperson digitalisering@favrskov.example; spørg digitalisering@favrskov.example",
            "Koordinationsgruppen for OS2mo: medlem digitalisering@favrskov.example; spørg digitalisering@soenderborg.example",
        ] {
            #expect(demo.output.contains("  \(line)\n"))
        }
        #expect(demo.output.contains(/Aftale \d+, OS2mo: i kraft, \d{4}-\d\d-\d\d–, 2027: [\d.]+,\d\d, siges op senest 2027-06-30/))
        #expect(demo.output.contains("  Forventet for 2028, uden moms: "))
        #expect(!demo.output.contains("os2m_"))
        let tokens = try await command("token", "list", "--format", "csv")
        #expect(tokens.output.contains(/digitalisering@favrskov.example,memberContact,Favrskov Kommune,[^,]*,revoked,/))
        let first = try await place(state).digest()

        let second = try await command("demo", "--today", "2027-01-11")
        #expect(second.status == 0, "\(second.errors)")
        let posted = try await place(state).digest()
        // Another token, another day of calculation, and who did that; nothing else.
        let changing = ["api_token ", "api_token_use ", "access_entry ", "expectation ", "audit_entry "]
        let kept = { (rows: [String]) in rows.filter { row in !changing.contains { row.hasPrefix($0) } } }
        #expect(kept(posted) == kept(first))
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(state)/demo/e-invoices").sorted() == files.sorted())

        // What the program carries is what the folder holds: nothing is left to import from it.
        let folder = try await command("import", ExampleFolder.path, "--today", "2027-01-11")
        #expect(folder.status == 0, "\(folder.errors)")
        #expect(try await place(state).digest() == posted)

        let file = ThrowawayFolder.make() + "/backup"
        #expect(try await command("database", "backup", file).status == 0)
        #expect(try await command("database", "stop").status == 0)
        #expect(!FileManager.default.fileExists(atPath: file + ".partial"))

        let copyState = ThrowawayFolder.make() + "/state"
        let copy = Command.with(state: copyState)
        let restored = try await copy("database", "restore", file)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try await place(copyState).digest() == posted)
        let verified = try await copy("database", "verify")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(try await copy("invoice", "run", "--year", "2027", "--accept", "STALE_POPULATION", "--today", "2027-01-12").status == 0)
        #expect(try await place(copyState).digest() == posted)

        let refused = try await copy("database", "restore", file)
        #expect(refused.status == 65 && refused.code == "RESTORE_NOT_EMPTY")
        #expect(try await place(copyState).digest() == posted)
        // The copy goes on where the original stopped.
        #expect(try await copy("organisation", "billing", "0151", "--order-number", "1").status == 0)
        #expect(try await copy("database", "stop").status == 0)
    }

    @Test func aBackupOfANamedDatabaseRestoresIntoAnother() async throws {
        let source = try await CommandDatabase.posted()
        let target = CommandPlace(try await TestServer.shared.freshDatabase())
        let file = ThrowawayFolder.make() + "/backup"
        #expect(try await source.command("database", "backup", file).status == 0)
        let first = try Data(contentsOf: URL(fileURLWithPath: file))
        let again = try await source.command("database", "backup", file)
        #expect(again.status == 73 && again.code == "FILE_EXISTS")
        #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == first)
        #expect(try await source.command("database", "backup", file, "--overwrite").status == 0)
        let restored = try await target.command("database", "restore", file)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(try await target.digest() == source.digest())
        #expect(try await target.command("database", "verify").status == 0)
    }

    /// A name that is taken, though nothing can be seen there: only the last step finds it, as it would find a file that came while the database was read.
    @Test func aBackupTakesNoNameThatIsTakenMeanwhile() async throws {
        let source = try await CommandDatabase.posted()
        let folder = ThrowawayFolder.make()
        let (file, nowhere) = (folder + "/backup", folder + "/nowhere")
        try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: nowhere)
        let refused = try await source.command("database", "backup", file)
        #expect(refused.status == 73 && refused.code == "FILE_EXISTS")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["backup"])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file) == nowhere)
        #expect(try await source.command("database", "backup", file, "--overwrite").status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["backup"])
    }

    @Test func aDamagedBackupRestoresNothing() async throws {
        let source = try await CommandDatabase.posted()
        let target = CommandPlace(try await TestServer.shared.freshDatabase())
        let file = ThrowawayFolder.make() + "/backup"
        #expect(try await source.command("database", "backup", file).status == 0)
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        try whole.prefix(whole.count * 2 / 3).write(to: URL(fileURLWithPath: file))
        let restored = try await target.command("database", "restore", file)
        #expect(restored.status != 0 && restored.errors.contains("pg_restore"))
        #expect(try await target.digest().isEmpty)
    }

    @Test func statusStartsNothing() async throws {
        let state = ThrowawayFolder.make() + "/state"
        let status = try await Command.with(state: state)("database", "status")
        #expect(status.status == 0)
        #expect(!FileManager.default.fileExists(atPath: state))
    }

    /// Two that change the same catalog rows at the same moment must not make one of them fail.
    @Test func programsThatStartAtOnceAllSucceed() async throws {
        for _ in 0..<3 {
            let place = CommandPlace(try await TestServer.shared.freshDatabase())
            let results = try await withThrowingTaskGroup(of: Command.Result.self) { group in
                for _ in 0..<12 { group.addTask { try await place.command("database", "migrate") } }
                return try await group.reduce(into: [Command.Result]()) { $0.append($1) }
            }
            #expect(results.filter { $0.status != 0 }.map(\.errors) == [])
        }
    }
}
