public import Domain
import Postgres

/// Agreements and their moves. The rules are `AgreementLife`'s; here they meet the other agreements of the same organisation.
public enum Agreements {
    /// Agreements as they are today, by organisation name, subject and first day; of one organisation and on one subject when they are named.
    public static func list(
        of organisation: Identifier<Organisation>? = nil, on subject: Subject? = nil, in work: Work
    ) async throws -> [AgreementRecord] {
        try await work.transaction.query(
            """
            SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table)
            WHERE (\(organisation?.value)::bigint IS NULL OR a.organisation_id = \(organisation?.value))
                AND (\(subject?.description)::text IS NULL OR a.subject = \(subject?.description))
            ORDER BY o.name COLLATE "da-x-icu", o.id, p.id IS NOT NULL, a.subject COLLATE "C" = 'supplier', p.name COLLATE "da-x-icu", lower(a.during) NULLS LAST, a.id
            """, as: AgreementRecord.self
        ).map { $0.settled(on: work.today) }
    }

    /// - Throws: ``Refusal`` by `UNKNOWN_AGREEMENT`.
    public static func find(_ id: Identifier<Agreement>, in work: Work) async throws -> AgreementRecord {
        let found = try await work.transaction.first(
            "SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table) WHERE a.id = \(id.value)", as: AgreementRecord.self)
        guard let found else { throw Refusal(.unknownAgreement, id.description) }
        return found.settled(on: work.today)
    }

    /// A new draft.
    ///
    /// - Throws: ``Refusal`` by `NOT_ELIGIBLE` when an organisation of this kind cannot enter such an agreement, `UNKNOWN_PRODUCT`, and by the rules of
    ///   ``AgreementTerms/check(for:)`` when an agreement on this subject has no such terms.
    public static func draft(
        _ subject: Subject, with organisation: OrganisationRecord, terms: AgreementTerms = .ordinary, importID: String? = nil, in work: Work
    ) async throws -> Identifier<Agreement> {
        try checkEligible(organisation.kind, named: organisation.name, for: subject)
        try terms.check(for: subject)
        try await Organisations.lock(organisation.id, in: work)
        let id = try await work.transaction.only(
            """
            INSERT INTO agreement (import_id, organisation_id, subject, state, form, notice_months, notice_to, minimum_last_day)
            VALUES (\(importID), \(organisation.id.value), \(subject.description), 'draft', \(terms.forms.initial.rawValue),
                \(Int32(terms.notice.months)), \(terms.notice.to.rawValue), \(terms.minimumLastDay?.stored)) RETURNING id
            """, as: Int64.self)
        for change in terms.forms.changes {
            try await work.transaction.execute(
                "INSERT INTO agreement_form (agreement_id, valid_from, form) VALUES (\(id), \(change.from.stored), \(change.form.rawValue))"
            )
        }
        return Identifier(id)
    }

    /// Makes one move.
    ///
    /// - Parameter decision: the decision behind an exclusion, or behind an end that falls away.
    /// - Throws: ``Refusal`` by the rules of `AgreementLife`, `DAY_IN_FUTURE`, `NOTICE_IN_FUTURE`, `LIVE_AGREEMENT_EXISTS`, `OVERLAPPING_AGREEMENT`, `UNKNOWN_DECISION`.
    @discardableResult
    public static func move(
        _ id: Identifier<Agreement>, _ move: AgreementMove, decision: String? = nil, in work: Work
    ) async throws -> AgreementRecord {
        let organisation = try await find(id, in: work).organisation
        try await Organisations.lock(organisation, in: work)
        try await endPast(of: organisation, in: work)
        // Read again under the lock: another move may have come between.
        let record = try await find(id, in: work)
        var decisionID: Int64?
        if let decision { decisionID = try await Decisions.find(decision, in: work).value }
        let needsDecision: Bool
        switch move {
        case .exclude, .removeEnd: needsDecision = true
        default: needsDecision = false
        }
        if needsDecision && decision == nil { throw Refusal(.valueMissing, "decision") }
        let life = try record.life(after: move)
        if let obstacle = life.obstacle(after: record.life, on: work.today) { throw obstacle }
        try await store(life, of: record, decision: decisionID, in: work)
        return try await find(id, in: work)
    }

    /// Ends the agreements whose last day is past, so that the organisation may come back in a new spell.
    ///
    /// The rows only follow what reading them already says; the database's rules look at the rows.
    static func endPast(of organisation: Identifier<Organisation>, in work: Work) async throws {
        try await work.transaction.execute(
            """
            UPDATE agreement SET state = 'ended'
            WHERE organisation_id = \(organisation.value) AND state = 'noticeGiven' AND upper(during) <= \(work.today.stored)
            """)
    }

    /// Writes a life. What the database would refuse between agreements is looked for first, to say which agreement is in the way.
    static func store(_ life: AgreementLife, of record: AgreementRecord, decision: Int64?, in work: Work) async throws {
        try await checkNeighbours(of: record, life, in: work)
        try await work.transaction.execute(
            """
            UPDATE agreement SET state = \(life.state.rawValue), sent_on = \(life.sentOn?.stored),
                signed_by = \(life.signature?.name), signer_title = \(life.signature?.title), signed_on = \(life.signature?.date.stored),
                countersigned_by = \(life.countersignature?.name), countersigner_title = \(life.countersignature?.title),
                countersigned_on = \(life.countersignature?.date.stored), during = \(life.term?.stored),
                notice_received_on = \(life.noticeReceivedOn?.stored), end_reason = \(life.endReason?.rawValue),
                end_decision_id = CASE WHEN \(decision)::bigint IS NOT NULL THEN \(decision)
                    WHEN end_reason IS NOT DISTINCT FROM \(life.endReason?.rawValue) THEN end_decision_id END
            WHERE id = \(record.id.value)
            """)
    }

    private static func checkNeighbours(of record: AgreementRecord, _ life: AgreementLife, in work: Work) async throws {
        let others = try await list(of: record.organisation, on: record.subject, in: work).filter { $0.id != record.id }
        // An agreement that a succession ends leaves its place to the one that takes it over.
        if life.state.isLive, life.endReason != .succeeded,
            let other = others.first(where: { $0.life.state.isLive && $0.life.endReason != .succeeded })
        {
            throw Refusal(.liveAgreementExists, facts: other.summary)
        }
        if life.state.isInForce, let term = life.term,
            let other = others.first(where: { $0.life.state.isInForce && ($0.life.term?.overlaps(term) ?? false) })
        {
            throw Refusal(.overlappingAgreement, facts: other.summary)
        }
    }

    static func checkEligible(_ kind: OrganisationKind, named name: String, for subject: Subject) throws(Refusal) {
        let eligible =
            switch subject {
            case .association, .product: kind.mayBeMember
            case .supplier: kind != .association
            // Projects take pledges, not agreements.
            case .project: false
            }
        if !eligible { throw Refusal(.notEligible, name, kind.rawValue) }
    }

    /// Keeps a signed paper with its digest. The same paper twice is kept once.
    public static func attach(_ content: [UInt8], named fileName: String, to id: Identifier<Agreement>, in work: Work) async throws {
        try await work.transaction.execute(
            """
            INSERT INTO agreement_document (agreement_id, file_name, content) VALUES (\(id.value), \(fileName), \(content))
            ON CONFLICT (agreement_id, sha256) DO NOTHING
            """)
    }

    public static func documents(of id: Identifier<Agreement>, in work: Work) async throws -> [AgreementDocumentRecord] {
        try await work.transaction.query(
            "SELECT \(AgreementDocumentRecord.columns) FROM agreement_document WHERE agreement_id = \(id.value) ORDER BY id")
    }
}

extension AgreementRecord {
    /// Organisation, number, state and days, to point at in a refusal.
    var summary: [String] {
        [organisationName, id.description, life.state.rawValue, life.term?.description ?? ""]
    }
}
