public import ArgumentParser
public import Domain
import Interchange
import Registry
import Wording

extension GroupKind: ExpressibleByArgument {}

struct GroupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "group", abstract: "Groups: who sits in them on which day, their meetings and documents, and what needs a look.",
        subcommands: [
            List.self, Show.self, RosterOn.self, Create.self, Join.self, Leave.self, Elect.self, StepIn.self, PlanMeeting.self,
            SignCommission.self, Findings.self,
        ])

    static func printList(_ groups: [GroupRecord], in session: Session) throws {
        let today = session.today
        try Console.list(
            groups, in: session,
            columns: [
                (.group, .leading), (.kind, .leading), (.product, .leading), (.from, .leading), (.to, .leading), (.seats, .trailing),
                (.chair, .leading), (.contact, .leading), (.decision, .leading),
            ],
            row: { group, table in
                let roster = group.roster(on: today)
                table.row(
                    group.name, session.word(group.kind), group.productName ?? "", group.commissionedOn?.description ?? "",
                    group.closedOn?.description ?? "", String(roster.seats.count), roster.chair?.email ?? "",
                    roster.contacts.map(\.email).joined(separator: " "), group.decision ?? "")
            }, json: { $0.write(to: &$1, on: today) })
    }

    static func printSeats(_ seats: [Seat], in session: Session) throws {
        try Console.list(
            seats, in: session,
            columns: [
                (.group, .leading), (.role, .leading), (.person, .leading), (.email, .leading), (.organisation, .leading),
                (.votes, .trailing), (.from, .leading), (.to, .leading), (.electedUntil, .leading), (.decision, .leading),
            ],
            row: { seat, table in
                table.row(
                    seat.groupName, session.word(seat.role), seat.personName, seat.email, seat.organisationName, String(seat.votes),
                    seat.term.first.description, seat.term.last?.description ?? "", seat.electedUntil?.description ?? "",
                    seat.decision ?? "")
            }, json: { $0.write(to: &$1) })
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Groups, by kind and by name in Danish order.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "board, generalAssembly, steeringGroup, coordinationGroup, expertCommittee or interestGroup.") var kind: GroupKind?
        @Option(help: "Only the groups of this product.") var product: String?
        @Option(help: "Only groups in which this organisation has a seat today.") var organisation: String?

        func run() async throws {
            let (kind, product, organisation) = (kind, product, organisation)
            try await options.withSession { session in
                let groups = try await session.read { work in
                    var (of, with): (Identifier<Product>?, Identifier<Organisation>?)
                    if let product { of = try await Products.find(product, in: work).id }
                    if let organisation { with = try await Organisations.find(organisation, in: work).id }
                    return try await Groups.list(kind, of: of, with: with, in: work)
                }
                try printList(groups, in: session)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One group with every seat there was and will be, its meetings and its commissioning documents.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String

        func run() async throws {
            let name = name
            try await options.withSession { session in
                let (group, meetings, commissions) = try await session.read { work in
                    let group = try await Groups.find(name, in: work)
                    return (
                        group, try await Meetings.list(of: group.id, in: work), try await Commissions.list(of: group.id, in: work)
                    )
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    json.object {
                        $0.name("group")
                        group.write(to: &$0, on: session.today)
                        $0.name("seats")
                        $0.array { for seat in group.seats { seat.write(to: &$0) } }
                        $0.name("meetings")
                        $0.array { for meeting in meetings { meeting.write(to: &$0) } }
                        $0.name("commissions")
                        $0.array { for commission in commissions { commission.write(to: &$0) } }
                    }
                    return Console.print(json)
                }
                try printList([group], in: session)
                Console.print("")
                try printSeats(group.seats, in: session)
                Console.print("")
                try print(meetings, in: session)
                Console.print("")
                try print(commissions, in: session)
            }
        }
    }

    struct RosterOn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roster", abstract: "Who sits in a group on a day, or in every group.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name. Default: all groups.") var name: String?
        @Option(help: "The day. Default: today.") var on: CivilDate?

        func run() async throws {
            let (name, on) = (name, on)
            try await options.withSession { session in
                let groups = try await session.read { work in
                    guard let name else { return try await Groups.list(in: work) }
                    return [try await Groups.find(name, in: work)]
                }
                try printSeats(groups.flatMap { $0.roster(on: on ?? session.today).seats }, in: session)
            }
        }
    }

    struct Findings: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What of the groups somebody should look at: by which rule, since when, and what shows it. Nothing ends by itself.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let findings = try await session.read { try await GroupFindings.list(in: $0) }
                let language = session.language
                try Console.list(
                    findings, in: session,
                    columns: [
                        (.group, .leading), (.product, .leading), (.finding, .leading), (.since, .leading), (.detail, .leading),
                    ],
                    row: { finding, table in
                        table.row(
                            finding.groupName ?? "", finding.productName ?? "", finding.kind.rawValue, finding.since?.description ?? "",
                            finding.sentence(in: language))
                    }, json: { $0.write(to: &$1, saying: $0.sentence(in: language)) })
            }
        }
    }
}
