public import Domain
public import Postgres

/// An agreement as the register holds it.
public struct AgreementRecord: Sendable, Hashable {
    public let id: Identifier<Agreement>
    public let organisation: Identifier<Organisation>
    public let organisationName: String
    public let organisationCVR: CVRNumber?
    public let subject: Subject
    public let life: AgreementLife
    /// The reference of the decision behind an exclusion.
    public let decision: String?
}

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
        id = try row.identifier()
        organisation = try row.identifier()
        organisationName = try row.next()
        organisationCVR = try row.optional(try row.next(String?.self)) { CVRNumber($0) }
        subject = try row.domain(try row.next(String.self)) { Subject($0) }
        life = AgreementLife(
            state: try row.word(), sentOn: try row.optionalDate(), signature: try row.signature(), countersignature: try row.signature(),
            term: try row.optionalTerm(), noticeReceivedOn: try row.optionalDate(), endReason: try row.optionalWord())
        decision = try row.next()
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

/// A signed paper that is kept with an agreement.
public struct AgreementDocumentRecord: Sendable, Hashable, RowDecodable {
    public let fileName: String
    public let bytes: Int32
    /// 64 hexadecimal digits.
    public let sha256: String

    public static var columns: SQL { "file_name, octet_length(content), encode(sha256, 'hex')" }

    public init(row: inout Row) throws(DecodingFailure) {
        fileName = try row.next()
        bytes = try row.next()
        sha256 = try row.next()
    }
}
