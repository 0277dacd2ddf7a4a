import Domain
import Postgres

/// Agreements from a folder: matched by their own id, else by organisation, subject and first day (rule 17).
enum AgreementImport {
    static func store(
        _ draft: AgreementDraft, with organisation: OrganisationRecord, decision: Identifier<Decision>?, in work: Work
    ) async throws -> StoreOutcome {
        // Under the lock, with what time has ended ended in the table as well: the database's rules look at the rows.
        try await Organisations.lock(organisation.id, in: work)
        try await Agreements.endPast(of: organisation.id, in: work)
        let known = try await match(draft, organisation.id, in: work)
        let merged = known.map { merge(draft.life, into: $0.life, today: work.today) } ?? draft.life.settled(on: work.today)
        if let known, merged == known.life { return .unchanged }
        let record: AgreementRecord
        if let known {
            record = known
        } else {
            let id = try await Agreements.draft(draft.subject, with: organisation, importID: draft.id, in: work)
            record = try await Agreements.find(id, in: work)
        }
        if merged != record.life { try await Agreements.store(merged, of: record, decision: decision?.value, in: work) }
        return known == nil ? .added : .changed
    }

    private static func match(
        _ draft: AgreementDraft, _ organisation: Identifier<Organisation>, in work: Work
    ) async throws -> AgreementRecord? {
        if let id = draft.id,
            let known = try await work.transaction.first(
                "SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table) WHERE a.import_id = \(id)", as: AgreementRecord.self)
        {
            return known.settled(on: work.today)
        }
        let candidates = try await Agreements.list(of: organisation, in: work).filter { $0.subject == draft.subject }
        if let first = draft.life.term?.first {
            return candidates.first { $0.life.term?.first == first && $0.life.state != .voided }
                ?? candidates.first { $0.life.term?.first == first }
                ?? candidates.first { $0.life.state == .sent || $0.life.state == .signed }
        }
        // Not in force in the row: the one that is on its way, however far the verbs have taken it since.
        return candidates.first { $0.life.sentOn == draft.life.sentOn && $0.life.signature == draft.life.signature }
            ?? candidates.first { $0.life.state.isLive && ($0.life.sentOn == draft.life.sentOn || draft.life.sentOn == nil) }
            ?? candidates.first { $0.life.state == .draft }
    }

    /// What a row says on top of what is recorded. A blank cell is unknown to the row, so what the verbs have recorded since stays.
    private static func merge(_ draft: AgreementLife, into life: AgreementLife, today: CivilDate) -> AgreementLife {
        guard life.state != .voided && life.state != .cancelled else { return life }
        var merged = life
        if draft.state == .voided {
            merged.state = .voided
            return merged
        }
        merged.sentOn = draft.sentOn ?? life.sentOn
        merged.signature = draft.signature ?? life.signature
        merged.countersignature = draft.countersignature ?? life.countersignature
        merged.term = draft.term.flatMap { Term(first: $0.first, last: $0.last ?? life.term?.last) } ?? life.term
        merged.noticeReceivedOn = draft.noticeReceivedOn ?? life.noticeReceivedOn
        merged.endReason = draft.endReason ?? life.endReason
        let order: [AgreementState] = [.draft, .sent, .signed, .active]
        let further = max(order.firstIndex(of: draft.state) ?? 3, order.firstIndex(of: life.state) ?? 3)
        merged.state = order[further]
        return merged.settled(on: today)
    }
}
