import Domain
import Foundation
import Postgres

/// Agreements that may owe, as arrays of one row: how a party and a participant carry theirs.
enum ParticipationRows {
    /// One row an organisation: its agreements in force, with their forms. What only few agreements have, an end or a predecessor, comes as one
    /// document of those few, so that nobody pays for what is not there.
    static func table(_ condition: SQL) -> SQL {
        """
        SELECT a.organisation_id, array_agg(a.id ORDER BY a.id) AS ids, array_agg(a.subject ORDER BY a.id) AS subjects,
            array_agg(a.during ORDER BY a.id) AS terms, array_agg(coalesce(a.signed_on, lower(a.during)) ORDER BY a.id) AS signed,
            array_agg(a.form || coalesce((
                SELECT string_agg(' ' || f.valid_from || ' ' || f.form, '' ORDER BY f.valid_from) FROM agreement_form AS f
                WHERE f.agreement_id = a.id), '') ORDER BY a.id) AS forms,
            json_agg(json_build_object(
                'agreement', a.id, 'takenOverFrom', a.taken_over_from[1], 'reason', a.end_reason, 'noticeReceivedOn', a.notice_received_on,
                'decision', CASE WHEN a.end_reason <> 'notice' THEN \(decision("a.end_decision_id")) END,
                'successor', CASE WHEN a.end_reason = 'succeeded' THEN \(successor) END,
                'notifiedLastDay', a.notified_last_day, 'notifiedReason', a.notified_reason,
                'notifiedDecision', \(decision("a.notified_decision_id"))
            )) FILTER (WHERE a.end_reason IS NOT NULL OR a.notified_last_day IS NOT NULL OR a.taken_over_from <> '{}') AS fates
        FROM agreement AS a WHERE a.state IN ('active', 'noticeGiven', 'ended') AND \(condition) GROUP BY a.organisation_id
        """
    }

    private static func decision(_ id: SQL) -> SQL {
        "(SELECT json_build_object('id', d.id, 'reference', d.reference) FROM decision AS d WHERE d.id = \(id))"
    }

    /// Whose place a succession gives. A successor's own agreement may give way to one it takes over.
    private static var successor: SQL {
        """
        (SELECT h.name FROM organisation AS h WHERE h.id = coalesce((
            SELECT s.successor_id FROM succession AS s WHERE s.predecessor_id = a.organisation_id AND s.on_day = upper(a.during)), a.organisation_id))
        """
    }

    /// The columns of `table`, called `p`.
    static var columns: SQL {
        """
        coalesce(p.ids, '{}'), coalesce(p.subjects, '{}'), coalesce(p.terms, '{}'), coalesce(p.signed, '{}'), coalesce(p.forms, '{}'), p.fates
        """
    }
}

extension Row {
    /// The columns of ``ParticipationRows``, by first day.
    mutating func participations() throws(DecodingFailure) -> [Participation] {
        let ids = try next([Int64].self)
        let subjects = try next([String].self)
        let terms = try next([PostgresDateRange].self)
        let signed = try next([PostgresDate].self)
        let forms = try next([String].self)
        let fates = try fates()
        var participations: [Participation] = []
        for index in ids.indices {
            let fate = fates[ids[index]]
            participations.append(
                Participation(
                    agreement: Identifier(ids[index]), subject: try domain(subjects[index]) { Subject($0) },
                    term: try domain(terms[index], Term.init(stored:)), forms: try domain(forms[index], FormHistory.init(stored:)),
                    signedOn: try domain(signed[index]) { CivilDate(daysSince2000: $0.daysSince2000) },
                    takenOverFrom: fate?.takenOverFrom.map { Identifier($0) }, ending: fate?.ending, notified: fate?.notified))
        }
        return participations.count < 2
            ? participations : participations.sorted { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }
    }

    private mutating func fates() throws(DecodingFailure) -> [Int64: AgreementFate] {
        let fates = try optional(try next(JSONB?.self)) { try? JSONDecoder().decode([AgreementFate].self, from: Data($0.text.utf8)) } ?? []
        return Dictionary(fates.map { ($0.agreement, $0) }) { first, _ in first }
    }
}

/// What became of an agreement, and where it came from.
private struct AgreementFate: Decodable {
    let agreement: Int64
    let takenOverFrom: Int64?
    let ending: Participation.Ending?
    let notified: Participation.NotifiedEnd?

    private enum Member: String, CodingKey {
        case agreement, takenOverFrom, reason, noticeReceivedOn, decision, successor, notifiedLastDay, notifiedReason, notifiedDecision
    }

    /// What the words do not say in full is an error: nothing that ends an agreement goes unread.
    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        agreement = try members.decode(Int64.self, forKey: .agreement)
        takenOverFrom = try members.decodeIfPresent(Int64.self, forKey: .takenOverFrom)
        let receivedOn = try members.day(.noticeReceivedOn)
        ending = try members.word(.reason).map { reason in
            Participation.Ending(
                reason, noticeReceivedOn: receivedOn, decision: try members.decodeIfPresent(Decided.self, forKey: .decision)?.reference,
                successor: try members.decodeIfPresent(String.self, forKey: .successor))
        }
        guard let lastDay = try members.day(.notifiedLastDay), let reason = try members.word(.notifiedReason) else {
            notified = nil
            return
        }
        let decision = try members.decodeIfPresent(Decided.self, forKey: .notifiedDecision)?.reference
        notified = Participation.NotifiedEnd(
            lastDay: lastDay, Participation.Ending(reason, noticeReceivedOn: receivedOn, decision: decision))
    }

    private struct Decided: Decodable {
        let reference: DecisionReference

        private enum Member: String, CodingKey { case id, reference }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: Member.self)
            reference = DecisionReference(
                id: Identifier(try members.decode(Int64.self, forKey: .id)), reference: try members.decode(String.self, forKey: .reference))
        }
    }
}

extension KeyedDecodingContainer {
    /// A day as `2027-07-01`.
    fileprivate func day(_ key: Key) throws -> CivilDate? { try value(key) { CivilDate($0) } }

    fileprivate func word(_ key: Key) throws -> EndReason? { try value(key) { EndReason(rawValue: $0) } }

    private func value<Value>(_ key: Key, _ read: (String) -> Value?) throws -> Value? {
        guard let text = try decodeIfPresent(String.self, forKey: key) else { return nil }
        guard let value = read(text) else { throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: text) }
        return value
    }
}

extension FormHistory {
    /// `passive 2028-01-01 active`: the first form, then each change.
    init?(stored text: String) {
        if text == AgreementForm.active.rawValue {
            self = .active
            return
        }
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
