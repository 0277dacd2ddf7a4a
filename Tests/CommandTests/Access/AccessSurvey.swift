import Domain
import Foundation
import TestSupport

/// Everything that every role can ask of a running program, asked, and what was told.
struct AccessSurvey: Sendable {
    var answered: [AccessMatrix.Key: [AccessRole: String]] = [:]
    /// What was told apart and should not be, and what was shown to whom it does not belong.
    var complaints: [String] = []
    var requests = 0

    /// A role, the token it comes with, and what is whose from where it stands.
    struct Asker: Sendable {
        let role: AccessRole
        let token: String?
        let targets: AccessTargets
    }

    /// - Parameter port: where the program is that is asked.
    static func make(
        _ port: Int, _ operations: [DescribedOperation], _ matrix: AccessMatrix, _ askers: [Asker]
    ) async throws -> AccessSurvey {
        try await withThrowingTaskGroup(of: AccessSurvey.self) { group in
            for asker in askers {
                group.addTask { try await onThread { try one(asker, HTTPCaller(port: port, token: asker.token), operations, matrix) } }
            }
            var whole = AccessSurvey()
            for try await part in group {
                whole.answered.merge(part.answered) { $0.merging($1) { $1 } }
                whole.complaints += part.complaints
                whole.requests += part.requests
            }
            return whole
        }
    }

    private static func one(
        _ asker: Asker, _ caller: HTTPCaller, _ operations: [DescribedOperation], _ matrix: AccessMatrix
    ) throws -> AccessSurvey {
        var survey = AccessSurvey()
        for operation in operations {
            for target in operation.targets {
                let key = AccessMatrix.Key(operation: operation.id, target: target)
                let showsOwn = matrix.rows[key]?.showsOwn ?? true
                var told: [(word: String, answer: WireAnswer)?] = []
                for values in try self.values(target, of: operation, for: asker.targets) {
                    guard let values else {
                        told.append(nil)
                        continue
                    }
                    let answer = try caller.get(operation.address(target, values))
                    survey.requests += 1
                    told.append((try word(answer, of: operation), answer))
                    // The examples of the document are nobody's secret.
                    if operation.id == "getOpenAPI" { continue }
                    survey.complaints += complaints(on: answer, to: asker, showsOwn).map { "\(key): \(asker.role): \($0)" }
                }
                survey.answered[key] = [asker.role: cell(told.map { $0?.word })]
                // Of two things that are not the caller's, nobody can tell which one exists.
                if told.count == 3, let foreign = told[1], let unknown = told[2], foreign.word == unknown.word,
                    foreign.answer.substance != unknown.answer.substance
                {
                    survey.complaints.append("\(key): \(asker.role) can tell a foreign thing from an unknown one")
                }
                // A part of one's own does not lead to somebody else's.
                if let own = asker.targets.own[.paper], let foreign = asker.targets.foreign[.paper], target == "agreement+document" {
                    for mixed in [[own[0], foreign[1]], [foreign[0], own[1]]] {
                        let answer = try caller.get(operation.address(target, mixed))
                        if answer.status == 200 { survey.complaints.append("\(key): \(asker.role) comes to a paper by another agreement") }
                    }
                }
            }
        }
        return survey
    }

    /// What to ask for: nothing in particular, or one's own, somebody else's, and what is not there.
    private static func values(
        _ target: String, of operation: DescribedOperation, for targets: AccessTargets
    ) throws -> [[String]?] {
        if target.isEmpty { return [[]] }
        let kind = try AccessTargets.Kind(target, of: operation.id).orThrow("what \(operation.id) names by \(target)")
        return [targets.own[kind], targets.foreign[kind], AccessTargets.unknown(kind)]
    }

    private static func word(_ answer: WireAnswer, of operation: DescribedOperation) throws -> String {
        guard answer.status == 200, operation.form == .list else { return String(answer.status) }
        return try JSONValue(answer.body)["items"]?.elements.isEmpty == false ? "some" : "none"
    }

    private static func cell(_ words: [String?]) -> String {
        if let first = words.last ?? nil, ["401", "403"].contains(first), words.allSatisfy({ $0 == nil || $0 == first }) { return first }
        return words.map { $0 ?? "-" }.joined(separator: "/")
    }

    /// What stands in an answer and is not the caller's to see.
    private static func complaints(on answer: WireAnswer, to asker: Asker, _ showsOwn: Bool) -> [String] {
        guard answer.status == 200, !asker.role.seesAll else { return [] }
        let allowed = asker.targets.allowed
        let body = Data(answer.body)
        var found = allowed.forbiddenTexts.filter { body.range(of: Data($0.utf8)) != nil }.map { "shown \($0)" }
        guard answer["content-type"] == "application/json", let json = try? JSONValue(answer.body) else { return found }
        func look(_ value: JSONValue) {
            for (name, member) in value.members {
                if let number = member.number, let numbers = allowed.numbers[name] {
                    let isOwn = name != "organisationId" || !showsOwn || allowed.own.contains(number)
                    if !numbers.contains(number) || !isOwn { found.append("shown \(name) \(number)") }
                }
                look(member)
            }
            for element in value.elements { look(element) }
        }
        look(json)
        return found
    }
}
