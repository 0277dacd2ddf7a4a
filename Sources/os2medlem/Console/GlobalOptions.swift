public import ArgumentParser
public import Domain
import Foundation
import Registry
public import Wording

/// How rows are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

extension Language: ExpressibleByArgument {}

extension AgreementForm: ExpressibleByArgument {}

extension NoticePeriodEnd: ExpressibleByArgument {}

extension PledgeReduction: ExpressibleByArgument {}

extension CivilDate: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// The options every command takes, before or after its name.
struct GlobalOptions: ParsableArguments {
    @Option(help: "The database's URL (or DATABASE_URL). Default: a private PostgreSQL under --state.")
    var database: String?

    @Option(help: "Folder of the private PostgreSQL and of what is written.")
    var state: String?

    @Option(help: "The day it is, YYYY-MM-DD. Default: today in Copenhagen.")
    var today: CivilDate?

    @Option(name: .customLong("as"), help: "Who acts, for the audit log. Default: the operating-system user.")
    var actorName: String?

    @Option(help: "table, json or csv.")
    var format: OutputFormat = .table

    @Option(help: "da or en: the language of explanations and refusals.")
    var lang: Language = .danish

    static let defaultState = ".os2medlem"

    var stateFolder: String { state ?? GlobalOptions.defaultState }

    var databaseURL: String? {
        database ?? ProcessInfo.processInfo.environment["DATABASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
    }

    func actor() throws -> Actor {
        let name = actorName ?? NSUserName()
        guard let actor = Actor(name) else {
            throw ValidationError(
                "--as needs a name of at most 100 characters, without control characters and without a space at either end")
        }
        return actor
    }

    func validate() throws {
        if database == "" { throw ValidationError("--database needs a URL") }
    }

    func day() throws -> CivilDate { try today ?? Copenhagen.today() }

    /// Options that stand before the command's name go behind it, where the parser looks for them.
    static func movedBehindCommand(_ arguments: [String]) -> [String] {
        let withValue: Set<String> = ["--database", "--state", "--today", "--as", "--format", "--lang"]
        var rest = arguments[...]
        var leading: [String] = []
        while let first = rest.first {
            if withValue.contains(first), rest.count >= 2 {
                leading += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else if withValue.contains(where: { first.hasPrefix($0 + "=") }) {
                leading.append(first)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        guard !leading.isEmpty, !rest.isEmpty else { return arguments }
        // What follows a bare -- is no option any more.
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        // An option that stands behind the command as well is said again on purpose: an alias may hold the usual one.
        let said = Set(rest[..<end].map { String($0.prefix { $0 != "=" }) })
        var kept: [String] = []
        var index = leading.startIndex
        while index < leading.endIndex {
            let name = String(leading[index].prefix { $0 != "=" })
            let width = leading[index] == name ? 2 : 1
            if !said.contains(name) { kept += leading[index..<index + width] }
            index += width
        }
        return rest[..<end] + kept + rest[end...]
    }

    /// The language asked for, also when the arguments as a whole could not be read.
    static func language(of arguments: [String]) -> Language {
        for (index, argument) in arguments.enumerated() {
            if argument == "--lang", index + 1 < arguments.count { return Language(rawValue: arguments[index + 1]) ?? .danish }
            if argument.hasPrefix("--lang=") { return Language(rawValue: String(argument.dropFirst(7))) ?? .danish }
        }
        return .danish
    }
}

/// The one place where an instant becomes a day.
enum Copenhagen {
    /// The day of an instant, by default of this one, where the association is, whatever the machine's own zone.
    static func today(at instant: Date = Date()) throws -> CivilDate {
        guard let zone = TimeZone(identifier: "Europe/Copenhagen") else {
            throw Failure(.noTimeZones, status: .configuration)
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = calendar.dateComponents([.year, .month, .day], from: instant)
        guard let year = parts.year, let month = parts.month, let day = parts.day, let date = CivilDate(year: year, month: month, day: day)
        else {
            throw Failure(.clockUnusable, status: .configuration)
        }
        return date
    }
}
