import Foundation
import Subprocess
import Testing

/// Preview, run, list, credit and their formats.
@Suite struct InvoiceCommandTests {
    private struct Run: Decodable {
        struct Document: Decodable {
            let number: Int64?
            let kind: String
            let netMinor: Int64
            let vatMinor: Int64
            let grossMinor: Int64
        }
        struct Line: Decodable {
            let netMinor: Int64
            let because: [String]
        }
        struct Totals: Decodable {
            let documents: Int64
            let netMinor: Int64
            let vatMinor: Int64
            let grossMinor: Int64
        }
        let inputs: String
        let lines: [Line]
        let documents: [Document]
        let totals: Totals
    }

    private struct Invoice: Decodable {
        let number: Int64
        let issuedOn: String
        let dueOn: String?
        let creditsInvoice: Int64?
        let netMinor: Int64
    }

    @Test func aPreviewIsPostedExactlyOrRefused() async throws {
        let place = try await CommandDatabase.example()
        let day = ["--today", "2027-01-10", "--year", "2027"]
        let before = try await place.digest()
        let preview: Run = try await place.command.run(["invoice", "preview", "--format", "json"] + day).decoded()
        #expect(try await place.digest() == before)
        #expect(preview.documents.count >= 20 && preview.documents.allSatisfy { $0.number == nil })
        #expect(preview.totals.netMinor == preview.lines.reduce(0) { $0 + $1.netMinor })
        #expect(preview.totals.netMinor == preview.documents.reduce(0) { $0 + $1.netMinor })
        #expect(preview.totals.grossMinor == preview.totals.netMinor + preview.totals.vatMinor)
        #expect(preview.lines.allSatisfy { !$0.because.isEmpty })

        #expect(try await place.command("organisation", "billing", "0101", "--gln", "5798000860575").status == 0)
        let changed = try await place.digest()
        let stale = try await place.command.run(
            ["invoice", "run", "--accept", "STALE_POPULATION", "--expect-inputs", preview.inputs, "--lang", "en"] + day)
        #expect(stale.status == 65 && stale.code == "STALE_PREVIEW")
        #expect(stale.errors.contains(preview.inputs))
        for words in [["invoice", "run"], ["invoice", "prepare"]] {
            let misspelt = try await place.command.run(words + ["--accept", "STALE_POPULATIONS", "--lang", "en"] + day)
            #expect(misspelt.status == 65 && misspelt.code == "VALUE_UNKNOWN" && misspelt.errors.contains("STALE_POPULATION, LARGE_CHANGE"))
        }
        #expect(try await place.digest() == changed)

        let fresh: Run = try await place.command.run(["invoice", "preview", "--format", "json"] + day).decoded()
        let run: Run = try await place.command.run(
            ["invoice", "run", "--accept", "STALE_POPULATION", "--expect-inputs", fresh.inputs, "--format", "json"] + day
        ).decoded()
        #expect(run.inputs == fresh.inputs)
        #expect(run.documents.map(\.number) == run.documents.indices.map { Int64($0 + 1) })
        let posted = try await place.digest()
        let again: Run = try await place.command.run(["invoice", "run", "--accept", "STALE_POPULATION", "--format", "json"] + day).decoded()
        #expect(again.totals.documents == 0 && again.lines.isEmpty)
        #expect(try await place.digest() == posted)
        #expect(try await place.command("database", "verify").status == 0)
    }

    @Test func todayGivesTheInvoiceDateAndTheDueDate() async throws {
        let place = try await CommandDatabase.example()
        #expect(try await place.command("invoice", "run", "--year", "2027", "--only", "dues", "--today", "2028-02-29").status == 0)
        let invoices: [Invoice] = try await place.command("invoice", "list", "--format", "json").decoded()
        #expect(invoices.allSatisfy { $0.issuedOn == "2028-02-29" && $0.dueOn == "2028-03-30" })
    }

    @Test func listsComeAsTableJSONAndCSV() async throws {
        let place = try await CommandDatabase.posted()
        let table = try await place.command("invoice", "list").output.split(separator: "\n")
        let csv = try await place.command("invoice", "list", "--format", "csv").output.split(whereSeparator: \.isNewline)
        let invoices: [Invoice] = try await place.command("invoice", "list", "--format", "json").decoded()
        #expect(csv.count == invoices.count + 1 && table.count >= invoices.count + 1)
        #expect(
            csv.first == "kind,number,organisation,organisation_id,name,issued_on,due_on,run,net,vat,gross,credited_amount,open,credited")
        #expect(csv.dropFirst().map { String($0.split(separator: ",")[1]) } == invoices.map { String($0.number) })
    }

    @Test func optionsMayStandBeforeTheCommand() async throws {
        let place = try await CommandDatabase.posted()
        for leading in [["--database", place.url, "--lang", "en"], ["--database=\(place.url)", "--lang=en"]] {
            let shown = try await Command.runProgram(leading + ["invoice", "show", "1"])
            #expect(shown.status == 0 && shown.output.hasPrefix("Invoice 1 "), "\(shown.errors)")
        }
        let byEnvironment = try await Command.runProgram(["invoice", "show", "1"], environment: ["DATABASE_URL": place.url])
        #expect(byEnvironment.status == 0 && byEnvironment.output.hasPrefix("Faktura 1 "))
    }

    @Test(arguments: [("da", "der er ingen"), ("en", "there is no")])
    func refusalsSpeakTheLanguageAskedFor(language: String, words: String) async throws {
        let place = try await CommandDatabase.shared.value
        let result = try await place.command("invoice", "show", "999", "--lang", language)
        #expect(result.errors.hasPrefix("UNKNOWN_INVOICE: ") && result.errors.contains(words))
    }

    @Test func creditsByHandAreGivenOnceAndWithinTheirInvoice() async throws {
        let place = try await CommandDatabase.posted()
        func credit(
            _ amount: String, decision: String = "EKS-GF-2026-1", reason: String = "goodwill"
        ) async throws -> Command.Result {
            try await place.command(
                "invoice", "credit", "1", "--amount", amount, "--reason", reason, "--decision", decision, "--today", "2027-02-01",
                "--lang",
                "en")
        }
        let before = try await place.digest()
        for (result, code) in [
            (try await credit("0"), "AMOUNT_NOT_POSITIVE"), (try await credit("1.001"), "AMOUNT_INVALID"),
            (try await credit("99999999999999999999"), "AMOUNT_INVALID"), (try await credit("25000.01"), "CREDIT_EXCEEDS_INVOICED"),
            (try await credit("1", decision: "NONE"), "UNKNOWN_DECISION"), (try await credit("1", reason: ""), "VALUE_MISSING"),
            (try await credit("1", reason: "two\tcells"), "TEXT_INVALID"), (try await credit("1", reason: " "), "TEXT_INVALID"),
        ] {
            #expect(result.status == 65 && result.code == code, "\(result.errors)")
        }
        let line = try await place.command(
            "invoice", "credit", "1", "--line", "99", "--amount", "1", "--reason", "r", "--decision", "EKS-GF-2026-1", "--today",
            "2027-02-01")
        #expect(line.status == 65 && line.code == "UNKNOWN_INVOICE_LINE")
        #expect(try await place.digest() == before)
        #expect(try await credit("1000.00").status == 0)
        let notes: [Invoice] = try await place.command("invoice", "list", "--kind", "creditNote", "--format", "json").decoded()
        #expect(notes.map(\.netMinor) == [100_000] && notes.map(\.creditsInvoice) == [1])
        // The invoice says so wherever it is looked at.
        let listed = try await place.command("invoice", "list", "--format", "csv").output.split(whereSeparator: \.isNewline)
        #expect(listed.dropFirst().first?.hasSuffix(",25000.00,6250.00,31250.00,1250.00,30000.00,partly") == true, "\(listed)")
        for command in ["show", "explain"] {
            let told = try await place.command("invoice", command, "1").output
            #expect(
                told.contains("Krediteret 1.250,00 kr. inkl. moms (kreditnota 1); derefter 30.000,00 kr., betalinger ikke medregnet."),
                "\(told)")
        }
        let other = try await place.command("invoice", "show", "2").output
        #expect(!other.contains("Krediteret"))
        #expect(try await credit("24000.01").code == "CREDIT_EXCEEDS_INVOICED")
        let posted = try await place.digest()
        #expect(try await place.command("invoice", "run", "--year", "2027", "--only", "dues", "--today", "2027-02-02").status == 0)
        #expect(try await place.digest() == posted)
        #expect(try await place.command("database", "verify").status == 0)
    }

    @Test func anExplanationTellsTheTaxAndWhoDecidedIt() async throws {
        let place = try await CommandDatabase.posted()
        let danish = try await place.command("invoice", "explain", "1").output
        #expect(danish.contains("Moms 25 % af 25.000,00 kr. = 6.250,00 kr. (beslutning SKM2020.385.SR)."), "\(danish)")
        let english = try await place.command("invoice", "explain", "1", "--lang", "en").output
        #expect(english.contains("VAT 25 % of DKK 25,000.00 = DKK 6,250.00 (decision SKM2020.385.SR)."), "\(english)")
        #expect(try await !place.command("invoice", "show", "1").output.contains("Moms 25 % af"))
        struct Explained: Decodable {
            struct Tax: Decodable, Equatable {
                let vatRate: String
                let netMinor: Int64
                let vatMinor: Int64
            }
            let taxes: [Tax]
            let creditNotes: [Int64]
        }
        let json: Explained = try await place.command("invoice", "explain", "1", "--format", "json").decoded()
        #expect(json.taxes == [.init(vatRate: "25", netMinor: 2_500_000, vatMinor: 625_000)] && json.creditNotes.isEmpty)
        let csv = try await place.command("invoice", "explain", "1", "--format", "csv").output.split(whereSeparator: \.isNewline)
        #expect(csv.count == 2 && csv[0].hasPrefix("line,product,") && csv[1].contains(",25000.00,25,SKM2020.385.SR,"), "\(csv)")
    }

    @Test func aCreditByHandWaitsForARunThatIsDue() async throws {
        let place = try await CommandDatabase.posted()
        let folder = try ExampleFolder()
        try folder.replace("  - year: 2027\n    amount: 25000.00", with: "  - year: 2027\n    amount: 24000.00", in: "rates.yaml")
        #expect(try await place.command("import", folder.path, "--today", "2027-02-01").status == 0)
        let before = try await place.digest()
        let early = try await place.command(
            "invoice", "credit", "1", "--amount", "500", "--reason", "goodwill", "--decision", "EKS-GF-2026-1", "--today", "2027-02-01")
        #expect(early.status == 65 && early.code == "RUN_FIRST", "\(early.errors)")
        #expect(try await place.digest() == before)
    }
}
