import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct LookupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup", abstract: "What an organisation asks about itself: groups and whom to ask, agreements, invoices, next year.",
        discussion: "The same answer as GET /api/v1/lookup gives the organisation itself.")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "Name, CVR number, municipality or region code, or import id.") var organisation: String
    @Option(name: .customLong("as-of"), help: "The day that is asked about, YYYY-MM-DD. Default: today.") var day: CivilDate?

    func run() async throws {
        let (text, asked) = (organisation, day)
        try await options.withSession { session in
            let found = try await session.read { work in
                let id = try await Organisations.find(text, in: work).id
                return try await Lookups.all(of: id, on: asked ?? session.today, for: .commandLine, in: work)
            }
            if session.format == .json {
                var json = CanonicalJSON()
                try found.write(to: &json)
                return Console.print(json)
            }
            try found.printTables(in: session)
        }
    }
}

extension OrganisationLookup {
    fileprivate func printTables(in session: Session) throws {
        try OrganisationCommand.printList([organisation], in: session)
        try printGroups(in: session)
        try printAgreements(in: session)
        try printProductContacts(in: session)
        try printInvoices(in: session)
        try printExpected(in: session)
    }

    private func printGroups(in session: Session) throws {
        Console.print("")
        try Console.list(
            groups.flatMap { group in
                group.people.map { (group, $0, true) }
                    + group.contacts.filter { $0.organisation.id != organisation.id }.map { (group, $0, false) }
            }, in: session,
            columns: [
                (.group, .leading), (.role, .leading), (.person, .leading), (.email, .leading), (.phone, .leading),
                (.organisation, .leading),
            ],
            row: { row, table in
                let (group, holder, _) = row
                table.row(
                    group.name, session.word(holder.role), holder.personName, holder.email, holder.phone ?? "", holder.organisation.name)
            }, json: { _, _ in })
    }

    private func printAgreements(in session: Session) throws {
        Console.print("")
        try Console.list(
            agreements, in: session,
            columns: [
                (.agreement, .trailing), (.subject, .leading), (.state, .leading), (.form, .leading), (.from, .leading), (.to, .leading),
                (.year, .trailing), (.net, .trailing), (.latest, .leading), (.nextEnd, .leading),
            ],
            row: { row, table in
                let life = row.agreement.life
                var (latest, end) = ("", life.term?.last?.description ?? "")
                if case .ends(let ends) = row.outlook, let next = ends.first {
                    (latest, end) = (next.latestNotice.description, next.end.description)
                }
                table.row(
                    row.agreement.id.description, session.subject(of: row.agreement), session.word(life.state),
                    row.form.map { session.word($0) } ?? "",
                    life.term?.first.description ?? "", life.term?.last?.description ?? "", String(row.year),
                    row.price?.text(in: session.language) ?? "", latest, end)
            }, json: { _, _ in })
    }

    private func printProductContacts(in session: Session) throws {
        if productContacts.isEmpty { return }
        Console.print("")
        try Console.list(
            productContacts, in: session, columns: [(.product, .leading), (.coordinator, .leading), (.contact, .leading)],
            row: { row, table in
                table.row(
                    row.product.name, row.coordinator?.email ?? "", row.groups.flatMap(\.contacts).map(\.email).joined(separator: " "))
            }, json: { _, _ in })
    }

    private func printInvoices(in session: Session) throws {
        if invoices.isEmpty { return }
        Console.print("")
        try Console.list(
            invoices, in: session,
            columns: [(.invoice, .trailing), (.issued, .leading), (.due, .leading), (.total, .trailing), (.leftGross, .trailing)],
            row: { invoice, table in
                let summary = invoice.document
                table.row(
                    String(summary.number), summary.issuedOn.description, summary.dueOn?.description ?? "",
                    (try? summary.gross().text(in: session.language)) ?? "", (try? invoice.open().text(in: session.language)) ?? "")
            }, json: { _, _ in })
    }

    private func printExpected(in session: Session) throws {
        Console.print("")
        guard let calculated = expected.calculatedOn else {
            return Console.print(ExpectationSentences.notCalculated(expected.year, in: session.language))
        }
        Console.print(ExpectationSentences.heading(expected.year, calculatedOn: calculated, in: session.language))
        try Console.list(
            expected.amounts, in: session, columns: [(.subject, .leading), (.charge, .leading), (.net, .trailing), (.reason, .leading)],
            row: { amount, table in
                table.row(
                    session.subject(named: amount.subjectName ?? amount.subject.description),
                    session.format == .csv ? amount.charge.rawValue : amount.charge.title(in: session.language),
                    amount.net?.text(in: session.language) ?? "", amount.parked?.rawValue ?? "")
            }, json: { _, _ in })
        if let net = try expected.net() { Console.print(ExpectationSentences.sum(net, in: session.language)) }
    }
}
