public import Domain
import Postgres

/// Commissioning documents, version by version.
public enum Commissions {
    /// A group's versions with their papers, the newest signature last, in two statements.
    public static func list(of group: Identifier<Group>, in work: Work) async throws -> [CommissionRecord] {
        let rows = try await work.transaction.query(
            """
            SELECT \(CommissionRow.columns) FROM commission AS c WHERE c.group_id = \(group.value) ORDER BY c.signed_on, c.id
            """, as: CommissionRow.self)
        let papers = try await work.transaction.query(
            """
            SELECT \(PaperRow.columns) FROM commission_document WHERE commission_id = ANY(\(rows.map(\.id.value))) ORDER BY id
            """, as: PaperRow.self)
        let byVersion = Dictionary(grouping: papers, by: \.commission)
        return rows.map { $0.record(documents: byVersion[$0.id]?.map(\.document) ?? []) }
    }

    /// Stores a signed version, and its paper where there is one. Said again, it may bring the paper along; otherwise signed it is refused, because a
    /// signed version does not change.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `COMMISSION_EXISTS`, `DAY_IN_FUTURE`, `VALUE_MISSING` where name or title is blank.
    public static func sign(
        _ version: VersionNumber, of group: String, _ signature: Signature, link: WebLink? = nil,
        document: (name: String, content: [UInt8])? = nil, in work: Work
    ) async throws -> [CommissionRecord] {
        let record = try await Groups.locked(group, in: work)
        if signature.name.isEmpty { throw Refusal(.valueMissing, "name") }
        if signature.title.isEmpty { throw Refusal(.valueMissing, "title") }
        let known = try await list(of: record.id, in: work).first { $0.version == version }
        if let known, known.signature != signature {
            throw Refusal(.commissionExists, record.name, version.description, "\(known.signature.name) \(known.signature.date)")
        }
        _ = try await store(version, of: record.id, signature, link: link, in: work)
        if let document {
            try await work.transaction.execute(
                """
                INSERT INTO commission_document (commission_id, file_name, content)
                SELECT id, \(document.name), \(document.content) FROM commission
                WHERE group_id = \(record.id.value) AND version = \(version.description) ON CONFLICT (commission_id, sha256) DO NOTHING
                """)
        }
        return try await list(of: record.id, in: work)
    }

    /// Registers a version, or brings the one of this number up to date. A link that is not stated stays.
    ///
    /// - Throws: ``Refusal`` by `DAY_IN_FUTURE`.
    static func store(
        _ version: VersionNumber, of group: Identifier<Group>, _ signature: Signature, link: WebLink?, in work: Work
    ) async throws -> StoreOutcome {
        if let refusal = PastFact.commission.refusal(of: signature.date, on: work.today) { throw refusal }
        let (name, title, day, link) = (signature.name, signature.title, signature.date.stored, link?.description)
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO commission (group_id, version, signed_by, signer_title, signed_on, link)
            VALUES (\(group.value), \(version.description), \(name), \(title), \(day), \(link)) ON CONFLICT (group_id, version) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE commission SET signed_by = \(name), signer_title = \(title), signed_on = \(day), link = coalesce(\(link), link)
            WHERE group_id = \(group.value) AND version = \(version.description) AND (signed_by, signer_title, signed_on, link)
                IS DISTINCT FROM (\(name), \(title), \(day), coalesce(\(link), link))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

private struct CommissionRow: RowDecodable, Sendable {
    let id: Identifier<Commission>
    private let group: Identifier<Group>
    private let version: VersionNumber
    private let signature: Signature
    private let link: WebLink?

    static var columns: SQL { "c.id, c.group_id, c.version, c.signed_by, c.signer_title, c.signed_on, c.link" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        group = try row.identifier()
        version = try row.domain(try row.next(String.self)) { VersionNumber($0) }
        signature = Signature(name: try row.next(), title: try row.next(), date: try row.date())
        link = try row.optional(try row.next(String?.self)) { WebLink($0) }
    }

    func record(documents: [AgreementDocumentRecord]) -> CommissionRecord {
        CommissionRecord(id: id, group: group, version: version, signature: signature, link: link, documents: documents)
    }
}

private struct PaperRow: RowDecodable, Sendable {
    let commission: Identifier<Commission>
    let document: AgreementDocumentRecord

    static var columns: SQL { "commission_id, \(AgreementDocumentRecord.columns)" }

    init(row: inout Row) throws(DecodingFailure) {
        commission = try row.identifier()
        document = try AgreementDocumentRecord(row: &row)
    }
}
