import Domain
import Postgres

/// Who took whose place, and when (DOMAIN §3, rule 15).
struct Successions: Sendable {
    private let successors: [Identifier<Organisation>: (successor: Identifier<Organisation>, on: CivilDate)]
    private let predecessors: [Identifier<Organisation>: [(predecessor: Identifier<Organisation>, on: CivilDate)]]

    static func load(in work: Work) async throws -> Successions {
        let rows = try await work.transaction.query("SELECT predecessor_id, successor_id, on_day FROM succession", as: SuccessionRow.self)
        return Successions(
            successors: Dictionary(rows.map { ($0.predecessor, ($0.successor, $0.on)) }) { first, _ in first },
            predecessors: Dictionary(grouping: rows, by: \.successor).mapValues { $0.map { ($0.predecessor, $0.on) } })
    }

    /// Everybody whose place somebody takes, on whatever day.
    var allPredecessors: [Identifier<Organisation>] { successors.keys.sorted() }

    /// Everybody whose place an organisation takes, however far back, and the day on which it comes to stand there.
    func line(of successor: Identifier<Organisation>) -> [(predecessor: Identifier<Organisation>, on: CivilDate)] {
        // The database refuses a circle, so every line ends.
        (predecessors[successor] ?? []).flatMap { direct in [direct] + line(of: direct.predecessor).map { ($0.predecessor, direct.on) } }
    }

    /// Whose documents of a day go to whom: predecessors with the last organisation in their line.
    func predecessors(on day: CivilDate) -> [Identifier<Organisation>: Identifier<Organisation>] {
        var heirs: [Identifier<Organisation>: Identifier<Organisation>] = [:]
        for (predecessor, first) in successors where first.on <= day {
            var heir = first.successor
            // A line of successions is as long as there are organisations at most; the database refuses a circle.
            for _ in 0..<successors.count {
                guard let next = successors[heir], next.on <= day else { break }
                heir = next.successor
            }
            heirs[predecessor] = heir
        }
        return heirs
    }
}

private struct SuccessionRow: RowDecodable, Sendable {
    let predecessor: Identifier<Organisation>
    let successor: Identifier<Organisation>
    let on: CivilDate

    static var columns: SQL { "predecessor_id, successor_id, on_day" }

    init(row: inout Row) throws(DecodingFailure) {
        predecessor = try row.identifier()
        successor = try row.identifier()
        on = try row.date()
    }
}
