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
        let none = try await command("project", "show", "No project")
        #expect(none.status == 65 && none.code == "UNKNOWN_PROJECT")
        #expect(try await command("project", "list", "--today", "2027-03-02").output.contains("Nyt projekt"))
    }
}
