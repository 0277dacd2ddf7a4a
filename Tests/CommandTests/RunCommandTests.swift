import Foundation
import Postgres
import TestSupport
import Testing

/// The cost-sharing run as finance does it: prepared, approved, posted, explained, replayed, reversed; and what is refused on the way.
@Suite struct RunCommandTests {
    private struct Prepared: Decodable {
        let prepared: Int64
        let approvedBy: String?
        let run: Int64?
    }

    private struct Run: Decodable {
        struct Line: Decodable {
            let name: String
            let product: String?
            let charge: String
            let netMinor: Int64
            let correction: Bool
            let because: [String]
        }
        struct Totals: Decodable {
            struct Product: Decodable {
                let product: String?
                let charge: String
                let account: String?
                let netMinor: Int64
            }
            let documents: Int
            let netMinor: Int64
            let products: [Product]
        }
        let lines: [Line]
        let totals: Totals
        let run: Int64?
    }

    private static let january = ["--today", "2027-01-10"]
    private static let accept = ["--accept", "STALE_POPULATION"]

    @Test func aRunIsPreparedApprovedByAnotherAndPostedOnce() async throws {
        let place = try await CommandDatabase.example()
        let command = place.command
        let prepared: [Prepared] = try await command.run(
            ["invoice", "prepare", "--year", "2027", "--as", "anna", "--format", "json"] + Self.january + Self.accept
        ).decoded()
        let id = try String((prepared.first?.prepared).orMissing("a prepared run"))

        let early = try await command.run(["invoice", "post", id] + Self.january)
        #expect(early.status == 65 && early.code == "NOT_APPROVED")
        let own = try await command.run(["invoice", "approve", id, "--as", "Anna"] + Self.january)
        #expect(own.status == 65 && own.code == "APPROVED_BY_PREPARER")
        let approved: [Prepared] = try await command.run(
            ["invoice", "approve", id, "--as", "bo", "--format", "json"] + Self.january
        ).decoded()
        #expect(approved.first?.approvedBy == "bo")
        let twice = try await command.run(["invoice", "approve", id, "--as", "carl"] + Self.january)
        #expect(twice.code == "ALREADY_APPROVED")

        // Something changes after the approval: what would be posted is not what was approved.
        #expect(try await command("organisation", "billing", "0101", "--reference", "Another").status == 0)
        let before = try await place.digest()
        let stale = try await command.run(["invoice", "post", id] + Self.january)
        #expect(stale.status == 65 && stale.code == "STALE_PREVIEW")
        #expect(try await place.digest() == before)
        #expect(try await command("organisation", "billing", "0101", "--reference", "Digitalisering (eksempel)").status == 0)

        let posted: Run = try await command.run(["invoice", "post", id, "--format", "json"] + Self.january).decoded()
        #expect(posted.run == 1 && posted.totals.documents > 20)
        let again = try await command.run(["invoice", "post", id] + Self.january)
        #expect(again.code == "RUN_POSTED")
        let unknown = try await command.run(["invoice", "approve", "99", "--as", "bo"] + Self.january)
        #expect(unknown.code == "UNKNOWN_RUN" && unknown.errors.contains("forberedt kørsel 99"))
        #expect(try await command("database", "verify").status == 0)
    }

    private struct Posted: Decodable, Equatable {
        let run: Int64
        let kind: String
        let period: String
        let postedOn: String
        let postedBy: String
        let scope: String?
        let accepted: [String]?
        let reverses: Int64?
        let reversedBy: Int64?
    }

    @Test func runsAreListedAndPreparedOnesSayHowFarTheyCame() async throws {
        struct Waiting: Decodable {
            let prepared: Int64
            let state: String
        }
        let place = try await CommandDatabase.example()
        let command = place.command
        func states() async throws -> [String] {
            let listed: [Waiting] = try await command.run(["invoice", "prepared", "--format", "json"] + Self.january).decoded()
            return listed.sorted { $0.prepared < $1.prepared }.map(\.state)
        }
        for half in ["1", "2"] {
            let arguments = ["invoice", "prepare", "--year", "2027", "--half", half, "--as", "anna"] + Self.january + Self.accept
            #expect(try await command.run(arguments).status == 0)
        }
        #expect(try await command.run(["invoice", "approve", "1", "--as", "bo"] + Self.january).status == 0)
        #expect(try await states() == ["approved", "prepared"])
        #expect(try await command.run(["invoice", "post", "1", "--as", "bo"] + Self.january).status == 0)
        // What was seen for the whole year is posted in part by now.
        #expect(try await states() == ["posted", "stale"])
        #expect(try await command.run(["invoice", "reverse", "1", "--as", "bo"] + Self.january).status == 0)

        let runs: [Posted] = try await command.run(["invoice", "runs", "--format", "json"] + Self.january).decoded()
        #expect(
            runs == [
                Posted(
                    run: 2, kind: "reversal", period: "2027H1", postedOn: "2027-01-10", postedBy: "bo", scope: nil, accepted: nil,
                    reverses: 1,
                    reversedBy: nil),
                Posted(
                    run: 1, kind: "charges", period: "2027H1", postedOn: "2027-01-10", postedBy: "bo", scope: "all",
                    accepted: ["STALE_POPULATION"], reverses: nil, reversedBy: 2),
            ])
        let table = try await command.run(["invoice", "runs"] + Self.january).output
        #expect(table.contains("tilbageførsel af 1") && table.contains("tilbageført af") && !table.contains("reversal"))
        let notes = try await command.run(["invoice", "list", "--kind", "creditNote", "--format", "csv"] + Self.january).output
        let rows = notes.split(whereSeparator: \.isNewline).dropFirst()
        #expect(!rows.isEmpty && rows.allSatisfy { $0.split(separator: ",").dropLast(3).last == "2" })
    }

    @Test func whereFourEyesAreAskedForNobodyRunsAlone() async throws {
        let place = try await CommandDatabase.example()
        let folder = try ExampleFolder()
        try folder.replace(
            "name: four-eyes, from: 2026-01-01, value: off", with: "name: four-eyes, from: 2026-01-01, value: on", in: "association.yaml")
        #expect(try await place.command("import", folder.path).status == 0)
        let refused = try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january + Self.accept)
        #expect(refused.status == 65 && refused.code == "FOUR_EYES")
        let reversal = try await place.command("invoice", "reverse", "7", "--lang", "en")
        #expect(reversal.code == "FOUR_EYES" && reversal.errors.contains("invoice reverse 7 --prepare"))
    }

    @Test func aReversedRunIsInvoicedAgain() async throws {
        let place = try await CommandDatabase.example()
        let run: Run = try await place.command.run(
            ["invoice", "run", "--year", "2027", "--format", "json"] + Self.january + Self.accept
        ).decoded()
        #expect(run.totals.products.map(\.netMinor).reduce(0, +) == run.totals.netMinor)
        #expect(run.totals.products.contains { $0.product == "OS2valghalla" && $0.account == "XG-9212045260-00002" })
        #expect(run.totals.products.contains { $0.charge == "contribution" && $0.account == "XG-9212045210-00017" })

        // What was accepted is on record also where nobody prepared the run.
        let listed: [Posted] = try await place.command("invoice", "runs", "--format", "json").decoded()
        #expect(listed.map(\.scope) == ["all"] && listed.map(\.accepted) == [["STALE_POPULATION"]])

        let before = try await place.digest()
        let preview: Run = try await place.command.run(
            ["invoice", "reverse", "1", "--preview", "--format", "json", "--today", "2027-01-11"]
        ).decoded()
        let both = try await place.command("invoice", "reverse", "1", "--preview", "--prepare")
        #expect(both.status == 64)
        #expect(try await place.digest() == before)
        let reversed: Run = try await place.command.run(["invoice", "reverse", "1", "--format", "json", "--today", "2027-01-11"]).decoded()
        #expect(preview.lines.map(\.netMinor) == reversed.lines.map(\.netMinor))
        #expect(reversed.totals.netMinor == -run.totals.netMinor && reversed.lines.allSatisfy { $0.netMinor < 0 && $0.correction })
        #expect(try await place.command("database", "verify").status == 0)
        let nothing = try await place.command("invoice", "reverse", "1", "--today", "2027-01-11")
        #expect(nothing.status == 65 && nothing.code == "RUN_REVERSED")

        let again: Run = try await place.command.run(
            ["invoice", "run", "--year", "2027", "--format", "json", "--today", "2027-01-12"] + Self.accept
        ).decoded()
        #expect(again.lines.map(\.netMinor) == run.lines.map(\.netMinor))
        #expect(try await place.command("database", "verify").status == 0)
        // What is the same on every line of a document is told on the first.
        let note = try await place.command("invoice", "explain", "3", "--kind", "creditNote", "--lang", "en").output
        #expect(note.contains("\n  2  Changed as on line 1."), "\(note)")
        let again3 = try await place.command("invoice", "explain", "29", "--lang", "en").output
        #expect(again3.components(separatedBy: "Run 1 was reversed.").count == 2, "\(again3)")
        let unknown = try await place.command("invoice", "reverse", "77")
        #expect(unknown.code == "UNKNOWN_RUN")
    }

    @Test func everyLineReplaysAndASpoiltOneIsNamed() async throws {
        let place = try await CommandDatabase.example()
        #expect(try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january + Self.accept).status == 0)
        let explained = try await place.command("invoice", "explain", "3", "--lang", "en")
        #expect(
            explained.output.contains("each rounded by itself")
                && explained.output.contains("inhabitants on 1 January 2020 (the figure of 1 January 2026 was not known)"))
        #expect(try await place.command("invoice", "replay").status == 0)
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET session_replication_role = replica;
                    UPDATE document_line SET derivation = replace(derivation::text, '"amountMinor":600000', '"amountMinor":600001')::json
                    WHERE kind = 'invoice' AND number = 3 AND charge = 'annualFee' AND billing_period = '2027H1'
                    """)
        }
        let spoilt = try await place.command("invoice", "replay")
        #expect(spoilt.status == 65 && spoilt.code == "REPLAY_DIFFERS")
        #expect(spoilt.output.contains("invoice 3"))
        #expect(try await place.command("invoice", "replay", "4").status == 0)
        #expect(try await place.command("invoice", "replay", "3").status == 65)
        #expect(try await place.command("invoice", "replay", "9999").code == "UNKNOWN_INVOICE")
    }

    /// What the sums do not show: an øre moved from one part of a price to the next, and a credit of an øre too little.
    @Test func anOereBetweenTwoLinesIsFound() async throws {
        let place = try await CommandDatabase.example()
        let folder = try ExampleFolder()
        try folder.replace(
            "      - { component: Vederlag, charge: annualFee, amount: 30000 }\n",
            with: """
                      - { component: Vederlag, charge: annualFee, until: 2027-09-30, amount: 30000 }
                      - { component: Vederlag, charge: annualFee, from: 2027-10-01, amount: 31000 }

                """, in: "rates.yaml")
        #expect(try await place.command("import", folder.path).status == 0)
        #expect(try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january + Self.accept).status == 0)
        #expect(try await place.command("invoice", "reverse", "1", "--today", "2027-01-11").status == 0)
        #expect(try await place.command("invoice", "replay").status == 0)
        struct Line: RowDecodable, Sendable {
            let number: Int64
            let first: Int32
            let second: Int32
            static var columns: SQL { "a.number, a.line, b.line" }
            init(row: inout Row) throws(DecodingFailure) { (number, first, second) = (try row.next(), try row.next(), try row.next()) }
        }
        let found = try await place.connect { connection in
            try await connection.first(
                """
                SELECT \(Line.columns) FROM document_line AS a JOIN document_line AS b ON (b.kind, b.number, b.organisation_id, b.subject, b.charge,
                    b.billing_period, b.revision) = (a.kind, a.number, a.organisation_id, a.subject, a.charge, a.billing_period, a.revision)
                WHERE a.kind = 'invoice' AND (a.part, b.part) = (1, 2) ORDER BY 1, 2 LIMIT 1
                """, as: Line.self)
        }
        let parts = try found.orMissing("no price of the example has two parts")
        func spoil(_ kind: String, _ number: Int64, _ change: (line: Int32, by: Int)...) async throws {
            for (line, by) in change {
                try await place.connect { connection in
                    try await connection.run(
                        script: """
                            SET session_replication_role = replica;
                            UPDATE document_line SET net_minor = net_minor + (\(by)) WHERE kind = '\(kind)' AND number = \(number) AND line = \(line)
                            """)
                }
            }
        }
        try await spoil("invoice", parts.number, (parts.first, 1), (parts.second, -1))
        let moved = try await place.command("invoice", "replay", String(parts.number))
        #expect(
            moved.code == "REPLAY_DIFFERS" && moved.output.contains("line \(parts.first)") && moved.output.contains("line \(parts.second)"))
        #expect(try await place.command("database", "verify").errors.contains("invoice \(parts.number) line \(parts.first)"))
        try await spoil("invoice", parts.number, (parts.first, -1), (parts.second, 1))
        try await spoil("creditNote", 2, (1, -1))
        for arguments in [["invoice", "replay"], ["invoice", "replay", "2", "--kind", "creditNote"]] {
            let short = try await place.command.run(arguments)
            #expect(short.code == "REPLAY_DIFFERS" && short.output.contains("creditNote 2 line 1"), "\(arguments): \(short.output)")
        }
        #expect(try await place.command("invoice", "replay", "3", "--kind", "creditNote").status == 0)
    }

    @Test func aYearIsComparedWithTheOneBefore() async throws {
        struct Change: Decodable {
            let name: String
            let product: String?
            let charge: String
            let beforeMinor: Int64
            let afterMinor: Int64
            let change: String
            let because: [String]
        }
        let place = try await CommandDatabase.example()
        #expect(try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january + Self.accept).status == 0)
        let folder = try ExampleFolder()
        try folder.append("EKS-NY,board,2027-06-01,Made-up example: other dues\n", to: "decisions.csv")
        try folder.replace("vat:\n", with: "  - { year: 2028, amount: 26000, decision: EKS-NY }\nvat:\n", in: "rates.yaml")
        #expect(try await place.command("import", folder.path).status == 0)
        let changes: [Change] = try await place.command(
            "invoice", "compare", "--year", "2028", "--today", "2027-12-01", "--format", "json", "--lang", "en"
        ).decoded()
        let dues = changes.filter { $0.charge == "dues" && $0.change == "changed" && $0.beforeMinor == 2_500_000 }
        #expect(!dues.isEmpty && dues.allSatisfy { $0.afterMinor == 2_600_000 && $0.because.contains { $0.contains("26,000.00") } })
        // For programs in codes, for people with the totals.
        func compare(_ format: String) async throws -> [Substring] {
            try await place.command("invoice", "compare", "--year", "2028", "--today", "2027-12-01", "--format", format).output
                .split(whereSeparator: \.isNewline)
        }
        let csv = try await compare("csv")
        #expect(csv.first == "organisation,product,charge,before,after,change,because" && csv.count == changes.count + 1)
        #expect(csv.contains { $0.contains(",,dues,25000.00,26000.00,changed,") }, "\(csv.first ?? "")")
        #expect(try await compare("table").last?.hasPrefix("Det viste i alt: ") == true)
    }

    @Test func aFigureCorrectedAfterPostingChangesNothingUntilItIsDecided() async throws {
        let place = try await CommandDatabase.example()
        #expect(try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january + Self.accept).status == 0)
        let folder = try ExampleFolder()
        try folder.append("0157,2026-01-01,99999,a correction in a test\n", to: "inhabitants.csv")
        #expect(try await place.command("import", folder.path).status == 0)
        let nothing: Run = try await place.command.run(
            ["invoice", "run", "--year", "2027", "--format", "json", "--today", "2027-02-01"]
        ).decoded()
        #expect(nothing.totals.documents == 0)
        let findings = try await place.command("organisation", "findings", "--today", "2027-02-01")
        #expect(findings.output.contains("Gentofte"))
        let undecided = try await place.command("organisation", "refreeze", "0157", "--year", "2027", "--decision", "NONE")
        #expect(undecided.code == "UNKNOWN_DECISION")
        #expect(try await place.command("organisation", "refreeze", "0157", "--year", "2027", "--decision", "EKS-B-2026-8").status == 0)
        let previewed = try await place.command("invoice", "preview", "--year", "2027", "--today", "2027-02-02", "--format", "csv").output
        let columns =
            "kind,number,organisation,organisation_id,name,predecessor,product,charge,period,correction,credits_invoice,credits_line,from,to,net,vat_rate,because"
        #expect(previewed.hasPrefix(columns) && previewed.contains(",sharedCost,2027"), "\(previewed.prefix(200))")
        let corrected: Run = try await place.command.run(
            ["invoice", "run", "--year", "2027", "--format", "json", "--today", "2027-02-02"]
        ).decoded()
        // The one that grew pays more of the shared total, the others less.
        let shares = corrected.lines.filter { $0.charge == "sharedCost" }
        #expect(previewed.split(whereSeparator: \.isNewline).count == corrected.lines.count + 1)
        #expect(shares.contains { $0.netMinor > 0 } && shares.contains { $0.netMinor < 0 } && shares.allSatisfy(\.correction))
        // Whoever asks why is told who decided it.
        let because = "99.999 indbyggere 1. januar 2026, gælder for det fakturerede 2027 ved beslutning EKS-B-2026-8."
        #expect(corrected.lines.contains { $0.name == "Gentofte Kommune" && $0.because.contains { $0.contains(because) } }, "\(shares)")
        // A reversal takes back what the second run invoiced, and says that what it credited stays.
        let notes = try await place.command("invoice", "list", "--kind", "creditNote", "--run", "2", "--format", "csv").output
        let numbers = notes.split(whereSeparator: \.isNewline).dropFirst().map { String($0.split(separator: ",")[1]) }
        let reversal = try await place.command("invoice", "reverse", "2", "--preview", "--today", "2027-02-03").output
        #expect(
            reversal.contains("Kreditnotaer, som kørsel 2 selv gav, bliver stående: \(numbers.prefix(10).joined(separator: ", "))"),
            "\(reversal)")
        #expect(try await place.command("database", "verify").status == 0)
    }

    @Test func whatNobodyMeantIsRefused() async throws {
        let place = try await CommandDatabase.example()
        let before = try await place.digest()
        let far = try await place.command.run(["invoice", "run", "--year", "2029"] + Self.january)
        #expect(far.status == 65 && far.code == "TARGET_TOO_FAR")
        let stale = try await place.command.run(["invoice", "run", "--year", "2027"] + Self.january)
        #expect(stale.status == 65 && stale.code == "WARNING_NOT_ACCEPTED" && stale.errors.contains("STALE_POPULATION"))
        let preview = try await place.command.run(["invoice", "preview", "--year", "2027", "--lang", "en"] + Self.january).output
        let lines = preview.split(whereSeparator: \.isNewline)
        let warned = try lines.firstIndex { $0.hasPrefix("STALE_POPULATION: ") }.orMissing("no warning")
        #expect(lines[warned + 1].hasPrefix("  ") && lines[warned + 1].contains("Kommune"), "\(lines[warned + 1])")
        let product = try await place.command.run(["invoice", "run", "--year", "2027", "--only", "OS2nothing"] + Self.january)
        #expect(product.code == "UNKNOWN_PRODUCT")
        #expect(try await place.digest() == before)
    }
}

extension Optional {
    fileprivate func orMissing(_ what: String) throws -> Wrapped {
        guard let self else { throw Missing(what) }
        return self
    }
}
