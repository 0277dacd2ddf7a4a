import Domain
import Foundation

/// The table of who may ask for what, and what each is told: `matrix.csv` beside this file.
///
/// A row is an operation and what is named in it. A cell is what the role is told for what is its own, for what is somebody else's, and for what is not
/// there; one word where the three are told the same refusal or nothing is named. `some` and `none` are a list with and without items, a dash is where
/// there is no such thing to ask for. `shows` is whose organisations' numbers stand in an answer: its own only, or whatever it may see.
struct AccessMatrix: Sendable {
    struct Key: Hashable, Sendable, CustomStringConvertible {
        let operation: String
        let target: String

        var description: String { target.isEmpty ? operation : "\(operation) by \(target)" }
    }

    struct Row: Sendable, Equatable {
        var showsOwn: Bool
        var cells: [AccessRole: String]
    }

    var rows: [Key: Row]

    static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("matrix.csv")

    init(_ text: String) throws {
        let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let heading = try lines.first.orThrow("a heading")
        let roles = try heading.dropFirst(3).map { try AccessRole(rawValue: $0).orThrow("a role \($0)") }
        guard Set(roles) == Set(AccessRole.allCases), roles.count == AccessRole.allCases.count else {
            throw Missing("a role in \(heading)")
        }
        rows = [:]
        for line in lines.dropFirst() {
            guard line.count == heading.count, ["own", "seen"].contains(line[2]) else { throw Missing("a whole row: \(line)") }
            let key = Key(operation: line[0], target: line[1])
            let cells = Dictionary(uniqueKeysWithValues: zip(roles, line.dropFirst(3)))
            guard rows.updateValue(Row(showsOwn: line[2] == "own", cells: cells), forKey: key) == nil else {
                throw Missing("one row of \(key)")
            }
        }
    }

    static func committed() throws -> AccessMatrix { try AccessMatrix(String(contentsOf: file, encoding: .utf8)) }

    /// Every way in which the table and the document, or the table and what was answered, differ.
    func deviations(from operations: [DescribedOperation], answered: [Key: [AccessRole: String]]) -> [String] {
        var found: [String] = []
        let described = operations.flatMap { operation in operation.targets.map { Key(operation: operation.id, target: $0) } }
        for key in described where rows[key] == nil { found.append("\(key): no row") }
        for (key, row) in rows {
            guard described.contains(key), let operation = operations.first(where: { $0.id == key.operation }) else {
                found.append("\(key): no such operation")
                continue
            }
            for (role, cell) in row.cells {
                let isRefused = ["401", "403"].contains(cell)
                if isRefused == operation.roles.contains(role.rawValue) { found.append("\(key): the document says otherwise of \(role)") }
                let told = answered[key]?[role] ?? "never asked"
                if told != cell { found.append("\(key): \(role) is told \(told), not \(cell)") }
            }
        }
        return found.sorted()
    }
}
