public import ArgumentParser
public import Domain
import Registry

extension SeatRole: ExpressibleByArgument {}

extension GroupCommand {
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A new group.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Its name.") var name: String
        @Option(help: "board, generalAssembly, steeringGroup, coordinationGroup, expertCommittee or interestGroup.") var kind: GroupKind
        @Option(help: "The product it steers or coordinates.") var product: String?
        @Option(help: "The day it was commissioned. Default: today.") var on: CivilDate?
        @Option(help: "How many may sit with a vote, 1 to 1000. Default: no limit.") var seatLimit: Int?
        @Option(help: "The reference of the decision that made or approved it.") var decision: String?

        func validate() throws {
            if let seatLimit, !(1...1000).contains(seatLimit) { throw ValidationError("--seat-limit is 1 to 1000") }
        }

        func run() async throws {
            let place = SourceLocation(file: "create", line: 1, column: 1)
            let draft = GroupDraft(
                location: place, name: name, kind: Located(kind, at: place), product: product.map { Located($0, at: place) },
                commissionedOn: try on ?? options.day(), closedOn: nil, seatLimit: seatLimit,
                decision: decision.map { Located($0, at: place) })
            try await options.withSession { session in
                let group = try await session.perform("group create") { try await Groups.create(draft, in: $0) }
                try printList([group], in: session)
            }
        }
    }

    struct Join: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Somebody takes a seat in a group, on behalf of an organisation.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The person's e-mail address.") var email: String
        @Option(name: .customLong("for"), help: "Import id, CVR number, municipality or region code, or whole name.") var organisation:
            String
        @Option(help: "The person's name, who is then registered.") var person: String?
        @Option(
            help: "chair, deputyChair, treasurer, member, secretary, projectManager, productCoordinator, contact, observer or alternate.")
        var role = SeatRole.member
        @Option(help: "0 to 100. Default: one where the role may have one, none for suppliers.") var votes: Int?
        @Option(help: "The first day. Default: today.") var from: CivilDate?
        @Option(help: "The last day, where it is known.") var until: CivilDate?
        @Option(help: "The last day of the term the person is elected for. Default: two years on the board, none elsewhere.")
        var electedUntil: CivilDate?
        @Option(help: "The reference of the decision that appoints.") var decision: String?

        func validate() throws {
            if let votes, !(0...100).contains(votes) { throw ValidationError("--votes is 0 to 100") }
        }

        func run() async throws {
            let first = try from ?? options.day()
            guard let term = Term(first: first, last: until) else {
                throw Refusal(.endBeforeStart, until?.description ?? "", first.description)
            }
            let facts = SeatFacts(role: role, votes: votes, term: term, electedUntil: electedUntil, isVoid: false)
            let (name, email, person, organisation, decision) = (name, email, person, organisation, decision)
            try await options.withSession { session in
                let group = try await session.perform("group join") { work in
                    try await Seats.join(
                        facts, person: email, named: person, for: organisation, in: name, decision: decision, in: work)
                }
                try printSeats(group.roster(on: first).seats, in: session)
            }
        }
    }

    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Somebody's seats in a group end.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The person's e-mail address.") var email: String
        @Option(name: .customLong("for"), help: "Only seats for this organisation.") var organisation: String?
        @Option(help: "Only the seat in this role.") var role: SeatRole?
        @Option(help: "Default: today.") var lastDay: CivilDate?

        func run() async throws {
            let day = try lastDay ?? options.day()
            let (name, email, organisation, role) = (name, email, organisation, role)
            try await options.withSession { session in
                let group = try await session.perform("group leave") { work in
                    try await Seats.leave(name, person: email, for: organisation, as: role, last: day, in: work)
                }
                try printSeats(group.seats.filter { $0.email == email && $0.term.last == day }, in: session)
            }
        }
    }

    struct Elect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Somebody takes the chair. The sitting chair's seat ends the day before.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The person's e-mail address.") var email: String
        @Option(name: .customLong("for"), help: "The organisation, where the person has no seat in the group yet, or several.")
        var organisation: String?
        @Option(help: "The first day in the chair. Default: today.") var from: CivilDate?
        @Option(help: "The last day of the term. Default: the board's next odd year, none elsewhere.") var electedUntil: CivilDate?
        @Flag(help: "The former chair stays as a member.") var formerStays = false
        @Option(help: "The decision's reference.") var decision: String?

        func run() async throws {
            let day = try from ?? options.day()
            let election = Election(
                person: email, organisation: organisation, from: day, electedUntil: electedUntil, formerStays: formerStays,
                decision: decision)
            let name = name
            try await options.withSession { session in
                let group = try await session.perform("group elect") { try await Elections.elect(election, in: name, work: $0) }
                try printSeats(group.roster(on: day).seats, in: session)
            }
        }
    }

    struct StepIn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An alternate takes a member's place for the rest of the member's time. The member's seat ends the day before.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The alternate's e-mail address.") var email: String
        @Option(name: .customLong("for"), help: "The e-mail address of the member who leaves.") var member: String
        @Option(help: "The member's organisation, where the member has several seats.") var organisation: String?
        @Option(help: "The first day. Default: today.") var from: CivilDate?
        @Option(help: "The decision's reference.") var decision: String?

        func run() async throws {
            let day = try from ?? options.day()
            let (name, email, member, organisation, decision) = (name, email, member, organisation, decision)
            try await options.withSession { session in
                let group = try await session.perform("group step-in") { work in
                    try await Elections.stepIn(
                        email, for: member, of: organisation, from: day, in: name, decision: decision, work: work)
                }
                try printSeats(group.roster(on: day).seats, in: session)
            }
        }
    }
}
