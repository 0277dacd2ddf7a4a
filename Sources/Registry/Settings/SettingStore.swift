import Domain
import Postgres

/// The association's dated settings.
enum SettingStore {
    static func load(in work: Work) async throws -> Settings {
        Settings(
            try await work.transaction.query(
                "SELECT \(SettingRow.columns) FROM setting AS s LEFT JOIN decision AS d ON d.id = s.decision_id", as: SettingRow.self
            ).map(\.setting))
    }

    static func store(_ draft: SettingDraft, decision: Identifier<Decision>?, in work: Work) async throws -> StoreOutcome {
        // The day charges begin is one day: another one moves it.
        if draft.name == .chargesBegin {
            let moved = try await work.transaction.execute(
                """
                UPDATE setting SET valid_from = \(draft.from.stored), decision_id = coalesce(\(decision?.value), decision_id)
                WHERE name = \(draft.name.rawValue) AND valid_from <> \(draft.from.stored)
                """)
            if moved > 0 { return .changed }
        }
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO setting (name, valid_from, value, decision_id)
            VALUES (\(draft.name.rawValue), \(draft.from.stored), \(draft.value), \(decision?.value)) ON CONFLICT (name, valid_from) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE setting SET value = \(draft.value), decision_id = coalesce(\(decision?.value), decision_id)
            WHERE name = \(draft.name.rawValue) AND valid_from = \(draft.from.stored)
                AND (value, decision_id) IS DISTINCT FROM (\(draft.value), coalesce(\(decision?.value), decision_id))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

extension SettingDraft {
    /// Name and day; the name alone where there is one day of the kind.
    var naturalKey: String { name == .chargesBegin ? name.rawValue : "\(name.rawValue) \(from)" }
}

private struct SettingRow: RowDecodable {
    let setting: Setting

    static var columns: SQL { "s.name, s.valid_from, s.value, d.id, d.reference" }

    init(row: inout Row) throws(DecodingFailure) {
        let (name, from, value) = (try row.word(SettingName.self), try row.date(), try row.next(String.self))
        let (id, reference) = (try row.next(Int64?.self), try row.next(String?.self))
        let decision = id.flatMap { id in reference.map { DecisionReference(id: Identifier(id), reference: $0) } }
        setting = Setting(name: name, from: from, value: value, decision: decision)
    }
}
