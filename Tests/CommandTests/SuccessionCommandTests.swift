import Postgres
import Testing

/// Projects, pledges and successions, as a person types them.
@Suite struct SuccessionCommandTests {
    private struct Plan: Decodable {
        struct Step: Decodable {
            struct Agreement: Decodable {
                let agreement: Int64
                let takenOverFrom: [Int64]
            }

            let fate: String
            let agreement: Agreement
        }

        struct Conflict: Decodable {
            let conflict: String
        }

        let agreements: [Step]
        let conflicts: [Conflict]
    }

    private struct Project: Decodable {
        struct Pledge: Decodable {
            let amountMinor: Int64
            let proof: String?
        }

        let state: String
        let standingMinor: Int64
        let reachedOn: String?
        let pledges: [Pledge]
    }

    @Test func whereThereIsNothingToTakeOverThatIsSaid() async throws {
        let place = try await CommandDatabase.shared.value
        let dry = try await place.command(
            "organisation", "succeed", "1084", "1085", "--by", "region-oestdanmark", "--on", "2027-01-01", "--dry-run", "--lang", "en")
        #expect(dry.output == "There is nothing to take over.\n\nA dry run: 0 conflict(s), nothing was changed\n")
    }

    /// The two regions that become one on 1 January 2027 (DOMAIN §2), here with made-up agreements: each is a member and takes part in a product. The
    /// third has neither CVR nor GLN, so what it owes waits for somebody to enter one.
    @Test func twoRegionsBecomeOneWhoseNumberIsNotKnown() async throws {
        struct Agreement: Decodable {
            let agreement: Int64
            let subject: String
            let state: String
        }
        let folder = try ExampleFolder()
        for (region, cvr) in [("hovedstaden", "29190623"), ("sjaelland", "29190658")] {
            for subject in ["association", "OS2mo"] {
                let signed =
                    "2018-01-10,2018-01-10,Underskriver (eksempel),Regionsdirektør,2018-01-20,Formand (eksempel),Formand for bestyrelsen"
                try folder.append(
                    "test-\(region)-\(subject.count),\(cvr),\(subject),\(signed),2018-02-01,,,,,,,,,,\n", to: "agreements.csv")
            }
        }
        let place = try await CommandDatabase.example()
        let command = place.command
        #expect(try await command("import", folder.path, "--today", "2026-11-01").status == 0)
        let asked = [
            "organisation", "succeed", "1084", "1085", "--by", "region-oestdanmark", "--on", "2027-01-01", "--today", "2026-12-01",
        ]
        let before = try await place.digest()
        let told = try await command.run(asked + ["--dry-run", "--format", "json"])
        let dry: Plan = try told.decoded()
        #expect(told.code == "SUCCESSION_CONFLICT" && Set(dry.conflicts.map(\.conflict)) == ["severalAgreements"], "\(told.output)")
        #expect(dry.conflicts.count == 2)
        #expect(try await place.digest() == before)

        // The new region's own membership, which begins on that day, and of the two on the product the first.
        var kept: [String] = []
        for (region, subject) in [("region-oestdanmark", "association"), ("1084", "OS2mo")] {
            let held: [Agreement] = try await command("agreement", "list", region, "--format", "json").decoded()
            kept += held.filter { $0.subject == subject }.map(\.agreement).flatMap { ["--keep", String($0)] }
        }
        #expect(kept.count == 4)
        let done = try await command.run(asked + kept + ["--decision", "EKS-B-2026-7"])
        #expect(done.status == 0, "\(done.errors)")
        for (region, states) in [
            ("1084", ["ended", "ended"]), ("1085", ["ended", "ended"]), ("region-oestdanmark", ["active", "active"]),
        ] {
            let now: [Agreement] = try await command("agreement", "list", region, "--today", "2027-01-10", "--format", "json").decoded()
            #expect(now.filter { $0.state != "draft" && $0.state != "void" }.map(\.state) == states, "\(region): \(now)")
        }
        // Seen from both sides.
        for region in ["1084", "1085", "region-oestdanmark"] {
            let shown = try await command("organisation", "show", region, "--today", "2027-01-10").output
            #expect(shown.contains("EKS-B-2026-7"), "\(shown)")
        }

        struct Preview: Decodable {
            struct Line: Decodable {
                let name: String
                let charge: String
                let netMinor: Int64
            }
            struct Parked: Decodable {
                let name: String
                let reason: String
            }
            let lines: [Line]
            let parked: [Parked]
        }
        func preview() async throws -> Preview {
            try await command("invoice", "preview", "--year", "2027", "--today", "2027-01-10", "--format", "json").decoded()
        }
        let name = "Region Østdanmark"
        let parked = try await preview()
        #expect(parked.parked.filter { $0.name == name }.map(\.reason) == ["NO_RECEIVER"] && !parked.lines.contains { $0.name == name })
        #expect(!(parked.lines.map(\.name) + parked.parked.map(\.name)).contains { $0 == "Region Hovedstaden" || $0 == "Region Sjælland" })
        #expect(try await command("organisation", "billing", "region-oestdanmark", "--gln", "5798000860575").status == 0)
        let charged = try await preview()
        let lines = charged.lines.filter { $0.name == name }
        #expect(!charged.parked.contains { $0.name == name })
        #expect(lines.filter { $0.charge == "dues" }.map(\.netMinor) == [2_500_000] && lines.contains { $0.charge == "annualFee" })
        #expect(try await command("database", "verify").status == 0)
    }

    @Test func aDryRunTellsAndTheRealOneDoes() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        let before = try await place.digest()
        let asked = ["organisation", "succeed", "0151", "--by", "1084", "--on", "2027-01-01", "--today", "2026-12-01"]
        let dry: Plan = try await command.run(asked + ["--dry-run", "--format", "json"]).decoded()
        #expect(dry.conflicts.isEmpty && !dry.agreements.isEmpty && dry.agreements.allSatisfy { $0.fate == "goesOver" })
        let table = try await command.run(asked + ["--dry-run", "--lang", "en"])
        #expect(table.output.contains("goes over"))
        #expect(try await place.digest() == before)
        #expect(try await command.run(asked).status == 64)

        let done = try await command.run(asked + ["--decision", "EKS-B-2026-7"])
        #expect(done.status == 0)
        let shown = try await command("organisation", "show", "1084", "--today", "2027-01-10")
        #expect(shown.output.contains("Ballerup Kommune") && shown.output.contains("EKS-B-2026-7"))
        let listed: [Plan.Step.Agreement] = try await command("agreement", "list", "1084", "--format", "json").decoded()
        #expect(listed.flatMap(\.takenOverFrom).sorted() == dry.agreements.map(\.agreement.agreement).sorted())
        let again = try await command.run(asked + ["--decision", "EKS-B-2026-7"])
        #expect(again.status == 65 && again.code == "SUCCESSION_CONFLICT")
        #expect(try await command("database", "verify").status == 0)
        // What the folder says of the predecessor undoes nothing.
        let settled = try await place.digest()
        #expect(try await command("import", ExampleFolder.path, "--today", "2026-12-02").status == 0)
        #expect(try await place.digest() == settled)
    }

    /// A contact that was followed by another and came back: the folder's old row still says when the first time began, and nothing new.
    @Test func aFolderSaysNothingNewOfAContactThatCameBack() async throws {
        let place = try await CommandDatabase.example()
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SELECT set_config('os2medlem.actor', 'tester', false), set_config('os2medlem.use_case', 'test', false);
                    WITH first AS (
                        UPDATE contact_role SET during = daterange(lower(during), '2026-05-01')
                        WHERE role = 'primary' AND organisation_id = (SELECT id FROM organisation WHERE municipality_code = '0151')
                        RETURNING organisation_id, person_id)
                    INSERT INTO contact_role (organisation_id, person_id, role, during)
                        SELECT organisation_id, person_id, 'primary', '[2026-08-01,)' FROM first
                    """)
        }
        let before = try await place.digest()
        let again = try await place.command("import", ExampleFolder.path)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try await place.digest() == before)
    }

    @Test func aConflictAndOneselfAreRefused() async throws {
        let place = try await CommandDatabase.shared.value
        let asked = ["organisation", "succeed", "1081", "1082", "--by", "1084", "--on", "2027-01-01", "--today", "2026-12-01"]
        let told = try await place.command.run(asked + ["--dry-run", "--format", "json"])
        let dry: Plan = try told.decoded()
        #expect(dry.conflicts.map(\.conflict).contains("severalAgreements"))
        // A dry run ends as the succession would.
        #expect(told.status == 65 && told.code == "SUCCESSION_CONFLICT")
        let refused = try await place.command.run(asked + ["--decision", "EKS-B-2026-7"])
        #expect(refused.status == 65 && refused.code == "SUCCESSION_CONFLICT" && refused.errors.contains("Region Nordjylland"))
        let itself = try await place.command(
            "organisation", "succeed", "1081", "--by", "Region Nordjylland", "--on", "2027-01-01", "--dry-run")
        #expect(itself.status == 65 && itself.code == "SUCCESSION_OF_ITSELF")
        let twice = try await place.command(
            "organisation", "succeed", "1081", "Region Nordjylland", "--by", "1084", "--on", "2027-01-01", "--dry-run", "--lang", "en")
        #expect(twice.status == 65 && twice.code == "PREDECESSOR_TWICE" && twice.errors.contains("Region Nordjylland is named twice"))
    }

    @Test func aPledgeIsMadeAndPaid() async throws {
        let place = try await CommandDatabase.example()
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SELECT set_config('os2medlem.actor', 'tester', false), set_config('os2medlem.use_case', 'test', false);
                    INSERT INTO project (name, target_minor, deadline, decision_id) SELECT 'Nyt projekt', 5000000, '2027-06-30', min(id) FROM decision
                    """)
        }
        let command = place.command
        let added: Project = try await command(
            "pledge", "add", "nyt projekt", "0151", "--amount", "50000", "--on", "2027-02-01", "--decision", "EKS-B-2026-7", "--today",
            "2027-02-01", "--format", "json"
        ).decoded()
        #expect(added.state == "reached" && added.standingMinor == 5_000_000 && added.reachedOn == "2027-02-01")
        let twice = try await command("pledge", "add", "Nyt projekt", "0151", "--amount", "1", "--decision", "EKS-B-2026-7")
        #expect(twice.status == 65 && twice.code == "PLEDGE_EXISTS")
        let binding = try await command("pledge", "withdraw", "Nyt projekt", "0151", "--on", "2027-03-01")
        #expect(binding.status == 65 && binding.code == "PLEDGE_BINDING")
        let early = try await command("pledge", "pay", "Nyt projekt", "0151", "--proof", "Bilag 4", "--today", "2027-03-01")
        #expect(early.status == 65 && early.code == "PLEDGE_NOT_INVOICED")
        let run = try await command("invoice", "run", "--year", "2027", "--accept", "STALE_POPULATION", "--today", "2027-02-02")
        #expect(run.status == 0, "\(run.errors)")
        let paid: Project = try await command(
            "pledge", "pay", "Nyt projekt", "0151", "--on", "2027-03-01", "--proof", "Bilag 4", "--reduction", "amount", "--today",
            "2027-03-01",
            "--format", "json"
        ).decoded()
        #expect(paid.pledges.map(\.proof) == ["Bilag 4"])
        let reversal = try await command("invoice", "reverse", "1", "--preview", "--today", "2027-03-02").output
        #expect(
            reversal.contains("Tilsagn, der er betalt: ") && reversal.contains("Nyt projekt (Ballerup Kommune, 2027-03-01)"),
            "\(reversal.suffix(400))")
        let none = try await command("project", "show", "No project")
        #expect(none.status == 65 && none.code == "UNKNOWN_PROJECT")
        #expect(try await command("project", "list", "--today", "2027-03-02").output.contains("Nyt projekt"))
    }
}
