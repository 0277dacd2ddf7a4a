import Domain
import Foundation
import Interchange
import Wording

/// What the program says on standard error when it stops, and with which status of sysexits(3).
struct Failure: Error {
    enum Status: Int32 {
        case data = 65
        case noInput = 66
        case unavailable = 69
        case software = 70
        case cannotCreate = 73
        case inputOutput = 74
        case tryAgain = 75
        case noPermission = 77
        case configuration = 78
    }

    let lines: [String]
    let status: Status

    init(code: String, _ message: String, status: Status) {
        lines = ["\(code): \(message)"]
        self.status = status
    }

    init(lines: [String], status: Status) {
        self.lines = lines
        self.status = status
    }

    /// The failure behind an error; nothing for errors of the arguments, which the parser explains itself.
    init?(_ error: any Error, in language: Language) {
        switch error {
        case let failure as Failure: self = failure
        case let refusal as Refusal:
            self.init(code: refusal.rule.rawValue, refusal.sentence(in: language), status: Status(of: refusal.rule))
        case let refused as ImportRefused:
            let missing = refused.problems.contains { $0.refusal.rule == .fileMissing || $0.refusal.rule == .fileUnreadable }
            self.init(
                lines: refused.problems.map { $0.line(in: language) } + [language.nothingImported(problems: refused.problems.count)],
                status: missing ? .noInput : .data)
        case let problem as ImportProblem: self.init(lines: [problem.line(in: language)], status: Status(of: problem.refusal.rule))
        case let failure as AtomicFile.Failure: self.init(code: "CANNOT_WRITE", failure.description, status: .cannotCreate)
        case is ArithmeticOverflow: self.init(Refusal(.amountOutOfRange), in: language)
        default:
            guard let failure = DatabaseAccess.failure(of: error) else { return nil }
            self = failure
        }
    }

    func exit() -> Never {
        for line in lines { FileHandle.standardError.write(Data((line + "\n").utf8)) }
        Foundation.exit(status.rawValue)
    }
}

extension Failure.Status {
    init(of rule: Rule) {
        switch rule {
        case .fileMissing, .fileUnreadable, .noFolder: self = .noInput
        case .settingMissing: self = .configuration
        case .alreadyPosted: self = .tryAgain
        case .postedIsFinal, .actorMissing: self = .noPermission
        default: self = .data
        }
    }
}
