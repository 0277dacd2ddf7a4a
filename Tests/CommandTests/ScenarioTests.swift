import Foundation
import Postgres
import TestSupport
import Testing

/// What if: the same engine over the same register, and nothing of it stays.
@Suite struct ScenarioTests {
    private struct Outcome: Decodable {
        struct Row: Decodable {
            let organisation: String
            let product: String
            let beforeMinor: Int64
            let afterMinor: Int64
        }
        let year: Int
        struct Missing: Decodable, Equatable {
            let organisation: String
            let product: String
            let reason: String
        }
        let missingBefore: [Missing]
        let missingAfter: [Missing]
        let rows: [Row]

        /// The rows of the made-up product.
        var shared: [Row] { rows.filter { $0.product == "Shared platform" } }
    }

    private struct Saved: Decodable {
        let name: String
        let madeBy: String
        let changes: String
        let outcome: Outcome
    }

    private static let day = ["--today", "2026-12-01", "--as", "tester", "--lang", "en"]

    /// The example, with a product whose 100,000.00 ten municipalities share equally from 2027 on.
    private static func place() async throws -> CommandPlace {
        let place = try await CommandDatabase.example()
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET session_replication_role = replica;
                    INSERT INTO product (name) VALUES ('Shared platform');
                    INSERT INTO rate_sheet (subject, during, frequency, pro_rata, passive_numerator, passive_denominator, late_changes,
                        carries_contribution, decision_id)
                        SELECT 'product:' || p.id, '[2027-01-01,)', 'yearly', 'days', 1, 3, 'settle', false, (SELECT min(id) FROM decision)
                        FROM product AS p WHERE name = 'Shared platform';
                    INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                        SELECT s.id, 'sharedCost', 'Operation', s.during, '{"model": "shared", "totalMinor": 10000000, "by": "equal"}', s.decision_id
                        FROM rate_sheet AS s JOIN product AS p ON p.id = s.product_id AND p.name = 'Shared platform';
                    INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                        countersigner_title, countersigned_on, during)
                        SELECT o.id, 'product:' || p.id, 'active', '2025-11-01', 'S', 'D', '2025-11-01', 'C', 'C', '2025-11-15', '[2026-01-01,)'
                        FROM product AS p, (SELECT id FROM organisation WHERE kind = 'municipality' AND cvr IS NOT NULL ORDER BY cvr LIMIT 10) AS o
                        WHERE p.name = 'Shared platform';
                    """)
        }
        return place
    }

    /// The municipality whose CVR number is the so-manieth, from 0.
    private static func municipality(_ index: Int, in place: CommandPlace) async throws -> String {
        try await place.connect { connection in
            try await connection.only(
                "SELECT name FROM organisation WHERE kind = 'municipality' AND cvr IS NOT NULL ORDER BY cvr LIMIT 1 OFFSET \(Int64(index))",
                as: String.self)
        }
    }

    private static func file(_ text: String) throws -> String {
        let path = ThrowawayFolder.make() + "/scenario.yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static func outcome(_ text: String, in place: CommandPlace) async throws -> Outcome {
        let result = try await place.command.run(["scenario", "try", try file(text), "--format", "json"] + day)
        #expect(result.status == 0, "\(result.errors)")
        return try result.decoded()
    }

    @Test func whoCannotLeaveIsToldWhatAndWhy() async throws {
        let place = try await CommandDatabase.shared.value
        let path = ThrowawayFolder.make() + "/scenario.yaml"
        let changes = """
            year: 2027
            changes:
              - { leaves: "0153", product: Eksempelprodukt B, last-day: 2026-12-31 }
              - { leaves: "0153", product: OS2mo, last-day: 2026-12-31 }
            """
        try Data(changes.utf8).write(to: URL(fileURLWithPath: path))
        let refused = try await place.command("scenario", "try", path, "--lang", "en", "--today", "2026-12-01")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("Brøndby Kommune cannot leave Eksempelprodukt B on 2026-12-31: the agreement runs 2027-01-01–"))
        #expect(refused.errors.contains("Brøndby Kommune has no agreement in force on OS2mo"))
    }

    @Test func anEleventhParticipantLowersEverybodysShareAndNotTheTotal() async throws {
        let place = try await Self.place()
        let before = try await place.digest()
        let eleventh = try await Self.municipality(10, in: place)
        let text = "year: 2027\nchanges:\n  - { joins: \(eleventh), product: Shared platform, from: 2027-01-01 }\n"
        let outcome = try await Self.outcome(text, in: place)
        #expect(outcome.year == 2027)
        #expect(outcome.shared.map(\.beforeMinor).sorted() == [0] + Array(repeating: 1_000_000, count: 10))
        #expect(outcome.shared.map(\.afterMinor).sorted() == [909_090] + Array(repeating: 909_091, count: 10))
        #expect(outcome.shared.reduce(0) { $0 + $1.afterMinor } == 10_000_000)
        #expect(outcome.shared.first { $0.beforeMinor == 0 }?.organisation == eleventh)
        // Nobody's other charges differ, and nothing of it stays.
        #expect(outcome.rows.allSatisfy { $0.product == "Shared platform" || $0.beforeMinor == $0.afterMinor })
        #expect(try await place.digest() == before)

        let path = try Self.file(text)
        let table = try await place.command.run(["scenario", "try", path] + Self.day)
        #expect(table.output.contains("A preview's total is only what would be posted now."))
        #expect(table.output.contains("Shared platform") && table.output.contains("100,000.00  100,000.00"), "\(table.output)")
        let csv = try await place.command.run(["scenario", "try", path, "--format", "csv"] + Self.day)
        #expect(csv.output.contains("\(eleventh),Shared platform,0.00,9090."), "\(csv.output)")
        #expect(try await place.digest() == before)
    }

    /// Nobody can be invoiced there yet, and still it can be told what they would pay.
    @Test func aMergerIntoABodyWithoutAnyNumberHasItsAmounts() async throws {
        let place = try await Self.place()
        let first = try await Self.municipality(0, in: place)
        let merged = try await Self.outcome(
            "year: 2027\nchanges:\n  - { merges: \(first), into: Region Østdanmark, on: 2027-01-01 }\n", in: place)
        let heir = merged.shared.filter { $0.organisation == "Region Østdanmark" }
        #expect(heir.map(\.beforeMinor) == [0] && heir.map(\.afterMinor) == [1_000_000])
        #expect(!merged.missingAfter.contains { $0.organisation == "Region Østdanmark" }, "\(merged.missingAfter)")
        let dues = merged.rows.filter { $0.organisation == "Region Østdanmark" && $0.product == "association" }
        #expect(dues.map(\.afterMinor) == [2_500_000])
    }

    @Test func whoLeavesAndWhatIsAdoptedCountsWhenItIsPostedAlready() async throws {
        let place = try await Self.place()
        let run = try await place.command.run(
            ["invoice", "run", "--year", "2027", "--accept", "STALE_POPULATION"] + ["--today", "2027-01-10", "--as", "tester"])
        #expect(run.status == 0, "\(run.errors)")
        let posted = try await place.digest()
        let first = try await Self.municipality(0, in: place)
        let left = try await Self.outcome(
            "year: 2027\nchanges:\n  - { leaves: \(first), product: Shared platform, last-day: 2026-12-31 }\n", in: place)
        #expect(left.shared.map(\.afterMinor).sorted() == [0] + Array(repeating: 1_111_111, count: 8) + [1_111_112])
        let second = try await Self.municipality(1, in: place)
        let merged = try await Self.outcome(
            "year: 2027\nchanges:\n  - { merges: \(first), into: \(second), on: 2027-01-01 }\n", in: place)
        #expect(merged.shared.map(\.afterMinor).sorted() == [0] + Array(repeating: 1_111_111, count: 8) + [1_111_112])
        let dearer = try await Self.outcome(
            """
            year: 2027
            sheets:
              - product: Shared platform
                from: 2027-01-01
                frequency: yearly
                pro-rata: days
                passive: 1/3
                late-changes: settle
                contribution: no
                decision: PROPOSAL
                rows:
                  - { component: Running, charge: sharedCost, shared: { total: 120000, by: equal } }

            """, in: place)
        #expect(dearer.shared.allSatisfy { $0.beforeMinor == 1_000_000 && $0.afterMinor == 1_200_000 } && dearer.shared.count == 10)
        #expect(try await place.digest() == posted)
    }

    /// Syddjurs pays OS2valghalla's fee of a medium one, 32,000 and 9 % on top; 52,000 as a very large one, 22,000 as a small one. Before the year is posted,
    /// and after, when its size is frozen.
    @Test func whoChangesClassPaysThatClass() async throws {
        let place = try await Self.place()
        let before = try await place.digest()
        func valghalla(_ change: String) async throws -> (syddjurs: [Int64], others: Bool) {
            let rows = try await Self.outcome("year: 2027\nchanges:\n  - \(change)\n", in: place).rows.filter {
                $0.product == "OS2valghalla"
            }
            let own = rows.filter { $0.organisation == "Syddjurs Kommune" }
            return (
                own.flatMap { [$0.beforeMinor, $0.afterMinor] },
                rows.contains { $0.organisation != "Syddjurs Kommune" && $0.beforeMinor != $0.afterMinor }
            )
        }
        for isPosted in [false, true] {
            if isPosted {
                let run = try await place.command.run(
                    ["invoice", "run", "--year", "2027", "--accept", "STALE_POPULATION", "--today", "2026-12-01", "--as", "tester"])
                #expect(run.status == 0, "\(run.errors)")
            }
            #expect(try await valghalla("{ places: \"29189978\", class: veryLarge }") == ([3_488_000, 5_668_000], false))
            #expect(try await valghalla("{ inhabitants: 10000, of: \"29189978\" }") == ([3_488_000, 2_398_000], false))
            if !isPosted { #expect(try await place.digest() == before) }
        }
    }

    @Test func aSavedScenarioReadsBackAndItsNameIsTakenOnce() async throws {
        let place = try await Self.place()
        let eleventh = try await Self.municipality(10, in: place)
        let text = "year: 2027\nchanges:\n  - { joins: \(eleventh), product: Shared platform, from: 2027-07-01, form: passive }\n"
        let path = try Self.file(text)
        let tried: Outcome = try await place.command.run(
            ["scenario", "try", path, "--save", "Half a year", "--format", "json"] + Self.day
        ).decoded()
        let saved: Saved = try await place.command.run(["scenario", "show", "Half a year", "--format", "json"] + Self.day).decoded()
        #expect(saved.changes == text && saved.madeBy == "tester")
        #expect(saved.outcome.rows.map(\.afterMinor) == tried.rows.map(\.afterMinor) && saved.outcome.shared.count == 11)
        let list = try await place.command.run(["scenario", "list", "--format", "csv"] + Self.day)
        #expect(list.output == "name,year,made_on,made_by\r\nHalf a year,2027,2026-12-01,tester\r\n", "\(list.output)")
        let after = try await place.digest()
        let again = try await place.command.run(["scenario", "try", path, "--save", "Half a year"] + Self.day)
        #expect(again.status == 65 && again.code == "SCENARIO_NAME_TAKEN", "\(again.errors)")
        let unknown = try await place.command.run(["scenario", "show", "Another"] + Self.day)
        #expect(unknown.status == 65 && unknown.code == "UNKNOWN_SCENARIO")
        #expect(try await place.digest() == after)
    }

    @Test(arguments: [
        ("year: 2027\nchanges:\n  - { joins: \"0151\", product: Nothing, from: 2027-01-01 }\n", "scenario.yaml:3:31: UNKNOWN_PRODUCT: "),
        ("year: 2027\nchanges:\n  - { joins: Nobody, product: OS2mo, from: 2027-01-01 }\n", "scenario.yaml:3:14: UNKNOWN_ORGANISATION: "),
        ("year: 2027\nchanges:\n  - { places: \"0151\", class: huge }\n", "scenario.yaml:3:30: VALUE_UNKNOWN: "),
        ("year: 2027\nchanges:\n  - { joins: \"0151\", leaves: \"0151\" }\n", "scenario.yaml:3:30: FIELDS_EXCLUSIVE: "),
        (
            "year: 2027\nchanges:\n  - { joins: \"0151\", product: OS2mo, from: 2028-01-01 }\n",
            "scenario.yaml:3:5: CHANGE_OUTSIDE_YEAR: the change \"joins 0151 OS2mo\" takes effect on 2028-01-01, which is not in 2027,"
        ),
        (
            "year: 2027\nchanges:\n  - { leaves: \"0153\", product: Eksempelprodukt B, last-day: 2028-01-01 }\n",
            "scenario.yaml:3:5: CHANGE_OUTSIDE_YEAR: the change \"leaves 0153 Eksempelprodukt B\" takes effect on 2028-01-01"
        ),
        (
            "year: 2027\nchanges:\n  - { merges: \"0183\", into: \"0187\", on: 2028-01-01 }\n",
            "scenario.yaml:3:5: CHANGE_OUTSIDE_YEAR: the change \"merges 0183 0187\" takes effect on 2028-01-01"
        ),
        (
            sheet("{ component: A, charge: annualFee, amount: 5 }").replacing("from: 2027", with: "from: 2028"),
            "CHANGE_OUTSIDE_YEAR: the change \"sheets OS2mo\" takes effect on 2028-01-01"
        ),
        ("changes: []\n", "scenario.yaml:1:1: VALUE_MISSING: "),
        (
            sheet("{ component: A, charge: sharedCost, shared: { total: 5, by: class, weights: { small: 0, large: 0 } } }"),
            "WEIGHTS_ALL_ZERO: "
        ),
        (
            sheet(
                "{ component: A, charge: annualFee, amount: 5 }\n      - { component: A, charge: annualFee, from: 2027-07-01, amount: 6 }"),
            "scenario.yaml:13:9: OVERLAPPING_RATE_ROW: the rate sheet already has a row for \"A\" 2027-01-01–"
        ),
    ])
    func badInputIsRefusedAtItsPlaceAndNothingIsSaved(text: String, expected: String) async throws {
        let place = try await CommandDatabase.shared.value
        let before = try await place.digest()
        let result = try await place.command.run(["scenario", "try", try Self.file(text), "--save", "Bad"] + Self.day)
        #expect(result.status == 65)
        #expect(
            result.errorLines.contains { $0.hasPrefix("scenario.yaml:") && $0.contains(expected) }, "\(expected)\n\(result.errors)")
        #expect(result.errors.hasSuffix("nothing was tried and nothing saved\n"))
        #expect(try await place.digest() == before)
    }

    private static func sheet(_ rows: String) -> String {
        """
        year: 2027
        sheets:
          - product: OS2mo
            from: 2027-01-01
            frequency: yearly
            pro-rata: days
            passive: 1/3
            late-changes: settle
            contribution: no
            decision: PROPOSAL
            rows:
              - \(rows)

        """
    }
}
