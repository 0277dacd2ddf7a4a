import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

extension InvoiceCommand {
    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A year's charges beside the year before: new, gone, changed, and why. Writes nothing.")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var target: Target
        @Flag(help: "Also what is the same.") var all = false

        func run() async throws {
            let (target, period, all) = (target, try target.period(), all)
            try await options.withSession { session in
                let (changes, names) = try await session.read { work in
                    let changes = try await RunComparison.compare(period, target.scope(in: work), in: work)
                    return (changes.filter { all || $0.kind != .same }, try await SubjectNames.load(in: work))
                }
                let language = session.language
                let plain = session.format == .csv
                try Console.list(
                    changes, in: session,
                    columns: [
                        (.organisation, .leading), (.product, .leading),
                        (.charge, .leading), (plain ? .before : .verbatim(String(period.year - 1)), .trailing),
                        (plain ? .after : .verbatim(String(period.year)), .trailing),
                        (.change, .leading), (.because, .leading),
                    ],
                    row: { change, table in
                        table.row(
                            change.name, names[change.subject] ?? "", plain ? change.charge.rawValue : change.charge.title(in: language),
                            session.amount(change.before),
                            change.parked != nil && change.after == .zero ? "" : session.amount(change.after),
                            plain ? change.kind.rawValue : change.kind.text(in: language),
                            ([change.parked?.rawValue].compactMap { $0 } + change.reasons(in: language))
                                .joined(separator: " "))
                    },
                    json: { change, json in
                        json.object {
                            $0.member("organisationId", change.organisation.value)
                            $0.member("name", change.name)
                            $0.member("product", names[change.subject])
                            $0.member("charge", change.charge.rawValue)
                            $0.member("beforeMinor", change.before)
                            $0.member("afterMinor", change.after)
                            $0.member("change", change.kind.rawValue)
                            $0.member("parked", change.parked?.rawValue)
                            $0.name("because")
                            $0.array { for reason in change.reasons(in: language) { $0.string(reason) } }
                        }
                    })
                if session.format == .table { Console.print(try session.sum(of: changes, in: period.year)) }
            }
        }
    }
}

extension Session {
    /// Of what is listed.
    fileprivate func sum(of changes: [YearChange], in year: Int) throws -> String {
        let (before, after) = (try Money.sum(changes.map(\.before)), try Money.sum(changes.map(\.after)))
        let parked = changes.count { $0.parked != nil }
        return language.text(
            "Det viste i alt: \(before.text(in: language)) kr. i \(year - 1), \(after.text(in: language)) kr. i \(year)",
            "What is listed in total: DKK \(before.text(in: language)) in \(year - 1), DKK \(after.text(in: language)) in \(year)")
            + (parked == 0
                ? ""
                : language.text(
                    "; \(parked) parkeret, hvis beløb ikke er kendt endnu", "; \(parked) parked, whose amounts are not known yet"))
    }
}

extension YearChange.Kind {
    fileprivate func text(in language: Language) -> String {
        switch self {
        case .new: language.text("ny", "new")
        case .gone: language.text("bortfaldet", "gone")
        case .changed: language.text("ændret", "changed")
        case .same: language.text("uændret", "the same")
        case .parked: language.text("parkeret", "parked")
        }
    }
}
