import ArgumentParser
import Domain
import Foundation
import Interchange
import Registry
import Wording

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "The example association's dues and cost shares of 2027, from signed agreements to e-invoices and a look-up over HTTP.",
        discussion: "Without --state it starts afresh in \(freshState). E-invoices go to STATE/demo/e-invoices.")
    @OptionGroup var options: GlobalOptions

    private static let freshState = ".os2medlem-demo"

    func run() async throws {
        var options = options
        if options.state == nil {
            options.state = DemoCommand.freshState
            if options.databaseURL == nil { try await options.access.discard() }
        }
        let folder = options.stateFolder + "/demo/e-invoices"
        let state = options.state.map { "--state \($0) " } ?? ""
        guard let year = BillingPeriod(year: 2027) else { return }
        // The newest inhabitants that could be verified are of 2020; the example says so and goes on.
        let accepted: Set<String> = [ChargeWarning.stalePopulation.rawValue]
        try await options.withSession { session in
            let language = session.language
            Console.print(language.text("1. Eksempelforeningen indlæses", "1. The example association is imported"))
            let draft = try ImportFolder.read { (file) throws(ImportProblem) in ExampleAssociation.files[file] }
            try session.print(try await session.perform("import") { try await ImportStore.store(draft, in: $0) })

            Console.print(
                language.text(
                    "\n2. Forhåndsvisning af kontingent og omkostningsdeling 2027", "\n2. Dues and cost shares of 2027, previewed"))
            let preview = try await session.read { work in
                try await session.reported { try await ChargeRun.preview(year, taking: $0, in: work) }
            }
            try preview.print()

            Console.print(language.text("\n3. Bogføring af netop det", "\n3. Exactly that is posted"))
            let posted = try await session.post("invoice run") {
                try await ChargeRun.post(year, expecting: preview.result.hash, accepting: accepted, in: $0)
            }
            Console.print(try posted.summary(in: language))

            Console.print(language.text("\n4. E-fakturaer (Peppol BIS Billing 3.0)", "\n4. E-invoices (Peppol BIS Billing 3.0)"))
            let files = try await EInvoiceFiles.write(to: folder, from: 1, through: nil, in: session)
            Console.print(language.text("\(files) filer i \(folder)", "\(files) files in \(folder)"))

            Console.print(language.text("\n5. Igen: intet er tilbage at fakturere", "\n5. Once more: nothing is left to invoice"))
            let again = try await session.post("invoice run") { try await ChargeRun.post(year, accepting: accepted, in: $0) }
            Console.print(try again.summary(in: language))
            guard again.totals.documents == 0 else {
                throw Failure(.demoPostedTwice(documents: Int(again.totals.documents)), status: .software)
            }

            Console.print(language.text("\n6. Favrskov slår op over HTTP", "\n6. Favrskov looks itself up over HTTP"))
            // The year that was posted, and those that a look-up of today shows.
            for shown in Set([year.year, session.today.year, session.today.year + 1]).sorted() {
                guard let target = BillingPeriod(year: shown, half: nil) else { continue }
                let count = try await session.record("invoice expect") { try await Expectations.refresh(target, in: $0) }
                Console.print(ExpectationSentences.kept(count, for: shown, in: language))
            }
            let lookup = DemoLookup(options: options, session: session)
            try await lookup.run()

            let program = ".build/debug/os2medlem \(state)".trimmingCharacters(in: .whitespaces)
            Console.print(
                language.text("\nSpørg selv over HTTP (kill %1 stopper serve igen)", "\nAsk over HTTP yourself (kill %1 stops serve again)")
            )
            for line in lookup.commands(of: program) { Console.print("  \(line)") }

            Console.print(language.text("\nPrøv nu", "\nTry next"))
            for command in [
                "invoice explain 1 --lang en", "invoice list", "organisation show 0151", "agreement list",
                "organisation billing 0360 --reference \"Digitalisering\"", "invoice run --year 2027", "database verify", "database stop",
            ] {
                Console.print("  \(program) \(command)")
            }
        }
    }
}
