import Domain
import Postgres

/// Agreements that may owe, as arrays of one row: how a party and a participant carry theirs.
enum ParticipationRows {
    /// One row an organisation: its agreements in force, with their forms.
    static func table(_ condition: SQL) -> SQL {
        """
        SELECT a.organisation_id, array_agg(a.id ORDER BY a.id) AS ids, array_agg(a.subject ORDER BY a.id) AS subjects,
            array_agg(a.during ORDER BY a.id) AS terms, array_agg(coalesce(a.signed_on, lower(a.during)) ORDER BY a.id) AS signed,
            array_agg(a.form || coalesce((
                SELECT string_agg(' ' || f.valid_from || ' ' || f.form, '' ORDER BY f.valid_from) FROM agreement_form AS f
                WHERE f.agreement_id = a.id), '') ORDER BY a.id) AS forms,
            array_agg(a.taken_over_from[1] ORDER BY a.id) AS taken,
            array_agg(a.notified_last_day ORDER BY a.id) AS notified, array_agg(a.notified_reason ORDER BY a.id) AS notified_reasons,
            array_agg(n.id ORDER BY a.id) AS notified_decisions, array_agg(n.reference ORDER BY a.id) AS notified_references,
            array_agg(a.end_reason ORDER BY a.id) AS reasons, array_agg(a.notice_received_on ORDER BY a.id) AS received,
            array_agg(d.id ORDER BY a.id) AS decisions, array_agg(d.reference ORDER BY a.id) AS "references",
            array_agg(h.name ORDER BY a.id) AS successors
        FROM agreement AS a LEFT JOIN decision AS d ON a.end_reason <> 'notice' AND d.id = a.end_decision_id
        LEFT JOIN decision AS n ON n.id = a.notified_decision_id
        LEFT JOIN succession AS s ON a.end_reason = 'succeeded' AND s.predecessor_id = a.organisation_id AND s.on_day = upper(a.during)
        -- A successor's own agreement may give way to one it takes over.
        LEFT JOIN organisation AS h ON a.end_reason = 'succeeded' AND h.id = coalesce(s.successor_id, a.organisation_id)
        WHERE a.state IN ('active', 'noticeGiven', 'ended') AND \(condition) GROUP BY a.organisation_id
        """
    }

    /// The arrays of `table`, called `p`.
    static var columns: SQL {
        """
        coalesce(p.ids, '{}'), coalesce(p.subjects, '{}'), coalesce(p.terms, '{}'), coalesce(p.signed, '{}'), coalesce(p.forms, '{}'),
        coalesce(p.taken, '{}'), coalesce(p.notified, '{}'), coalesce(p.received, '{}'), coalesce(p.reasons, '{}'),
        coalesce(p.decisions, '{}'), coalesce(p."references", '{}'), coalesce(p.successors, '{}'),
        coalesce(p.notified_reasons, '{}'), coalesce(p.notified_decisions, '{}'), coalesce(p.notified_references, '{}')
        """
    }
}

extension Row {
    /// The arrays of ``ParticipationRows``, by first day.
    mutating func participations() throws(DecodingFailure) -> [Participation] {
        let ids = try next([Int64].self)
        let subjects = try next([String].self)
        let terms = try next([PostgresDateRange].self)
        let signed = try next([PostgresDate].self)
        let forms = try next([String].self)
        let taken = try next([Int64?].self)
        let notified = try next([PostgresDate?].self)
        let received = try next([PostgresDate?].self)
        let (reasons, decisions) = (try next([String?].self), try decisions())
        let successors = try next([String?].self)
        let (notifiedReasons, notifiedDecisions) = (try next([String?].self), try self.decisions())
        var participations: [Participation] = []
        for index in ids.indices {
            let noticeReceivedOn = try optional(received[index]) { CivilDate(daysSince2000: $0.daysSince2000) }
            let ending = try optional(reasons[index]) { EndReason(rawValue: $0) }.map {
                Participation.Ending($0, noticeReceivedOn: noticeReceivedOn, decision: decisions[index], successor: successors[index])
            }
            var notifiedEnd: Participation.NotifiedEnd?
            if let lastDay = try optional(notified[index], { CivilDate(daysSince2000: $0.daysSince2000) }),
                let reason = try optional(notifiedReasons[index], { EndReason(rawValue: $0) })
            {
                notifiedEnd = Participation.NotifiedEnd(
                    lastDay: lastDay,
                    Participation.Ending(reason, noticeReceivedOn: noticeReceivedOn, decision: notifiedDecisions[index]))
            }
            participations.append(
                Participation(
                    agreement: Identifier(ids[index]), subject: try domain(subjects[index]) { Subject($0) },
                    term: try domain(terms[index], Term.init(stored:)), forms: try domain(forms[index], FormHistory.init(stored:)),
                    signedOn: try domain(signed[index]) { CivilDate(daysSince2000: $0.daysSince2000) },
                    takenOverFrom: taken[index].map { Identifier($0) }, ending: ending, notified: notifiedEnd))
        }
        return participations.count < 2
            ? participations : participations.sorted { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }
    }
}

extension Row {
    /// Numbers and references side by side; nothing where there is no decision.
    private mutating func decisions() throws(DecodingFailure) -> [DecisionReference?] {
        let ids = try next([Int64?].self)
        let references = try next([String?].self)
        return zip(ids, references).map { id, reference in
            guard let id, let reference else { return nil }
            return DecisionReference(id: Identifier(id), reference: reference)
        }
    }
}

extension FormHistory {
    /// `passive 2028-01-01 active`: the first form, then each change.
    init?(stored text: String) {
        let words = text.split(separator: " ")
        guard let first = words.first.flatMap({ AgreementForm(rawValue: String($0)) }), words.count % 2 == 1 else { return nil }
        var changes: [FormChange] = []
        for index in stride(from: 1, to: words.count, by: 2) {
            guard let from = CivilDate(words[index]), let form = AgreementForm(rawValue: String(words[index + 1])) else { return nil }
            changes.append(FormChange(from: from, form: form))
        }
        self.init(first, changes: changes)
    }
}
