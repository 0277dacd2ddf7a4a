public import Domain
public import Postgres

extension AgreementRecord: RowDecodable {
    static var table: SQL {
        "agreement AS a JOIN organisation AS o ON o.id = a.organisation_id LEFT JOIN decision AS d ON d.id = a.end_decision_id"
    }

    public static var columns: SQL {
        """
        a.id, a.organisation_id, o.name, o.cvr, a.subject, a.state, a.sent_on, a.signed_by, a.signer_title, a.signed_on,
        a.countersigned_by, a.countersigner_title, a.countersigned_on, a.during, a.notice_received_on, a.end_reason, d.reference
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), organisation: try row.identifier(), organisationName: try row.next(),
            organisationCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) },
            subject: try row.domain(try row.next(String.self)) { Subject($0) },
            life: AgreementLife(
                state: try row.word(), sentOn: try row.optionalDate(), signature: try row.signature(),
                countersignature: try row.signature(),
                term: try row.optionalTerm(), noticeReceivedOn: try row.optionalDate(), endReason: try row.optionalWord()),
            decision: try row.next())
    }
}

extension Row {
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
