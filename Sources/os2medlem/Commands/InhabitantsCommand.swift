import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct InhabitantsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inhabitants", abstract: "Numbers of inhabitants.", subcommands: [Import.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take over a table of Statistics Denmark (BY2, FOLK1A) saved as CSV with semicolons: all of it, or nothing.",
            discussion: """
                A list with the columns OMRÅDE (or KOMK), TID and INDHOLD, or one row for each municipality and a column for each day. It tells who changes \
                class by the association's bounds, and which years that postings have used differ now.
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file.") var file: String

        func run() async throws {
            let (folder, name) = FolderFiles.split(file)
            guard let bytes = try FolderFiles.read(name, in: folder) else {
                throw ImportProblem(at: SourceLocation(file: name, line: 1, column: 1), Refusal(.fileMissing))
            }
            let figures = try StatbankTable.read(file: name, bytes: bytes).map {
                AreaFigure(area: $0.area, headcount: Headcount(inhabitants: $0.inhabitants, countedOn: $0.countedOn))
            }
            try await options.withSession { session in
                let report = try await session.perform("inhabitants import") {
                    try await InhabitantsImport.store(figures, source: "Danmarks Statistik, \(name)", in: $0)
                }
                try session.print(report)
            }
        }
    }
}

extension Session {
    fileprivate func print(_ report: InhabitantsReport) throws {
        let language = language
        if format == .json {
            var json = CanonicalJSON()
            report.write(to: &json)
            return Console.print(json)
        }
        let headings: [(Heading, TextTable.Alignment)] = [
            (.finding, .leading), (.name, .leading), (.year, .trailing), (.before, .leading), (.after, .leading),
        ]
        var table = TextTable(
            headings.map { heading, alignment in (format == .csv ? heading.english : heading.text(in: language), alignment) })
        for change in report.classChanges {
            func text(_ sizeClass: SizeClass?, _ fact: SizeFact) -> String {
                "\(sizeClass?.text(in: language) ?? "–"): \(fact.text(in: language))"
            }
            table.row(
                "CLASS_CHANGED", change.organisation.name, String(change.year), text(change.classes.before, change.before),
                text(change.classes.after, change.after))
        }
        for size in report.superseded {
            table.row(
                "FROZEN_SIZE_SUPERSEDED", size.organisation.name, String(size.year), size.frozen.text(in: language),
                size.recorded.text(in: language))
        }
        if format == .csv { return Console.write(table.csv) }
        let counts = report.counts
        Console.print(
            language.text(
                "\(counts.added) nye, \(counts.changed) ændrede og \(counts.unchanged) uændrede tal; \(report.passedOver) områder er ikke kommuner",
                "\(counts.added) new, \(counts.changed) changed and \(counts.unchanged) unchanged figures; \(report.passedOver) areas are no municipalities"
            ))
        Console.print(
            language.text(
                "\(report.classChanges.count) skifter størrelse, \(report.superseded.count) fastfrosne tal er nu andre",
                "\(report.classChanges.count) change class, \(report.superseded.count) frozen figures are others by now"))
        if !table.isEmpty { Console.write(table.text) }
    }
}

extension InhabitantsReport {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("added", counts.added)
            $0.member("changed", counts.changed)
            $0.member("unchanged", counts.unchanged)
            $0.member("passedOver", passedOver)
            $0.name("classChanges")
            $0.array {
                for change in classChanges {
                    $0.object {
                        change.organisation.writeReference(to: &$0)
                        $0.member("year", change.year)
                        $0.member("classBefore", change.classes.before?.rawValue)
                        $0.member("classAfter", change.classes.after?.rawValue)
                        $0.name("before")
                        SizeFact.write(change.before, to: &$0)
                        $0.name("after")
                        SizeFact.write(change.after, to: &$0)
                    }
                }
            }
            $0.name("superseded")
            $0.array {
                for size in superseded {
                    $0.object {
                        size.organisation.writeReference(to: &$0)
                        $0.member("year", size.year)
                        $0.name("frozen")
                        SizeFact.write(size.frozen, to: &$0)
                        $0.name("recorded")
                        SizeFact.write(size.recorded, to: &$0)
                    }
                }
            }
        }
    }
}
