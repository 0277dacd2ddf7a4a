public import Domain
import Foundation
import Postgres

/// Scenarios that were kept under a name. They never change, so that what was decided on can be found again.
public enum SavedScenarios {
    /// - Throws: ``Refusal`` by `SCENARIO_NAME_TAKEN`, `TEXT_INVALID`.
    public static func save(_ outcome: ScenarioOutcome, of changes: String, as name: String, in work: Work) async throws {
        var json = CanonicalJSON()
        outcome.write(to: &json)
        try await work.transaction.execute(
            """
            INSERT INTO scenario (name, year, made_by, made_on, changes, outcome)
            VALUES (\(name), \(Int32(clamping: outcome.year)), \(work.actor.description), \(work.today.stored), \(changes),
                \(String(decoding: json.bytes, as: UTF8.self))::text::json)
            """)
    }

    /// By day, then name.
    public static func list(in work: Work) async throws -> [SavedScenario] {
        try await work.transaction.query(
            "SELECT \(SavedScenarioRow.columns) FROM scenario ORDER BY made_on, name", as: SavedScenarioRow.self
        ).map(\.scenario)
    }

    /// - Throws: ``Refusal`` by `UNKNOWN_SCENARIO`.
    public static func find(_ name: String, in work: Work) async throws -> SavedScenario {
        let row = try await work.transaction.first(
            "SELECT \(SavedScenarioRow.columns) FROM scenario WHERE name = \(name)", as: SavedScenarioRow.self)
        guard let row else { throw Refusal(.unknownScenario, name) }
        return row.scenario
    }
}

private struct SavedScenarioRow: RowDecodable, Sendable {
    let scenario: SavedScenario

    static var columns: SQL { "name, made_by, made_on, changes, outcome::text" }

    init(row: inout Row) throws(DecodingFailure) {
        scenario = SavedScenario(
            name: try row.next(), madeBy: try row.next(), madeOn: try row.date(), changes: try row.next(),
            outcome: try row.domain(try row.next(String.self)) {
                try? JSONDecoder().decode(ScenarioOutcome.self, from: Data($0.utf8))
            })
    }
}
