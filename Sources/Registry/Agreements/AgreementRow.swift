public import Domain
public import Postgres

extension AgreementRecord: RowDecodable {
    static var table: SQL {
        """
        agreement AS a JOIN organisation AS o ON o.id = a.organisation_id
        LEFT JOIN product AS p ON p.id = CASE WHEN a.subject LIKE 'product:%' THEN substr(a.subject, 9)::bigint END
        LEFT JOIN LATERAL (
            SELECT array_agg(valid_from ORDER BY valid_from) AS days, array_agg(form ORDER BY valid_from) AS forms
            FROM agreement_form WHERE agreement_id = a.id
        ) AS f ON true
        LEFT JOIN decision AS d ON d.id = a.end_decision_id
        """
    }

    public static var columns: SQL {
        """
        a.id, a.organisation_id, o.name, o.cvr, a.subject, p.name, a.form, coalesce(f.days, '{}'), coalesce(f.forms, '{}'),
        a.notice_months, a.notice_to, a.minimum_last_day, a.state, a.sent_on, a.signed_by, a.signer_title, a.signed_on,
        a.countersigned_by, a.countersigner_title, a.countersigned_on, a.during, a.notice_received_on, a.end_reason, d.reference,
        a.taken_over_from
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), organisation: try row.identifier(), organisationName: try row.next(),
            organisationCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) },
            subject: try row.domain(try row.next(String.self)) { Subject($0) }, productName: try row.next(),
            terms: AgreementTerms(
                forms: try row.forms(), notice: try row.noticeTerms(), minimumLastDay: try row.optionalDate()),
            life: AgreementLife(
                state: try row.word(), sentOn: try row.optionalDate(), signature: try row.signature(),
                countersignature: try row.signature(),
                term: try row.optionalTerm(), noticeReceivedOn: try row.optionalDate(), endReason: try row.optionalWord()),
            decision: try row.next(), takenOverFrom: try row.next([Int64].self).map { Identifier($0) })
    }
}

extension Row {
    /// The first form, and days and forms of the changes side by side.
    fileprivate mutating func forms() throws(DecodingFailure) -> FormHistory {
        let initial = try word(AgreementForm.self)
        let days = try next([PostgresDate].self)
        let forms = try next([String].self)
        var changes: [FormChange] = []
        for (day, form) in zip(days, forms) {
            changes.append(
                FormChange(
                    from: try domain(day) { CivilDate(daysSince2000: $0.daysSince2000) },
                    form: try domain(form) { AgreementForm(rawValue: $0) }))
        }
        return FormHistory(initial, changes: changes)
    }

    fileprivate mutating func noticeTerms() throws(DecodingFailure) -> NoticeTerms {
        let months = Int(try next(Int32.self))
        let to = try word(NoticePeriodEnd.self)
        return try domain(months) { NoticeTerms(months: $0, to: to) }
    }

    /// Name, title and date, all or none.
    fileprivate mutating func signature() throws(DecodingFailure) -> Signature? {
        let name = try next(String?.self)
        let title = try next(String?.self)
        let date = try optionalDate()
        guard let name, let title, let date else { return nil }
        return Signature(name: name, title: title, date: date)
    }
}

extension AgreementDocumentRecord: RowDecodable {
    public static var columns: SQL { "file_name, octet_length(content), encode(sha256, 'hex')" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(fileName: try row.next(), bytes: try row.next(), sha256: try row.next())
    }
}
