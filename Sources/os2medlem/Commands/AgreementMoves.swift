import ArgumentParser
import Domain
import Registry

/// A verb that makes one move of an agreement's life.
protocol AgreementVerb: AsyncParsableCommand {
    var options: GlobalOptions { get }
    var agreement: Int64 { get }
    var decision: String? { get }
    func move(today: CivilDate) throws -> AgreementMove
}

extension AgreementVerb {
    var decision: String? { nil }

    func run() async throws {
        let (id, move, decision) = (Identifier<Agreement>(agreement), try move(today: try options.day()), decision)
        try await options.withSession { session in
            let record = try await session.perform("agreement \(move.name)") { work in
                try await Agreements.move(id, move, decision: decision, in: work)
            }
            try AgreementCommand.printList([record], in: session)
        }
    }
}

extension AgreementCommand {
    struct Send: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "The draft was sent to the counterparty.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(help: "Default: today.") var on: CivilDate?

        func move(today: CivilDate) -> AgreementMove { .send(on ?? today) }
    }

    struct Sign: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "The counterparty signed.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(help: "Who signed.") var by: String
        @Option(help: "As what.") var title: String
        @Option(help: "Default: today.") var on: CivilDate?

        func move(today: CivilDate) -> AgreementMove { .sign(Signature(name: by, title: title, date: on ?? today)) }
    }

    struct Countersign: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "The board's chair signed: the agreement is in force.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(help: "Who signed.") var by: String
        @Option(help: "As what.") var title = Signature.chairTitle
        @Option(help: "Default: today.") var on: CivilDate?
        @Option(help: "First day in force. Default: the day of this signature.") var firstDay: CivilDate?

        func move(today: CivilDate) -> AgreementMove {
            .countersign(Signature(name: by, title: title, date: on ?? today), firstDay: firstDay)
        }
    }

    struct Notice: AgreementVerb {
        static let configuration = CommandConfiguration(
            abstract: "A written notice was registered as received.",
            discussion: "The day is a membership's last; any other agreement ends at the first period end that its notice terms allow.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(help: "The day it was received, or the instant, as 2027-09-30T23:30:00Z. Default: today.") var received: ReceivedMoment?

        func move(today: CivilDate) throws -> AgreementMove { .giveNotice(receivedOn: try received?.day() ?? today) }
    }

    struct Exclude: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "The board excluded the member.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(help: "The last day that the decision names.") var lastDay: CivilDate
        @Option(name: .customLong("decision"), help: "The decision's reference.") var reference: String

        var decision: String? { reference }
        func move(today: CivilDate) -> AgreementMove { .exclude(lastDay: lastDay) }
    }

    struct RemoveEnd: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "A decision removed the end, as when an exclusion is not confirmed.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Option(name: .customLong("decision"), help: "The decision's reference.") var reference: String

        var decision: String? { reference }
        func move(today: CivilDate) -> AgreementMove { .removeEnd }
    }

    struct Cancel: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "A draft or sent agreement came to nothing.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64

        func move(today: CivilDate) -> AgreementMove { .cancel }
    }

    struct Void: AgreementVerb {
        static let configuration = CommandConfiguration(abstract: "An agreement was recorded by mistake: it never was in force.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64

        func move(today: CivilDate) -> AgreementMove { .void }
    }
}
