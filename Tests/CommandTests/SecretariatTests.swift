import Foundation
import Glibc
import TestSupport
import Testing

/// The secretariat's verbs, one after another, as a person types them.
@Suite struct SecretariatTests {
    private struct Agreement: Decodable {
        let agreement: Int64
        let name: String
        let state: String
        let from: String?
        let to: String?
    }

    private struct Entry: Decodable {
        let actor: String
        let useCase: String
        let change: String
        let record: String
        let recordId: String
    }

    @Test func aMemberIsRegisteredSignedCountersignedAndGivesNotice() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        let paper = ThrowawayFolder.make() + "/paper.txt"
        try Data("signed".utf8).write(to: URL(fileURLWithPath: paper))
        let registered = try await command(
            "register", "--name", "Testby Kommune", "--cvr", "10213231", "--signed-by", "S", "--signer-title", "Director", "--signed-on",
            "2027-02-01", "--reference", "IT", "--contact-email", "it@testby.example", "--document", paper, "--today", "2027-02-02",
            "--as", "Secretary", "--format", "json")
        let signed = try (try registered.decoded([Agreement].self).first).orThrow("nothing registered: \(registered.errors)")
        #expect(signed.state == "signed" && signed.name == "Testby Kommune" && signed.from == nil)
        let number = String(signed.agreement)

        let tooEarly = try await command("agreement", "notice", number, "--today", "2027-02-02", "--lang", "en")
        #expect(tooEarly.status == 65 && tooEarly.code == "ILLEGAL_MOVE")
        #expect(tooEarly.errors.contains("notice") && tooEarly.errors.contains("signed"))

        let active: [Agreement] = try await command(
            "agreement", "countersign", number, "--by", "C", "--today", "2027-02-10", "--first-day", "2027-03-01", "--format", "json"
        ).decoded()
        #expect(active.first?.state == "active" && active.first?.from == "2027-03-01")

        let noticed: [Agreement] = try await command(
            "agreement", "notice", number, "--received", "2027-09-30", "--today", "2027-10-01", "--format", "json"
        ).decoded()
        #expect(noticed.first?.state == "ended" && noticed.first?.to == "2027-09-30")

        let before = try await place.digest()
        let again = try await command("agreement", "countersign", number, "--by", "C", "--today", "2027-10-02")
        #expect(again.status == 65 && again.code == "ILLEGAL_MOVE")
        #expect(try await place.digest() == before)

        let shown = try await command("agreement", "show", number, "--today", "2027-10-02")
        // Nobody named a title for the chair, and what is kept is Danish.
        #expect(shown.output.contains("medunderskrevet 2027-02-10: C, Bestyrelsesformand"), "\(shown.output)")
        // The digest of the six bytes that were signed.
        #expect(shown.output.contains("paper.txt  6 bytes  sha256 4a3cdfae6f291c8f544daea5b72905cf9e74c1ed427d831ad0d7ca00c73c794d"))
        let entries: [Entry] = try await command("audit", "--record", "agreement", "--id", number, "--format", "json").decoded()
        #expect(entries.last?.actor == "Secretary" && entries.last?.useCase == "register")
        #expect(entries.first?.useCase == "agreement notice" && entries.map(\.recordId).allSatisfy { $0 == number })
        #expect(entries.last?.change == "added" && entries.first?.change == "changed")
        let table = try await command("audit", "--record", "agreement", "--id", number).output
        #expect(table.contains("tilføjet") && table.contains("ændret") && !table.contains("added"))
    }

    @Test func aSecondAgreementThatOverlapsIsRefused() async throws {
        let place = try await CommandDatabase.example()
        func draft() async throws -> Int64 {
            let drafts: [Agreement] = try await place.command("agreement", "draft", "0151", "--format", "json").decoded()
            return try drafts.first.orThrow("no draft").agreement
        }
        let second = String(try await draft())
        let before = try await place.digest()
        let live = try await place.command("agreement", "send", second, "--on", "2027-01-05", "--today", "2027-01-05", "--lang", "en")
        #expect(live.status == 65 && live.code == "LIVE_AGREEMENT_EXISTS")
        #expect(live.errors.contains("Ballerup"))
        #expect(try await place.digest() == before)
        // After a notice the organisation may come back, but not on days it already was a member.
        let agreements: [Agreement] = try await place.command("agreement", "list", "0151", "--format", "json").decoded()
        let first = try agreements.first { $0.state == "active" }.orThrow("no agreement in force")
        #expect(
            try await place.command("agreement", "notice", String(first.agreement), "--received", "2027-03-31", "--today", "2027-04-10")
                .status == 0)
        for step in [["send", second, "--on", "2027-04-11"], ["sign", second, "--by", "S", "--title", "T", "--on", "2027-04-12"]] {
            #expect(try await place.command.run(["agreement"] + step + ["--today", "2027-04-12"]).status == 0)
        }
        let overlapping = try await place.command(
            "agreement", "countersign", second, "--by", "C", "--today", "2027-04-13", "--first-day", "2027-03-31", "--lang", "en")
        #expect(overlapping.status == 65 && overlapping.code == "OVERLAPPING_AGREEMENT")
        #expect(overlapping.errors.contains("Ballerup"))
        let returned: [Agreement] = try await place.command(
            "agreement", "countersign", second, "--by", "C", "--today", "2027-04-13", "--first-day", "2027-04-01", "--format", "json"
        ).decoded()
        #expect(returned.first?.state == "active" && returned.first?.from == "2027-04-01")
        #expect(try await place.command("database", "verify").status == 0)
    }

    @Test func theActorIsWhoeverIsNamedOrElseTheUserOfTheSystem() async throws {
        let place = try await CommandDatabase.example()
        #expect(try await place.command("organisation", "billing", "0151", "--order-number", "1", "--as", "Ægir Ørsted").status == 0)
        #expect(try await place.command("organisation", "billing", "0151", "--order-number", "2").status == 0)
        let user = try getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }.orThrow("no user")
        let audit = try await place.command("audit", "--record", "billing_contact", "--limit", "2", "--format", "json")
        #expect(audit.errors == "de nyeste 2 er vist; flere med --limit\n")
        let entries: [Entry] = try audit.decoded()
        #expect(entries.map(\.actor) == [user, "Ægir Ørsted"])
        #expect(entries.allSatisfy { $0.useCase == "organisation billing" })
    }

    /// Danish is the language of tables unless another is asked for; programs that read CSV find the codes.
    @Test(arguments: [
        ["organisation", "list"], ["organisation", "show", "0151"], ["organisation", "show", "eksempelleverandoer"], ["supplier", "list"],
        ["agreement", "list"], ["project", "list"], ["project", "show", "Eksempelprojekt"], ["rates", "list"],
        ["product", "show", "Eksempelprodukt A"],
        ["organisation", "succeed", "0151", "--by", "1084", "--on", "2027-01-01", "--dry-run"],
    ])
    func danishTablesAreDanish(arguments: [String]) async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command.run(arguments + ["--today", "2026-12-01"])
        #expect(result.status == 0, "\(result.errors)")
        let codes: Set<String> = [
            "association", "supplier", "municipality", "region", "stateBody", "primary", "billing", "technical", "open", "amount", "draft",
            "active",
            "noticeGiven", "maintenance", "development", "yearly", "halfYearly", "days",
        ]
        let cells = result.output.split(whereSeparator: \.isNewline).flatMap { line in
            line.components(separatedBy: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(cells.filter { codes.contains($0) && $0 != "region" } == [])
        #expect(!cells.contains { $0.wholeMatch(of: /\d+\.\d\d/) != nil })
        let csv = try await place.command.run(arguments + ["--today", "2026-12-01", "--format", "csv"])
        let heads = try #require(csv.output.split(whereSeparator: \.isNewline).first).split(separator: ",")
        #expect(heads.allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(_[a-z0-9]+)*/) != nil }, "\(heads)")
        if arguments == ["organisation", "list"] { #expect(csv.output.contains(",municipality,")) }
        if arguments == ["project", "list"] { #expect(csv.output.contains(",open,200000.00,")) }
    }

    @Test func importingTheExampleAgainChangesNothing() async throws {
        let place = try await CommandDatabase.example()
        let before = try await place.digest()
        let again = try await place.command("import", ExampleFolder.path, "--today", "2026-12-01", "--format", "csv")
        #expect(again.status == 0)
        for row in again.output.split(separator: "\n").dropFirst() {
            #expect(row.split(separator: ",").dropFirst().prefix(2).allSatisfy { $0.trimmingCharacters(in: .whitespaces) == "0" }, "\(row)")
        }
        #expect(try await place.digest() == before)
    }

    @Test func semicolonsByteOrderMarksAndCarriageReturnsAreRead() async throws {
        let place = try await CommandDatabase.example()
        let before = try await place.digest()
        let folder = try ExampleFolder()
        for file in [
            "organisations.csv", "decisions.csv", "people.csv", "contacts.csv", "inhabitants.csv", "agreements.csv", "products.csv",
            "supplier_roles.csv", "projects.csv", "pledges.csv", "placements.csv", "groups.csv", "seats.csv", "meetings.csv",
            "commissions.csv",
        ] {
            try folder.write([0xEF, 0xBB, 0xBF] + Array(try Rewriting.withSemicolons(folder.bytes(of: file), file).utf8), to: file)
        }
        let read = try await place.command("import", folder.path, "--today", "2026-12-01")
        #expect(read.status == 0, "\(read.errors)")
        #expect(try await place.digest() == before)
    }
}
