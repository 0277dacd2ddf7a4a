import Domain
import Postgres

/// Agreements from a folder: matched by their own id, else by organisation, subject and first day (rule 17).
enum AgreementImport {
    /// - Throws: ``Refusal`` by the rules of the moves and the terms; ``ImportProblem`` by `NAME_MISMATCH` where the row's id is that of an agreement with
    ///   somebody else or on something else, by `LAST_DAY_MISMATCH` where the row's last day is not the one that its notice gives.
    static func store(
        _ draft: AgreementDraft, on subject: Subject, with organisation: OrganisationRecord, decision: Identifier<Decision>?, in work: Work
    ) async throws -> StoreOutcome {
        // Under the lock, with what time has ended ended in the table as well: the database's rules look at the rows.
        try await Organisations.lock(organisation.id, in: work)
        try await Agreements.endPast(of: organisation.id, in: work)
        let known = try await match(draft, subject, organisation.id, in: work)
        if let known { try checkSame(known, as: draft, on: subject, with: organisation) }
        let terms = draft.terms.applied(to: known?.terms ?? .ordinary)
        try terms.check(for: subject)
        let life = try noticed(draft, by: terms.ending(subject))
        let merged = known.map { merge(life, into: $0.life, today: work.today) } ?? life.settled(on: work.today)
        if let known, merged == known.life, terms == known.terms { return .unchanged }
        if let obstacle = merged.obstacle(after: known?.life ?? .draft, on: work.today) { throw obstacle }
        let record: AgreementRecord
        if let known {
            record = known
        } else {
            let id = try await Agreements.draft(subject, with: organisation, terms: terms, importID: draft.id, in: work)
            record = try await Agreements.find(id, in: work)
        }
        if merged != record.life { try await Agreements.store(merged, of: record, decision: decision?.value, in: work) }
        try await Agreements.store(terms, of: record, in: work)
        return known == nil ? .added : .changed
    }

    /// An agreement stays with its party and on its subject; another party or subject is another agreement.
    private static func checkSame(
        _ known: AgreementRecord, as draft: AgreementDraft, on subject: Subject, with organisation: OrganisationRecord
    ) throws(ImportProblem) {
        let id = draft.id ?? known.id.description
        if known.organisation != organisation.id {
            throw ImportProblem(
                at: draft.organisation.location, Refusal(.nameMismatch, id, known.organisationName, draft.organisation.value))
        }
        if known.subject != subject {
            throw ImportProblem(at: draft.subject.location, Refusal(.nameMismatch, id, known.subjectName, draft.subject.value))
        }
    }

    /// The row's life with the last day that its notice gives by the terms, now that they are known.
    private static func noticed(_ draft: AgreementDraft, by rule: NoticeRule) throws -> AgreementLife {
        guard let received = draft.life.noticeReceivedOn, draft.life.endReason == .notice, let term = draft.life.term else {
            return draft.life
        }
        var life = draft.life
        life.state = .active
        life.term = Term(first: term.first, last: nil)
        life = try life.after(.giveNotice(receivedOn: received), ending: rule)
        if let stated = draft.lastDay, let last = life.term?.last, stated.value != last {
            throw ImportProblem(at: stated.location, Refusal(.lastDayMismatch, stated.value.description, last.description))
        }
        if draft.life.state == .voided { life.state = .voided }
        return life
    }

    private static func match(
        _ draft: AgreementDraft, _ subject: Subject, _ organisation: Identifier<Organisation>, in work: Work
    ) async throws -> AgreementRecord? {
        if let id = draft.id,
            let known = try await work.transaction.first(
                "SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table) WHERE a.import_id = \(id)", as: AgreementRecord.self)
        {
            return known.settled(on: work.today)
        }
        let candidates = try await Agreements.list(of: organisation, on: subject, in: work)
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
        // A succession is no row's to say, so no row takes it back either.
        if life.endReason != .succeeded {
            merged.term = draft.term.flatMap { Term(first: $0.first, last: $0.last ?? life.term?.last) } ?? life.term
            merged.noticeReceivedOn = draft.noticeReceivedOn ?? life.noticeReceivedOn
            merged.endReason = draft.endReason ?? life.endReason
        }
        let order: [AgreementState] = [.draft, .sent, .signed, .active]
        let further = max(order.firstIndex(of: draft.state) ?? 3, order.firstIndex(of: life.state) ?? 3)
        merged.state = order[further]
        return merged.settled(on: today)
    }
}
