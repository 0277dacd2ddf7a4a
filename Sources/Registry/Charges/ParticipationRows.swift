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
            array_agg(coalesce(a.end_reason = 'succeeded', false) ORDER BY a.id) AS succeeded,
            array_agg(a.notified_last_day ORDER BY a.id) AS notified
        FROM agreement AS a WHERE a.state IN ('active', 'noticeGiven', 'ended') AND \(condition) GROUP BY a.organisation_id
        """
    }

    /// The arrays of `table`, called `p`.
    static var columns: SQL {
        """
        coalesce(p.ids, '{}'), coalesce(p.subjects, '{}'), coalesce(p.terms, '{}'), coalesce(p.signed, '{}'), coalesce(p.forms, '{}'),
        coalesce(p.taken, '{}'), coalesce(p.succeeded, '{}'), coalesce(p.notified, '{}')
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
        let succeeded = try next([Bool].self)
        let notified = try next([PostgresDate?].self)
        var participations: [Participation] = []
        for index in ids.indices {
            participations.append(
                Participation(
                    agreement: Identifier(ids[index]), subject: try domain(subjects[index]) { Subject($0) },
                    term: try domain(terms[index], Term.init(stored:)), forms: try domain(forms[index], FormHistory.init(stored:)),
                    signedOn: try domain(signed[index]) { CivilDate(daysSince2000: $0.daysSince2000) },
                    takenOverFrom: taken[index].map { Identifier($0) },
                    isSucceeded: succeeded[index],
                    notifiedLastDay: try optional(notified[index]) { CivilDate(daysSince2000: $0.daysSince2000) }))
        }
        return participations.count < 2
            ? participations : participations.sorted { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }
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
