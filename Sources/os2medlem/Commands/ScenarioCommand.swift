import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct ScenarioCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario", abstract: "What if: a year's charges when something is otherwise.",
        subcommands: [Try.self, List.self, Show.self])

    struct Try: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Charges before and after the changes in a file, by product and organisation. Changes nothing.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file.") var file: String
        @Option(help: "Keep file and outcome under this name.") var save: String?

        func run() async throws {
            let (folder, name) = FolderFiles.split(file)
            guard let bytes = try FolderFiles.read(name, in: folder) else {
                throw ImportProblem(at: SourceLocation(file: name, line: 1, column: 1), Refusal(.fileMissing))
            }
            let source = try SourceText(file: name, bytes: bytes)
            let (read, problems) = ScenarioFile.read(source)
            let (save, language) = (save, options.lang)
            do {
                guard let scenario = read else { throw ImportRefused(problems) }
                try await options.withSession { session in
                    let outcome = try await session.rehearse("scenario try") {
                        try await WhatIf.compare(scenario, found: problems, in: $0)
                    }
                    if let save {
                        try await session.perform("scenario save") {
                            try await SavedScenarios.save(outcome, of: source.text, as: save, in: $0)
                        }
                    }
                    try session.print(outcome)
                }
            } catch let refused as ImportRefused {
                throw Failure(
                    lines: refused.problems.map { $0.line(in: language) }
                        + [language.nothingTried(problems: refused.problems.count)], status: .data)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Saved scenarios, by day.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                try Console.list(
                    try await session.read { try await SavedScenarios.list(in: $0) }, in: session,
                    columns: [(.name, .leading), (.year, .trailing), (.madeOn, .leading), (.madeBy, .leading)],
                    row: { $1.row($0.name, String($0.outcome.year), $0.madeOn.description, $0.madeBy) },
                    json: { scenario, json in
                        json.object {
                            $0.member("name", scenario.name)
                            $0.member("year", scenario.outcome.year)
                            $0.member("madeOn", scenario.madeOn)
                            $0.member("madeBy", scenario.madeBy)
                        }
                    })
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A saved scenario: what was supposed, and what it came to that day.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its name.") var name: String

        func run() async throws {
            let name = name
            try await options.withSession { session in
                let scenario = try await session.read { try await SavedScenarios.find(name, in: $0) }
                switch session.format {
                case .json:
                    var json = CanonicalJSON()
                    json.object {
                        $0.member("name", scenario.name)
                        $0.member("madeOn", scenario.madeOn)
                        $0.member("madeBy", scenario.madeBy)
                        $0.member("changes", scenario.changes)
                        $0.name("outcome")
                        scenario.outcome.write(to: &$0)
                    }
                    Console.print(json)
                case .csv: try session.print(scenario.outcome)
                case .table:
                    Console.print("\(scenario.name) · \(scenario.madeOn) · \(scenario.madeBy)\n")
                    Console.write(scenario.changes)
                    Console.print("")
                    try session.print(scenario.outcome)
                }
            }
        }
    }
}

extension Session {
    /// For people: products, then organisations, then what differs in detail. For programs: every organisation on every product.
    fileprivate func print(_ outcome: ScenarioOutcome) throws {
        switch format {
        case .json:
            var json = CanonicalJSON()
            outcome.write(to: &json)
            Console.print(json)
        case .csv:
            var table = TextTable(["organisation", "product", "before", "after", "difference"].map { ($0, .leading) })
            for row in outcome.rows {
                table.row(
                    row.organisation, row.product, row.before.description, row.after.description, try row.difference().description)
            }
            Console.write(table.csv)
        case .table:
            let (organisation, product) = (language.text("organisation", "organisation"), language.text("produkt", "product"))
            try write(try outcome.byProduct(), [(product, \.product)])
            Console.print("")
            try write(try outcome.byOrganisation(), [(organisation, \.organisation)])
            let changed = outcome.rows.filter { $0.before != $0.after }
            if !changed.isEmpty {
                Console.print("")
                try write(changed, [(product, \.product), (organisation, \.organisation)])
            }
            Console.print("\n" + language.scenarioSums)
            // What is missing on both sides alike explains no difference; who reads the sums still has to know.
            for (side, missing) in [
                (language.text("mangler før", "missing before"), outcome.missingBefore),
                (language.text("mangler efter", "missing after"), outcome.missingAfter),
            ] where !missing.isEmpty {
                Console.print("")
                var table = TextTable([(side, .leading), (product, .leading), (language.text("årsag", "reason"), .leading)])
                for charge in missing { table.row(charge.organisation, language.subject(named: charge.product), charge.reason.rawValue) }
                Console.write(table.text)
            }
        }
    }

    private func write(_ rows: [ScenarioOutcome.Row], _ names: [(title: String, name: KeyPath<ScenarioOutcome.Row, String>)]) throws {
        var table = TextTable(
            names.map { ($0.title, .leading) } + [
                (language.text("før", "before"), .trailing), (language.text("efter", "after"), .trailing),
                (language.text("forskel", "difference"), .trailing),
            ])
        for row in rows {
            table.row(
                names.map { $0.name == \.product ? language.subject(named: row.product) : row[keyPath: $0.name] } + [
                    row.before.text(in: language), row.after.text(in: language), try row.difference().text(in: language),
                ])
        }
        Console.write(table.text)
    }
}
