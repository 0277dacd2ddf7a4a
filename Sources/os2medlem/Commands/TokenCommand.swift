public import ArgumentParser
public import Domain
import Interchange
import Registry
import Wording

extension AccessRole: ExpressibleByArgument {}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Personal API tokens: make, list and revoke them, and see what was read with them.",
        subcommands: [Create.self, List.self, Revoke.self, Reads.self, ForgetReads.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a person and print it, this once.",
            discussion: "Keep it as one keeps a password. The register keeps a digest, from which it cannot be read back.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The person's e-mail address.") var person: String
        @Option(help: "memberContact, memberAdministrator, supplier, secretariat, finance, board, auditor or operator.") var role:
            AccessRole
        @Option(help: "Whom the person speaks for: name, CVR number, municipality code or id. For members and suppliers.")
        var organisation: String?
        @Option(help: "Registers the person under this name first.") var name: String?
        @Option(
            help:
                "Parts of the register, commas between: organisations, people, agreements, products, rates, governance, invoices, audit. Default: all."
        )
        var scopes: String?
        @Option(help: "The last day it holds, at most 366 days ahead. Default: 90 days ahead.") var until: CivilDate?

        func run() async throws {
            let (person, role, organisation, name, until) = (person, role, organisation, name, until)
            let scopes = try AccessScope.list(scopes)
            try await options.onTodaysClock.withSession { session in
                let lastDay = try until ?? session.today.adding(days: 90).orRefused()
                let request = Tokens.Request(
                    email: person, name: name, role: role, organisation: organisation, scopes: scopes, lastDay: lastDay)
                let (token, record) = try await session.perform("token create") { try await Tokens.create(request, in: $0) }
                switch session.format {
                case .json:
                    var json = CanonicalJSON()
                    record.write(to: &json, on: session.today, secret: token)
                    Console.print(json)
                case .csv: Console.print(token.secret)
                case .table:
                    Console.print(TokenSentences.shownOnce(in: session.language))
                    Console.print(token.secret)
                    try TokenCommand.printList([record], in: session)
                }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Every token there was, the newest first, without its secret.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "Only tokens that speak for this organisation.") var organisation: String?

        func run() async throws {
            let organisation = organisation
            try await options.onTodaysClock.withSession { session in
                let tokens = try await session.read { work in
                    var party: Identifier<Organisation>?
                    if let organisation { party = try await Organisations.find(organisation, in: work).id }
                    return try await Tokens.list(of: party, in: work)
                }
                try TokenCommand.printList(tokens, in: session)
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token at once.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The token's prefix, os2m_ and eight characters.") var prefix: String

        func run() async throws {
            let prefix = prefix
            try await options.onTodaysClock.withSession { session in
                let record = try await session.perform("token revoke") { try await Tokens.revoke(prefix, in: $0) }
                guard session.format == .table else { return try TokenCommand.printList([record], in: session) }
                Console.print(TokenSentences.revoked(record, in: session.language))
            }
        }
    }

    struct Reads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What members and suppliers read over HTTP, the newest first.")
        @OptionGroup var options: GlobalOptions
        @Option(help: "Only what was read on behalf of this organisation.") var organisation: String?
        @Option(help: "The first day.") var from: CivilDate?
        @Option(help: "The last day.") var to: CivilDate?
        @Option(help: "How many, 1 to 200.") var limit = 50

        func validate() throws {
            guard (1...200).contains(limit) else { throw ValidationError("--limit takes 1 to 200") }
        }

        func run() async throws {
            let (organisation, from, to, limit) = (organisation, from, to, limit)
            try await options.withSession { session in
                let entries = try await session.read { work in
                    var party: Identifier<Organisation>?
                    if let organisation { party = try await Organisations.find(organisation, in: work).id }
                    return try await AccessLog.page(
                        of: party, from: from, through: to, PageRequest(limit: limit), for: .commandLine, in: work
                    ).elements
                }
                try Console.list(
                    entries, in: session,
                    columns: [
                        (.at, .leading), (.token, .leading), (.person, .leading), (.organisation, .leading), (.asked, .leading),
                        (.answer, .trailing),
                    ],
                    row: { $1.row($0.at, $0.prefix, $0.personName ?? "", $0.organisation.name, $0.target, $0.status.description) },
                    json: { $0.write(to: &$1) })
            }
        }
    }

    struct ForgetReads: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove for good what was read longer ago than the setting access-retention says.",
            discussion: "Meant to be run once a month. Nobody can remove anything younger; that something was removed is in the audit log.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.onTodaysClock.withSession { session in
                let reads = try await session.perform("token forget-reads") { try await AccessLog.forget(in: $0) }
                guard session.format == .json else { return Console.print(TokenSentences.forgotten(reads, in: session.language)) }
                var json = CanonicalJSON()
                reads.write(to: &json)
                Console.print(json)
            }
        }
    }

    static func printList(_ tokens: [TokenRecord], in session: Session) throws {
        let (today, language, isCSV) = (session.today, session.language, session.format == .csv)
        try Console.list(
            tokens, in: session,
            columns: [
                (.token, .leading), (.email, .leading), (.role, .leading), (.organisation, .leading), (.scopes, .leading),
                (.state, .leading),
                (.madeOn, .leading), (.to, .leading), (.lastUsed, .leading),
            ],
            row: { token, table in
                let scopes = isCSV ? token.scopes.map(\.rawValue).joined(separator: " ") : token.scopes.text(in: language)
                table.row(
                    token.prefix, token.personEmail, isCSV ? token.role.rawValue : token.role.text(in: language),
                    token.organisation?.name ?? "", scopes,
                    isCSV ? token.state(on: today).rawValue : token.state(on: today).text(in: language), token.createdOn.description,
                    token.lastDay.description, token.lastUsedOn?.description ?? "")
            }, json: { $0.write(to: &$1, on: today) })
    }
}

extension AccessScope {
    fileprivate static func list(_ text: String?) throws(Refusal) -> [AccessScope] {
        guard let text else { return allCases }
        var scopes: [AccessScope] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let scope = AccessScope(rawValue: String(word)) else { throw Refusal(.tokenScopeInvalid, String(word)) }
            scopes.append(scope)
        }
        return scopes
    }
}

extension CivilDate? {
    /// A day before the end of the calendar.
    fileprivate func orRefused() throws(Refusal) -> CivilDate {
        guard let self else { throw Refusal(.tokenLife, "") }
        return self
    }
}

extension GlobalOptions {
    /// Tokens live by the clock of the database, whatever day a command is told.
    fileprivate var onTodaysClock: GlobalOptions {
        var options = self
        options.today = nil
        return options
    }
}
