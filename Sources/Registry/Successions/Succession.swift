public import Domain
public import Postgres

/// Organisations that become one on a day (DOMAIN §2 and §3, rule 15): planned first, then carried out whole or not at all.
public enum Succession {
    /// What would go over and what stands in the way; changes nothing.
    ///
    /// - Parameter kept: the agreements whose terms hold where several are on one subject.
    /// - Throws: ``Refusal`` by `UNKNOWN_ORGANISATION`, `AMBIGUOUS_ORGANISATION`, `SUCCESSION_OF_ITSELF`, `PREDECESSOR_TWICE`.
    public static func plan(
        _ predecessors: [String], by successor: String, on day: CivilDate, keeping kept: Set<Identifier<Agreement>> = [], in work: Work
    ) async throws -> SuccessionPlan {
        let heir = try await Organisations.find(successor, in: work)
        var parties: [OrganisationRecord] = []
        for text in predecessors {
            let party = try await Organisations.find(text, in: work)
            if party.id == heir.id { throw Refusal(.successionOfItself) }
            if parties.contains(where: { $0.id == party.id }) { throw Refusal(.predecessorTwice, party.name) }
            parties.append(party)
        }
        var planning = AgreementPlanning(successor: heir, day: day, kept: kept)
        for party in parties { planning.add(try await Agreements.list(of: party.id, in: work), of: party) }
        planning.add(try await Agreements.list(of: heir.id, in: work), of: heir)
        let (steps, agreementConflicts) = planning.result()
        let ids = parties.map(\.id.value)
        return SuccessionPlan(
            predecessors: parties, successor: heir, day: day, agreements: steps,
            contacts: try await contacts(of: parties, to: heir, on: day, in: work),
            seats: try await seats(of: parties, to: heir, on: day, in: work),
            supplierRoles: try await supplierRoles(of: parties, on: day, in: work),
            documents: try await work.transaction.query(
                """
                SELECT d.number, o.name, d.issued_on, (d.net_minor - coalesce(c.net_minor, 0))::bigint
                FROM document AS d JOIN organisation AS o ON o.id = d.organisation_id
                LEFT JOIN LATERAL (
                    SELECT sum(net_minor) AS net_minor FROM document WHERE kind = 'creditNote' AND credits_invoice = d.number) AS c ON true
                WHERE d.kind = 'invoice' AND d.organisation_id = ANY(\(ids)) AND d.net_minor > coalesce(c.net_minor, 0) ORDER BY d.number
                """),
            adjustments: try await work.transaction.query(
                """
                SELECT o.name, a.amount_minor, a.reason FROM adjustment AS a JOIN organisation AS o ON o.id = a.organisation_id
                WHERE a.organisation_id = ANY(\(ids)) ORDER BY a.id
                """),
            conflicts: try await lineConflicts(parties, heir, in: work) + agreementConflicts)
    }

    /// Carries a plan out: agreements, contacts and seats go over, and the succession is recorded. Keys, documents, pledges and import ids stay with the
    /// predecessors; runs from the day on address the successor.
    ///
    /// - Throws: as ``plan(_:by:on:keeping:in:)``; ``Refusal`` by `UNKNOWN_DECISION`, and by `SUCCESSION_CONFLICT` while conflicts are open.
    @discardableResult
    public static func carryOut(
        _ predecessors: [String], by successor: String, on day: CivilDate, keeping kept: Set<Identifier<Agreement>> = [], decision: String,
        in work: Work
    ) async throws -> SuccessionPlan {
        let decisionID = try await Decisions.find(decision, in: work).value
        var ids = [try await Organisations.find(successor, in: work).id]
        for text in predecessors { ids.append(try await Organisations.find(text, in: work).id) }
        for id in Set(ids).sorted() {
            try await Organisations.lock(id, in: work)
            try await Agreements.endPast(of: id, in: work)
        }
        let plan = try await plan(predecessors, by: successor, on: day, keeping: kept, in: work)
        if let refusal = plan.refusal { throw refusal }
        for party in plan.predecessors {
            try await work.transaction.execute(
                """
                INSERT INTO succession (predecessor_id, successor_id, on_day, decision_id)
                VALUES (\(party.id.value), \(plan.successor.id.value), \(day.stored), \(decisionID))
                """)
        }
        let moving = plan.agreements.filter { $0.fate == .goesOver || $0.fate == .merges }
        for step in moving where step.fate == .merges { try await end(step.agreement, before: day, decision: decisionID, in: work) }
        for step in moving where step.fate == .goesOver {
            let merged = moving.filter { $0.agreement.subject == step.agreement.subject && $0.fate == .merges }.map(\.agreement.id)
            try await takeOver(step.agreement, by: plan.successor, on: day, besides: merged.sorted(), in: work)
            try await end(step.agreement, before: day, decision: decisionID, in: work)
        }
        for party in plan.predecessors {
            try await moveSupplierRoles(of: party.id, to: plan.successor.id, on: day, in: work)
        }
        for step in plan.contacts { try await move(step, to: plan.successor.id, on: day, in: work) }
        for step in plan.seats { try await move(step, to: plan.successor.id, on: day, in: work) }
        return plan
    }

    /// The successions an organisation is part of, by day.
    public static func history(of organisation: Identifier<Organisation>, in work: Work) async throws -> [SuccessionRecord] {
        try await work.transaction.query(
            """
            SELECT s.predecessor_id, p.name, s.successor_id, h.name, s.on_day, d.reference
            FROM succession AS s JOIN organisation AS p ON p.id = s.predecessor_id JOIN organisation AS h ON h.id = s.successor_id
            JOIN decision AS d ON d.id = s.decision_id
            WHERE \(organisation.value) IN (s.predecessor_id, s.successor_id) ORDER BY s.on_day, p.name COLLATE "da-x-icu", p.id
            """)
    }

    /// Every succession with the subjects on which it ended a predecessor's agreement, by day.
    static func all(in work: Work) async throws -> [ChargeSuccession] {
        try await work.transaction.query(
            """
            SELECT DISTINCT \(ChargeSuccession.columns)
            FROM succession AS s JOIN organisation AS p ON p.id = s.predecessor_id JOIN organisation AS h ON h.id = s.successor_id
            JOIN decision AS d ON d.id = s.decision_id
            JOIN agreement AS a ON a.organisation_id = s.predecessor_id AND a.end_reason = 'succeeded' AND upper(a.during) = s.on_day
            ORDER BY s.on_day, s.predecessor_id, a.subject
            """)
    }

    private static func lineConflicts(
        _ parties: [OrganisationRecord], _ heir: OrganisationRecord, in work: Work
    ) async throws -> [SuccessionConflict] {
        var conflicts: [SuccessionConflict] = []
        for party in parties {
            if let taken = try await history(of: party.id, in: work).first(where: { $0.predecessor == party.id }) {
                conflicts.append(SuccessionConflict(.alreadySucceeded, [party.name, taken.successorName, taken.day.description]))
            }
        }
        if let taken = try await history(of: heir.id, in: work).first(where: { $0.predecessor == heir.id }) {
            conflicts.append(SuccessionConflict(.successorSucceeded, [heir.name, taken.successorName, taken.day.description]))
            let line = Set(
                try await work.transaction.query(
                    """
                    WITH RECURSIVE line AS (
                        SELECT \(heir.id.value)::bigint AS id
                        UNION SELECT s.successor_id FROM line JOIN succession AS s ON s.predecessor_id = line.id)
                    SELECT id FROM line
                    """, as: Int64.self))
            for party in parties where line.contains(party.id.value) {
                conflicts.append(SuccessionConflict(.circle, [heir.name, party.name]))
            }
        }
        return conflicts
    }

    /// Ends an agreement the day before; an end that had been notified stays on record, with its reason and what it stood on.
    private static func end(_ agreement: AgreementRecord, before day: CivilDate, decision: Int64, in work: Work) async throws {
        try await work.transaction.execute(
            """
            UPDATE agreement SET notified_last_day = upper(during) - 1, notified_reason = end_reason,
                notified_decision_id = CASE WHEN end_reason <> 'notice' THEN end_decision_id END, during = daterange(lower(during), \(day.stored)),
                end_reason = 'succeeded', end_decision_id = \(decision),
                state = CASE WHEN \(day.stored) <= \(work.today.stored) THEN 'ended' ELSE 'noticeGiven' END
            WHERE id = \(agreement.id.value)
            """)
    }

    /// The successor's agreement: form, notice, minimum term, signatures and notified end of the one whose terms go on. It names that one first, and then
    /// those it came to stand for besides.
    private static func takeOver(
        _ kept: AgreementRecord, by successor: OrganisationRecord, on day: CivilDate, besides merged: [Identifier<Agreement>], in work: Work
    ) async throws {
        let id = try await work.transaction.only(
            """
            INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                countersigner_title, countersigned_on, during, notice_received_on, end_reason, end_decision_id, form, notice_months,
                notice_to, minimum_last_day, taken_over_from)
            SELECT \(successor.id.value), subject,
                CASE WHEN upper_inf(during) THEN 'active' WHEN upper(during) <= \(work.today.stored) THEN 'ended' ELSE 'noticeGiven' END,
                sent_on, signed_by, signer_title, signed_on, countersigned_by, countersigner_title, countersigned_on,
                daterange(\(day.stored), upper(during)), notice_received_on, end_reason, end_decision_id,
                \(kept.terms.forms.form(on: day).rawValue), notice_months, notice_to, minimum_last_day, \([kept.id.value] + merged.map(\.value))
            FROM agreement WHERE id = \(kept.id.value) RETURNING id
            """, as: Int64.self)
        for change in kept.terms.forms.changes where change.from > day {
            try await work.transaction.execute(
                "INSERT INTO agreement_form (agreement_id, valid_from, form) VALUES (\(id), \(change.from.stored), \(change.form.rawValue))"
            )
        }
    }
}

extension SuccessionRecord: RowDecodable {
    public static var columns: SQL { "s.predecessor_id, p.name, s.successor_id, h.name, s.on_day, d.reference" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            predecessor: try row.identifier(), predecessorName: try row.next(), successor: try row.identifier(),
            successorName: try row.next(), day: try row.date(), decision: try row.next())
    }
}

extension ChargeSuccession: RowDecodable {
    public static var columns: SQL { "a.subject, \(SuccessionRecord.columns)" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(subject: try row.domain(try row.next(String.self)) { Subject($0) }, record: try SuccessionRecord(row: &row))
    }
}

extension SuccessionPlan.OpenDocument: RowDecodable {
    public static var columns: SQL { "d.number, o.name, d.issued_on, d.net_minor" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(number: try row.next(), organisationName: try row.next(), issuedOn: try row.date(), left: try row.money())
    }
}

extension SuccessionPlan.AdjustedKey: RowDecodable {
    public static var columns: SQL { "o.name, a.amount_minor, a.reason" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(organisationName: try row.next(), amount: try row.money(), reason: try row.next())
    }
}
