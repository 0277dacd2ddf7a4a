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

    /// What is said in the reader's language, and then what others said in their own words.
    private let obstacle: Obstacle?
    private let lines: [String]
    let status: Status

    /// Words of the system or of another program, which have one language only.
    init(code: String, _ message: String, status: Status) { self.init(lines: ["\(code): \(message)"], status: status) }

    init(_ obstacle: Obstacle, status: Status) { self.init(obstacle, lines: [], status: status) }

    init(lines: [String], status: Status) { self.init(nil, lines: lines, status: status) }

    private init(_ obstacle: Obstacle?, lines: [String], status: Status) {
        self.obstacle = obstacle
        self.lines = lines
        self.status = status
    }

    /// The same with what another program said of it.
    func adding(_ words: String) -> Failure { Failure(obstacle, lines: lines + [words], status: status) }

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

    func exit(in language: Language) -> Never {
        let own = obstacle.map { ["\($0.code): \($0.sentence(in: language))"] } ?? []
        for line in own + lines { FileHandle.standardError.write(Data((line + "\n").utf8)) }
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
