import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct OrganisationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation", abstract: "Look organisations up, say where their invoices go and how large they are.",
        subcommands: [List.self, Show.self, Billing.self, Place.self, Refreeze.self, Findings.self, Succeed.self])

    static func printList(_ organisations: [OrganisationRecord], in session: Session) throws {
        try Console.list(
            organisations, in: session,
            columns: [
                (.name, .leading), (.kind, .leading), (.cvr, .leading), (.code, .leading), (.gln, .leading), (.reference, .leading),
            ],
            row: { record, table in
                table.row(
                    record.name, session.word(record.kind), record.cvr?.description ?? "",
                    record.municipalityCode ?? record.regionCode ?? "",
                    record.billing.gln?.description ?? "", record.billing.reference ?? "")
            }, json: { $0.write(to: &$1) })
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All organisations, by name in Danish order.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                try printList(try await session.read { try await Organisations.list(in: $0) }, in: session)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One organisation's profile: contacts and agreements.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String

        func run() async throws {
            let text = organisation
            try await options.withSession { session in
                let (record, contacts, agreements, successions) = try await session.read { work in
                    let record = try await Organisations.find(text, in: work)
                    return (
                        record, try await People.contacts(of: record.id, in: work), try await Agreements.list(of: record.id, in: work),
                        try await Succession.history(of: record.id, in: work)
                    )
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    json.object {
                        $0.name("organisation")
                        record.write(to: &$0)
                        $0.name("contacts")
                        $0.array { for contact in contacts { contact.write(to: &$0) } }
                        $0.name("agreements")
                        $0.array { for agreement in agreements { agreement.write(to: &$0) } }
                        $0.name("successions")
                        $0.array { for succession in successions { succession.write(to: &$0) } }
                    }
                    return Console.print(json)
                }
                try printList([record], in: session)
                Console.print("")
                try Console.list(
                    contacts, in: session,
                    columns: [
                        (.contact, .leading), (.email, .leading), (.phone, .leading), (.role, .leading), (.from, .leading),
                        (.to, .leading),
                    ],
                    row: { contact, table in
                        table.row(
                            contact.name, contact.email, contact.phone ?? "", session.word(contact.role), contact.term.first.description,
                            contact.term.last?.description ?? "")
                    }, json: { _, _ in })
                Console.print("")
                try AgreementCommand.printList(agreements, in: session)
                if successions.isEmpty { return }
                Console.print("")
                try Console.list(
                    successions, in: session,
                    columns: [(.predecessor, .leading), (.successor, .leading), (.on, .leading), (.decision, .leading)],
                    row: { $1.row($0.predecessorName, $0.successorName, $0.day.description, $0.decision) }, json: { _, _ in })
            }
        }
    }

    struct Billing: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Set where an organisation's invoices go. What is not given stays.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(help: "EAN/GLN number of the receiver.") var gln: String?
        @Option(help: "Personal or department reference.") var reference: String?
        @Option(help: "Order number.") var orderNumber: String?
        @Option(help: "The receiver's account string.") var accountString: String?

        func run() async throws {
            let number = try gln.map { text in
                guard let gln = GLN(text) else { throw Refusal(.glnInvalid, text) }
                return gln
            }
            let (text, reference, orderNumber, accountString) = (organisation, reference, orderNumber, accountString)
            try await options.withSession { session in
                let record = try await session.perform("organisation billing") { work in
                    let known = try await Organisations.find(text, in: work)
                    let billing = BillingContact(
                        gln: number ?? known.billing.gln, reference: reference ?? known.billing.reference,
                        orderNumber: orderNumber ?? known.billing.orderNumber, accountString: accountString ?? known.billing.accountString)
                    try await Organisations.setBilling(billing, of: known.id, in: work)
                    return try await Organisations.find(text, in: work)
                }
                try printList([record], in: session)
            }
        }
    }
}
