import ArgumentParser
import Domain
import Registry

struct PledgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pledge", abstract: "Pledges to projects: made, withdrawn, paid.",
        subcommands: [Add.self, Withdraw.self, Pay.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "An organisation promises money to a project.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The project's name.") var project: String
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(parsing: .unconditional, help: "Kroner, more than zero.") var amount: String
        @Option(help: "The day of the promise. Default: today.") var on: CivilDate?
        @Option(help: "nothing, amount or whole: what paying it does to a later joining fee.") var reduction = PledgeReduction.nothing
        @Option(help: "The decision's reference.") var decision: String

        func run() async throws {
            let money = try Money(aboveZero: amount)
            let facts = PledgeFacts(amount: money, pledgedOn: try on ?? options.day(), reduction: reduction)
            let (project, organisation, decision) = (project, organisation, decision)
            try await options.withSession { session in
                let record = try await session.perform("pledge add") { work in
                    try await Pledges.add(facts, to: project, by: organisation, decision: decision, in: work)
                }
                try ProjectCommand.printWhole(record, in: session)
            }
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A pledge is taken back, which is possible until the target is reached.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The project's name.") var project: String
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(help: "The first day on which it does not stand. Default: today.") var on: CivilDate?
        @Option(help: "The decision's reference. Default: the pledge's own stays.") var decision: String?

        func run() async throws {
            let facts = PledgeFacts(withdrawnOn: try on ?? options.day())
            let (project, organisation, decision) = (project, organisation, decision)
            try await options.withSession { session in
                let record = try await session.perform("pledge withdraw") { work in
                    try await Pledges.change(facts, to: project, by: organisation, decision: decision, in: work)
                }
                try ProjectCommand.printWhole(record, in: session)
            }
        }
    }

    struct Pay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A pledge was paid.",
            discussion:
                "Possible once the target is reached and the pledge is invoiced, and once only. An agreement that begins later has its joining fee reduced as the pledge says."
        )
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The project's name.") var project: String
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(help: "The day of the payment. Default: today.") var on: CivilDate?
        @Option(help: "Where the payment can be seen, such as the number of its invoice.") var proof: String
        @Option(help: "nothing, amount or whole. Default: as the pledge says.") var reduction: PledgeReduction?
        @Option(help: "The decision's reference. Default: the pledge's own stays.") var decision: String?

        func run() async throws {
            if proof.isEmpty { throw Refusal(.paidWithoutProof) }
            let facts = PledgeFacts(paidOn: try on ?? options.day(), proof: proof, reduction: reduction)
            let (project, organisation, decision) = (project, organisation, decision)
            try await options.withSession { session in
                let record = try await session.perform("pledge pay") { work in
                    try await Pledges.change(facts, to: project, by: organisation, decision: decision, in: work)
                }
                try ProjectCommand.printWhole(record, in: session)
            }
        }
    }
}
