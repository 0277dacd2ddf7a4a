import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project", abstract: "Look projects up: what was pledged, and whether the target was reached in time.",
        subcommands: [List.self, Show.self])

    static func printList(_ projects: [ProjectRecord], in session: Session) throws {
        let today = session.today
        let rows = try projects.map { project in
            (
                project: project, state: try project.standing.state(on: today), standing: try project.sum(on: today),
                reached: try project.standing.reachedOn()
            )
        }
        try Console.list(
            rows, in: session,
            columns: [
                (.project, .leading), (.product, .leading), (.state, .leading), (.target, .trailing), (.standing, .trailing),
                (.deadline, .leading), (.reached, .leading),
            ],
            row: { row, table in
                table.row(
                    row.project.name, row.project.productName ?? "", session.word(row.state), session.amount(row.project.target),
                    session.amount(row.standing), row.project.deadline.description, row.reached?.description ?? "")
            }, json: { try $0.project.write(to: &$1, on: today) })
    }

    /// A project with its pledges.
    static func printWhole(_ project: ProjectRecord, in session: Session) throws {
        if session.format == .json {
            var json = CanonicalJSON()
            try project.write(to: &json, on: session.today)
            return Console.print(json)
        }
        try printList([project], in: session)
        Console.print("")
        try Console.list(
            project.pledges, in: session,
            columns: [
                (.organisation, .leading), (.amount, .trailing), (.pledged, .leading), (.withdrawn, .leading), (.paid, .leading),
                (.proof, .leading), (.joiningFee, .leading), (.decision, .leading),
            ],
            row: { pledge, table in
                table.row(
                    pledge.organisationName, session.amount(pledge.amount), pledge.pledgedOn.description,
                    pledge.withdrawnOn?.description ?? "",
                    pledge.paidOn?.description ?? "", pledge.proof ?? "", session.word(pledge.reduction), pledge.decision)
            }, json: { _, _ in })
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All projects, by name in Danish order.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                try printList(try await session.read { try await Projects.list(in: $0) }, in: session)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One project with its pledges.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The project's name.") var name: String

        func run() async throws {
            let name = name
            try await options.withSession { session in
                try printWhole(try await session.read { try await Projects.find(name, in: $0) }, in: session)
            }
        }
    }
}
