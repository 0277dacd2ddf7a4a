import Foundation
import TestSupport
import Testing

/// Groups, as a person types them.
@Suite(.serialized) struct GroupCommandTests {
    private struct Seat: Decodable {
        let group: String
        let person: String
        let email: String
        let organisation: String?
        let organisationId: Int64
        let name: String
        let role: String
        let votes: Int
        let from: String
        let to: String?
        let electedUntil: String?
        let decision: String?
    }

    private struct Group: Decodable {
        let group: String
        let kind: String
        let product: String?
        let seatLimit: Int?
        let chair: Seat?
        let contacts: [Seat]
        let seats: Int
        let votes: Int
    }

    private struct Meeting: Decodable {
        struct Attendance: Decodable, Equatable {
            let person: String
            let email: String
            let present: Bool
        }

        let heldOn: String
        let calledOn: String?
        let agenda: String?
        let minutes: String?
        let attendance: [Attendance]
    }

    private struct Commission: Decodable {
        struct Signature: Decodable {
            let name: String
            let title: String
            let date: String
        }

        struct Document: Decodable {
            let fileName: String
            let sha256: String
        }

        let version: String
        let signature: Signature
        let link: String?
        let documents: [Document]
    }

    private struct Whole: Decodable {
        let group: Group
        let seats: [Seat]
        let meetings: [Meeting]
        let commissions: [Commission]
    }

    private struct Finding: Decodable {
        let finding: String
        let group: String?
        let product: String?
        let since: String?
        let detail: String
        let seats: [Seat]
    }

    @Test func groupsAreListedAndShown() async throws {
        let place = try await CommandDatabase.shared.value
        let day = ["--today", "2026-12-01"]
        let all: [Group] = try await place.command.run(["group", "list", "--format", "json"] + day).decoded()
        #expect(all.count == 9 && all.first?.kind == "board" && all.first?.seats == 9 && all.first?.votes == 6)
        #expect(all.first?.chair?.name == "Ballerup Kommune" && all.first?.contacts.map(\.email) == ["sekretariat@os2.example"])
        for (filter, names) in [
            (["--product", "os2MO"], ["Styregruppen for OS2mo", "Koordinationsgruppen for OS2mo"]),
            (["--organisation", "0561"], ["Fagligt udvalg for arkitektur (eksempel)"]), (["--kind", "board"], ["Bestyrelsen"]),
            (["--organisation", "0540", "--kind", "steeringGroup"], ["Styregruppen for OS2mo"]),
        ] {
            let some: [Group] = try await place.command.run(["group", "list", "--format", "json"] + filter + day).decoded()
            #expect(some.map(\.group) == names, "\(filter)")
        }
        let shown: Whole = try await place.command.run(["group", "show", "styregruppen for os2mo", "--format", "json"] + day).decoded()
        #expect(shown.group.product == "OS2mo" && shown.seats.count == 5 && shown.meetings.count == 3)
        #expect(shown.commissions.map(\.version) == ["1", "1.1"] && shown.commissions.last?.signature.date == "2025-08-20")
        let table = try await place.command.run(["group", "show", "Styregruppen for OS2mo"] + day)
        for text in ["projektleder", "indkaldt", "2026-09-17", "mo-2026-09-referat.pdf", "1.1", "EKS-B-2025-1"] {
            #expect(table.output.contains(text))
        }
        let csv = try await place.command.run(["group", "list", "--format", "csv"] + day)
        #expect(csv.output.split(separator: "\r\n").count == 10)
    }

    @Test func aRosterIsOfAnyDate() async throws {
        let place = try await CommandDatabase.shared.value
        func roster(_ arguments: String...) async throws -> [Seat] {
            try await place.command.run(["group", "roster"] + arguments + ["--format", "json", "--today", "2026-12-01"]).decoded()
        }
        #expect(try await roster("bestyrelsen", "--on", "2025-04-23").map(\.role) == ["chair", "member", "secretary", "contact"])
        #expect(try await roster("bestyrelsen", "--on", "2025-04-23").first?.name == "Viborg Kommune")
        #expect(try await roster("bestyrelsen", "--on", "2025-04-24").first?.name == "Ballerup Kommune")
        #expect(try await roster("bestyrelsen", "--on", "2012-04-23").isEmpty)
        #expect(try await roster("bestyrelsen").count == 9)
        #expect(try await roster().count == 38)
    }

    /// What the example lets people see: two findings, by rule, since when, and what shows them.
    @Test func findingsNameRuleEvidenceAndDay() async throws {
        let place = try await CommandDatabase.shared.value
        let found: [Finding] = try await place.command(
            "group", "findings", "--format", "json", "--lang", "en", "--today", "2026-12-01"
        ).decoded()
        #expect(found.map(\.finding) == ["ORGANISATION_LEFT", "STEERING_GROUP_MISSING"])
        #expect(found.first?.since == "2026-11-01" && found.first?.seats.map(\.name) == ["Esbjerg Kommune"])
        #expect(found.first?.detail.hasSuffix("sits for Esbjerg Kommune, which was a member until 2026-10-31") == true)
        #expect(found.last?.product == "OS2kitos" && found.last?.group == nil && found.last?.since == nil)
        let danish = try await place.command("group", "findings", "--today", "2026-12-01")
        #expect(danish.output.contains("sidder for Esbjerg Kommune, der var medlem til og med 2026-10-31"))
        let earlier = try await place.command("group", "findings", "--today", "2026-10-31", "--format", "csv")
        #expect(!earlier.output.contains("Esbjerg") && earlier.output.contains("STEERING_GROUP_MISSING"))
        // After the assembly that the terms of 2025 ran to.
        let later: [Finding] = try await place.command("group", "findings", "--format", "json", "--today", "2027-06-01").decoded()
        #expect(later.filter { $0.finding == "TERM_EXPIRED" }.map(\.since) == ["2027-06-01", "2027-06-01", "2027-06-01"])
    }

    @Test func aGroupLives() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        let day = ["--today", "2027-01-10", "--format", "json"]
        let created: [Group] = try await command.run(
            [
                "group", "create", "Styregruppen for OS2kitos", "--kind", "steeringGroup", "--product", "OS2kitos", "--seat-limit", "3",
                "--decision", "EKS-B-2026-9",
            ] + day
        ).decoded()
        #expect(created.first?.product == "OS2kitos" && created.first?.seatLimit == 3 && created.first?.seats == 0)
        let name = "styregruppen for os2kitos"
        func seats(_ arguments: String...) async throws -> [String] {
            let seats: [Seat] = try await command.run(["group"] + arguments + day).decoded()
            return seats.map { "\($0.email.prefix { $0 != "@" }) \($0.role) \($0.votes) \($0.from)–\($0.to ?? "")" }
        }
        #expect(
            try await seats(
                "join", name, "ny@rebild.example", "--for", "0840", "--person", "Ny person", "--role", "chair", "--until", "2027-12-31")
                == ["ny chair 1 2027-01-10–2027-12-31"])
        #expect(
            try await seats(
                "join", name, "projektledelse@eksempelleverandoer.example", "--for", "eksempelleverandoer", "--role", "projectManager"
            ).last
                == "projektledelse projectManager 0 2027-01-10–")
        _ = try await seats("join", name, "digitalisering@viborg.example", "--for", "0791", "--votes", "2", "--elected-until", "2028-12-31")
        _ = try await seats("join", name, "digitalisering@ishoej.example", "--for", "0183", "--role", "alternate")
        #expect(
            try await seats(
                "elect", name, "digitalisering@viborg.example", "--from", "2027-03-01", "--former-stays", "--decision", "EKS-B-2026-9")
                == [
                    "digitalisering chair 2 2027-03-01–", "ny member 1 2027-03-01–2027-12-31",
                    "projektledelse projectManager 0 2027-01-10–",
                    "digitalisering alternate 0 2027-01-10–",
                ])
        #expect(
            try await seats("step-in", name, "digitalisering@ishoej.example", "--for", "ny@rebild.example", "--from", "2027-06-01")
                == [
                    "digitalisering chair 2 2027-03-01–", "digitalisering member 1 2027-06-01–2027-12-31",
                    "projektledelse projectManager 0 2027-01-10–",
                ])
        #expect(
            try await seats("leave", name, "digitalisering@viborg.example", "--last-day", "2027-09-30")
                == ["digitalisering chair 2 2027-03-01–2027-09-30"])
        #expect(try await seats("roster", name, "--on", "2027-10-01").map { $0.split(separator: " ")[1] } == ["member", "projectManager"])
        #expect(try await command("audit", "--record", "seat", "--limit", "1", "--today", "2027-01-10").output.contains("group leave"))
        #expect(try await command("database", "verify").status == 0)
    }

    @Test func aGroupMeetsAndIsCommissioned() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        func meetings(_ arguments: String...) async throws -> [Meeting] {
            try await command.run(["group", "meeting", "Bestyrelsen"] + arguments + ["--today", "2027-02-10", "--format", "json"]).decoded()
        }
        let planned = try await meetings("2027-03-18", "--called", "2027-02-10", "--agenda", "https://os2.example/d")
        #expect(planned.map(\.heldOn) == ["2026-09-10", "2027-01-21", "2027-03-18"] && planned.last?.agenda == "https://os2.example/d")
        let held = try await meetings(
            "2027-01-21", "--minutes", "https://os2.example/r", "--present", "digitalisering@ballerup.example", "--present",
            "digitalisering@rebild.example", "--absent", "digitalisering@gentofte.example")
        #expect(held[1].attendance.map(\.present) == [true, false, true] && held[1].minutes == "https://os2.example/r")
        #expect(try await meetings("2027-03-18", "--moved-to", "2027-03-25").map(\.heldOn) == ["2026-09-10", "2027-01-21", "2027-03-25"])
        #expect(try await meetings("2027-03-25", "--cancel").map(\.heldOn) == ["2026-09-10", "2027-01-21"])

        let paper = ThrowawayFolder.make() + "/kommissorium.pdf"
        try Data("abc".utf8).write(to: URL(fileURLWithPath: paper))
        let signed: [Commission] = try await command(
            "group", "commission", "Bestyrelsen", "2.0", "--by", "N. N.", "--title", "Dirigent", "--on", "2027-02-01", "--link",
            "https://os2.example/k", "--document", paper, "--format", "json", "--today", "2027-02-10"
        ).decoded()
        #expect(signed.map(\.version) == ["2.0"] && signed.first?.signature.title == "Dirigent")
        #expect(signed.first?.documents.map(\.fileName) == ["kommissorium.pdf"])
        #expect(signed.first?.documents.map(\.sha256) == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])
        // What the folder says besides undoes none of it.
        func digest() async throws -> [String] {
            let tables: Set = ["governance_group", "seat", "meeting", "attendance", "commission", "commission_document"]
            return try await place.digest().filter { tables.contains(String($0.prefix { $0 != " " })) }
        }
        let settled = try await digest()
        #expect(settled.count == 6)
        #expect(try await command("import", ExampleFolder.path, "--today", "2027-02-10").status == 0)
        #expect(try await digest() == settled)
    }

    @Test func aSuccessionCarriesSeatsOver() async throws {
        struct Plan: Decodable {
            struct Step: Decodable {
                let goesOver: Bool
                let finding: String?
                let seat: Seat
            }

            let seats: [Step]
        }
        let place = try await CommandDatabase.example()
        let command = place.command
        let asked = ["organisation", "succeed", "0151", "--by", "1084", "--on", "2027-01-01", "--today", "2026-12-01"]
        let before = try await place.digest()
        let dry: Plan = try await command.run(asked + ["--dry-run", "--format", "json"]).decoded()
        #expect(dry.seats.map { "\($0.seat.group) \($0.seat.role)" } == ["Bestyrelsen chair", "Styregruppen for OS2mo member"])
        #expect(dry.seats.allSatisfy { $0.goesOver && $0.finding == nil })
        #expect(try await command.run(asked + ["--dry-run"]).output.contains("Styregruppen for OS2mo"))
        #expect(try await place.digest() == before)
        #expect(try await command.run(asked + ["--decision", "EKS-B-2026-7"]).status == 0)
        let roster: [Seat] = try await command("group", "roster", "Bestyrelsen", "--on", "2027-01-01", "--format", "json").decoded()
        #expect(roster.first?.name == "Region Hovedstaden" && roster.first?.role == "chair" && roster.first?.electedUntil == "2027-05-31")
        let settled = try await place.digest()
        #expect(try await command("import", ExampleFolder.path, "--today", "2026-12-02").status == 0)
        #expect(try await place.digest() == settled)

        // Two on the board for one: seen beforehand, and carried out all the same.
        let merging = ["organisation", "succeed", "0706", "--by", "0751", "--on", "2027-02-01", "--today", "2026-12-03"]
        let second = try await command.run(merging + ["--dry-run", "--format", "csv"])
        #expect(second.output.contains("TWO_BOARD_SEATS"))
    }
}
