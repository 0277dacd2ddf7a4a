public import ArgumentParser
public import Domain
import Interchange
import Registry
import Wording

extension SizeClass: ExpressibleByArgument {}

extension OrganisationCommand {
    struct Place: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Place a body in a size class by hand, for the invoicing years from one on. It outranks its number of inhabitants.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(name: .customLong("class"), help: "small, medium, large or veryLarge.") var sizeClass: SizeClass
        @Option(help: "The first invoicing year.") var fromYear: Int
        @Option(help: "The last invoicing year. Default: no end.") var untilYear: Int?
        @Option(help: "Why its inhabitants do not say it.") var reason: String
        @Option(help: "The decision's reference.") var decision: String

        func validate() throws {
            for year in [fromYear, untilYear].compactMap({ $0 }) where BillingPeriod(year: year) == nil {
                throw ValidationError("a year is from 2000 to 9998")
            }
            if let untilYear, untilYear < fromYear { throw ValidationError("--until-year lies before --from-year") }
        }

        func run() async throws {
            let (text, sizeClass, first, last, reason, decision) = (organisation, sizeClass, fromYear, untilYear, reason, decision)
            try await options.withSession { session in
                let change = try await session.perform("organisation place") { work in
                    let record = try await Organisations.find(text, in: work)
                    let (old, new) = try await SizeStore.place(
                        record.id, in: sizeClass, because: reason, decision: decision, from: first, through: last, in: work)
                    return SizeChange(organisation: record, year: first, before: old == .unknown ? nil : old, after: new)
                }
                try session.print([change])
            }
        }
    }

    struct Refreeze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Take over what is recorded now for a year that postings have used, by a decision. The next run corrects what was invoiced."
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(help: "The invoicing year.") var year: Int
        @Option(help: "The decision's reference; it names organisation and year.") var decision: String

        func validate() throws {
            if BillingPeriod(year: year) == nil { throw ValidationError("--year needs a year from 2000 to 9998") }
        }

        func run() async throws {
            let (text, year, decision) = (organisation, year, decision)
            try await options.withSession { session in
                let change = try await session.perform("organisation refreeze") { work in
                    let record = try await Organisations.find(text, in: work)
                    let (old, new) = try await SizeStore.refreeze(record.id, year: year, decision: decision, in: work)
                    return SizeChange(organisation: record, year: year, before: old, after: new)
                }
                try session.print([change])
            }
        }
    }

    struct Findings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What the secretariat should look at: members without a primary contact, and frozen sizes that have been superseded.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let (members, superseded) = try await session.read { work in
                    (try await People.membersWithoutPrimaryContact(in: work), try await SizeStore.superseded(in: work))
                }
                let findings = members.map(Finding.noPrimaryContact) + superseded.map(Finding.frozenSizeSuperseded)
                let language = session.language
                try Console.list(
                    findings, in: session,
                    columns: [(.name, .leading), (.cvr, .leading), (.reason, .leading), (.year, .trailing), (.detail, .leading)],
                    row: { finding, table in
                        table.row(
                            finding.organisation.name, finding.organisation.cvr?.description ?? "", finding.reason,
                            finding.size.map { String($0.year) } ?? "",
                            finding.size.map { "\($0.frozen.text(in: language)) → \($0.recorded.text(in: language))" } ?? "")
                    }, json: { $0.write(to: &$1) })
            }
        }
    }
}

/// Something to look at, and whose it is.
private enum Finding {
    case noPrimaryContact(OrganisationRecord)
    case frozenSizeSuperseded(SupersededSize)

    var organisation: OrganisationRecord {
        switch self {
        case .noPrimaryContact(let organisation): organisation
        case .frozenSizeSuperseded(let size): size.organisation
        }
    }

    var reason: String {
        switch self {
        case .noPrimaryContact: "NO_PRIMARY_CONTACT"
        case .frozenSizeSuperseded: "FROZEN_SIZE_SUPERSEDED"
        }
    }

    var size: SupersededSize? { if case .frozenSizeSuperseded(let size) = self { size } else { nil } }

    func write(to json: inout CanonicalJSON) {
        json.object {
            organisation.writeReference(to: &$0)
            $0.member("reason", reason)
            $0.member("year", size?.year)
            $0.name("frozen")
            SizeFact.write(size?.frozen, to: &$0)
            $0.name("recorded")
            SizeFact.write(size?.recorded, to: &$0)
        }
    }
}

/// What is known of an organisation's size for a year, before and after something was done.
struct SizeChange {
    let organisation: OrganisationRecord
    let year: Int
    let before: SizeFact?
    let after: SizeFact
}

extension Session {
    func print(_ changes: [SizeChange]) throws {
        let language = language
        try Console.list(
            changes, in: self,
            columns: [(.name, .leading), (.year, .trailing), (.before, .leading), (.after, .leading)],
            row: { change, table in
                table.row(
                    change.organisation.name, String(change.year), change.before?.text(in: language) ?? "", change.after.text(in: language))
            },
            json: { change, json in
                json.object {
                    change.organisation.writeReference(to: &$0)
                    $0.member("year", change.year)
                    $0.name("before")
                    SizeFact.write(change.before, to: &$0)
                    $0.name("after")
                    SizeFact.write(change.after, to: &$0)
                }
            })
    }
}
