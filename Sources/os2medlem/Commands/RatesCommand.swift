import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct RatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rates", abstract: "Rate sheets: list them, or print one as the public takstblad.",
        subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All rate sheets, by product and first day.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let isCSV = session.format == .csv
                let sheets = try await session.read { try await PriceLists.sheets(in: $0) }
                try Console.list(
                    sheets, in: session,
                    columns: [
                        (.rateSheet, .trailing), (.product, .leading), (.from, .leading), (.to, .leading), (.frequency, .leading),
                        (.proRata, .leading),
                        (.rows, .trailing), (.decision, .leading),
                    ],
                    row: { named, table in
                        let sheet = named.sheet
                        table.row(
                            sheet.id.description, named.product ?? (isCSV ? "supplier" : Subject.supplier.text(in: session.language)),
                            sheet.term.first.description, sheet.term.last?.description ?? "",
                            isCSV ? sheet.frequency.rawValue : sheet.frequency.text(in: session.language),
                            isCSV ? sheet.proRata.rawValue : sheet.proRata.text(in: session.language), String(sheet.rows.count),
                            sheet.decision.reference)
                    },
                    json: { named, json in
                        json.object {
                            $0.member("rateSheet", named.sheet.id.value)
                            $0.member("product", named.product)
                            named.sheet.writeMembers(to: &$0)
                            $0.name("rows")
                            $0.array { json in
                                for row in named.sheet.rows { json.object { row.writeWholeMembers(to: &$0) } }
                            }
                        }
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One year's prices of a product, the contribution included, as the public takstblad prints them.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The product's name, or supplier.") var product: String
        @Option(help: "The calendar year.") var year: Int

        func validate() throws {
            if BillingPeriod(year: year) == nil { throw ValidationError("--year needs a year from 2000 to 9998") }
        }

        func run() async throws {
            guard let year = BillingPeriod(year: year) else { return }
            let product = product
            try await options.withSession { session in
                try session.print(try await session.read { try await PriceLists.lists(of: product, in: year, in: $0) }, of: product)
            }
        }
    }
}

extension Session {
    fileprivate func print(_ lists: [PriceList], of product: String) throws {
        switch format {
        case .json:
            var json = CanonicalJSON()
            json.array { for list in lists { list.write(to: &$0, product: product) } }
            Console.print(json)
        case .csv:
            Console.write(lists.table(of: product).csv)
        case .table:
            for (index, list) in lists.enumerated() {
                if index > 0 { Console.print("") }
                Console.print("\(product) \(list.year)")
                for line in list.conditions(in: language) { Console.print(line) }
                Console.print("")
                Console.write(list.table(in: language).text)
            }
        }
    }
}

extension PriceList {
    /// The prices for people to read.
    fileprivate func table(in language: Language) -> TextTable {
        var table = TextTable([
            (language.text("række", "row"), .trailing), (language.text("post", "charge"), .leading),
            (language.text("takst", "rate"), .leading),
            (language.text("for", "for"), .leading),
            (language.text("dage", "days"), .leading), (language.text("medlem", "member"), .trailing),
            (language.text("ikke-medlem", "non-member"), .trailing), (language.text("beslutning", "decision"), .leading),
        ])
        for line in lines {
            let term = line.row.term
            let days = term.description
            let (member, other) = line.amounts.map { ($0.member.text(in: language), $0.nonMember.text(in: language)) } ?? ("", "")
            table.row(
                line.row.id.description, line.row.charge.title(in: language), line.row.component,
                line.amounts == nil ? line.row.price.text(in: language) : line.condition.text(in: language), days, member, other,
                line.row.decision.reference)
        }
        return table
    }
}

extension [PriceList] {
    /// The prices for a spreadsheet: words of the format, amounts with a point.
    fileprivate func table(of product: String) -> TextTable {
        var table = TextTable(
            [
                "product", "year", "charge", "component", "size_class", "participants_from", "from", "to", "base", "member", "non_member",
                "decision", "rate_sheet", "row",
            ].map { ($0, .leading) })
        for list in self {
            for line in list.lines {
                let amounts = line.amounts
                table.row(
                    product, String(list.year), line.row.charge.rawValue, line.row.component, line.condition.sizeClass?.rawValue ?? "",
                    line.condition.participants.map(String.init) ?? "", line.row.term.first.description,
                    line.row.term.last?.description ?? "", amounts?.base.description ?? "", amounts?.member.description ?? "",
                    amounts?.nonMember.description ?? "", line.row.decision.reference, list.sheet.id.description, line.row.id.description)
            }
        }
        return table
    }
}
