import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct SupplierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "supplier", abstract: "Look supplier partners up.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Supplier partners with their agreements and their roles on products.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let suppliers = try await session.read { try await SupplierRoles.suppliers(in: $0) }
                if session.format == .json {
                    return try Console.list(suppliers, in: session, columns: [], row: { _, _ in }, json: { $0.write(to: &$1) })
                }
                try Console.list(
                    suppliers.flatMap { $0.rows(in: session) }, in: session,
                    columns: [
                        (.supplier, .leading), (.agreement, .trailing), (.state, .leading), (.product, .leading), (.role, .leading),
                        (.from, .leading), (.to, .leading),
                    ], row: { $1.row($0) }, json: { _, _ in })
            }
        }
    }
}

extension SupplierRecord {
    /// One row per agreement, then one per role.
    fileprivate func rows(in session: Session) -> [[String]] {
        agreements.map { agreement in
            [
                organisation.name, agreement.id.description, session.word(agreement.life.state), "", "",
                agreement.life.term?.first.description ?? "", agreement.life.term?.last?.description ?? "",
            ]
        }
            + roles.map { role in
                [
                    organisation.name, "", "", role.productName, session.word(role.role), role.term.first.description,
                    role.term.last?.description ?? "",
                ]
            }
    }
}
