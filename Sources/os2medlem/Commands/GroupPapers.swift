import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

extension GroupCommand {
    static func print(_ meetings: [MeetingRecord], in session: Session) throws {
        try Console.list(
            meetings, in: session,
            columns: [
                (.meeting, .leading), (.called, .leading), (.agenda, .leading), (.minutes, .leading), (.present, .leading),
                (.absent, .leading),
            ],
            row: { meeting, table in
                func emails(_ isPresent: Bool) -> String {
                    meeting.attendance.filter { $0.isPresent == isPresent }.map(\.email).joined(separator: " ")
                }
                table.row(
                    meeting.heldOn.description, meeting.calledOn?.description ?? "", meeting.agenda?.description ?? "",
                    meeting.minutes?.description ?? "", emails(true), emails(false))
            }, json: { $0.write(to: &$1) })
    }

    static func print(_ commissions: [CommissionRecord], in session: Session) throws {
        try Console.list(
            commissions, in: session,
            columns: [
                (.version, .leading), (.signed, .leading), (.by, .leading), (.title, .leading), (.link, .leading),
                (.sha256, .leading),
            ],
            row: { commission, table in
                table.row(
                    commission.version.description, commission.signature.date.description, commission.signature.name,
                    commission.signature.title, commission.link?.description ?? "",
                    commission.documents.map(\.sha256).joined(separator: " "))
            }, json: { $0.write(to: &$1) })
    }

    private static func link(_ text: String?) throws -> WebLink? {
        guard let text else { return nil }
        guard let link = WebLink(text) else { throw Refusal(.linkInvalid, text) }
        return link
    }

    struct PlanMeeting: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "meeting", abstract: "Plan a meeting, or add to what is known of the one on that day. What is not given stays.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The day of the meeting.") var on: CivilDate
        @Option(help: "The day it was called.") var called: CivilDate?
        @Option(help: "Where the agenda is.") var agenda: String?
        @Option(help: "Where the minutes are.") var minutes: String?
        @Option(help: "The e-mail address of somebody who was there; once for each.") var present: [String] = []
        @Option(help: "The e-mail address of somebody who was not; once for each.") var absent: [String] = []
        @Option(help: "The meeting is moved to this day.") var movedTo: CivilDate?
        @Flag(help: "The meeting is cancelled, or was recorded by mistake.") var cancel = false

        func validate() throws {
            if cancel && movedTo != nil { throw ValidationError("--cancel and --moved-to exclude each other") }
        }

        func run() async throws {
            let facts = MeetingFacts(
                calledOn: called, agenda: try link(agenda), minutes: try link(minutes), isVoid: cancel ? true : nil)
            let (name, day, other) = (name, on, movedTo)
            let attendance = present.map { (email: $0, isPresent: true) } + absent.map { (email: $0, isPresent: false) }
            try await options.withSession { session in
                let meetings = try await session.perform("group meeting") { work in
                    try await Meetings.record(facts, on: day, movedTo: other, attendance: attendance, of: name, in: work)
                }
                try print(meetings, in: session)
            }
        }
    }

    struct SignCommission: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "commission", abstract: "A version of the group's commissioning document was signed.",
            discussion: "Said again with a paper, the paper is kept beside the version that is on record.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The group's name.") var name: String
        @Argument(help: "The version, such as 1 or 1.2.") var version: String
        @Option(help: "Who signed.") var by: String
        @Option(help: "As what.") var title: String
        @Option(help: "When. Default: today.") var on: CivilDate?
        @Option(help: "Where it can be read.") var link: String?
        @Option(help: "The signed paper, kept with its SHA-256.") var document: String?

        func run() async throws {
            guard let number = VersionNumber(version) else { throw Refusal(.versionInvalid, version) }
            let signature = Signature(name: by, title: title, date: try on ?? options.day())
            let (name, link) = (name, try GroupCommand.link(link))
            let kept = try document.map { try SignedPaper.read($0) }
            try await options.withSession { session in
                let commissions = try await session.perform("group commission") { work in
                    try await Commissions.sign(number, of: name, signature, link: link, document: kept, in: work)
                }
                try print(commissions, in: session)
            }
        }
    }
}
