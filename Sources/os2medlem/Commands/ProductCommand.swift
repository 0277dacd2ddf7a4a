import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct ProductCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "product", abstract: "Look products up: who takes part and who supplies what.", subcommands: [List.self, Show.self])

    static func printList(_ products: [ProductRecord], in session: Session) throws {
        try Console.list(
            products, in: session,
            columns: [
                (.product, .leading), (.account, .leading), (.level, .trailing), (.coordinator, .leading), (.repository, .leading),
            ],
            row: { record, table in
                table.row(
                    record.name, record.account ?? "", record.level?.description ?? "", record.coordinator?.email ?? "",
                    record.repository ?? "")
            }, json: { $0.write(to: &$1) })
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All products, by name in Danish order.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                try printList(try await session.read { try await Products.list(in: $0) }, in: session)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One product with its agreements and its suppliers' roles.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The product's name.") var name: String

        func run() async throws {
            let name = name
            try await options.withSession { session in
                let (record, agreements, roles) = try await session.read { work in
                    let record = try await Products.find(name, in: work)
                    return (
                        record, try await Agreements.list(on: .product(record.id), in: work),
                        try await SupplierRoles.list(on: record.id, in: work)
                    )
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    json.object {
                        $0.name("product")
                        record.write(to: &$0)
                        $0.name("agreements")
                        $0.array { for agreement in agreements { agreement.write(to: &$0) } }
                        $0.name("roles")
                        $0.array { for role in roles { role.write(to: &$0) } }
                    }
                    return Console.print(json)
                }
                try printList([record], in: session)
                Console.print("")
                try AgreementCommand.printList(agreements, in: session)
                Console.print("")
                try Console.list(
                    roles, in: session,
                    columns: [(.supplier, .leading), (.role, .leading), (.from, .leading), (.to, .leading)],
                    row: { role, table in
                        table.row(
                            role.organisationName, session.word(role.role), role.term.first.description, role.term.last?.description ?? "")
                    }, json: { _, _ in })
            }
        }
    }
}
