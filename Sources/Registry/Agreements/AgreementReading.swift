public import Domain
public import Postgres

// Agreements and their papers as they are served: one's own.

extension Agreements {
    /// The caller's agreements by number, as they are on a day.
    ///
    /// - Parameter subject: `association`, `supplier` or a product's name, in capitals or not; a name that no product has finds nothing.
    /// - Parameter state: only those in this state on the day.
    public static func page(
        of organisation: Identifier<Organisation>? = nil, subject: String? = nil, state: AgreementState? = nil, on day: CivilDate? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<AgreementRecord> {
        let day = day ?? work.today
        // A row says that notice was given until somebody moves the agreement; its days say whether it is over.
        let settled: SQL = """
            CASE WHEN a.state IN ('active', 'noticeGiven', 'ended') AND NOT upper_inf(a.during)
                THEN CASE WHEN upper(a.during) <= \(day.stored) THEN 'ended' ELSE 'noticeGiven' END ELSE a.state END
            """
        return try await Listing(table: AgreementRecord.table, key: "a.id").page(
            request,
            where: """
                \(caller.sees("a.organisation_id"))
                AND (\(organisation?.value)::bigint IS NULL OR a.organisation_id = \(organisation?.value))
                AND (\(subject)::text IS NULL OR lower(p.name) = lower(\(subject)) OR (p.id IS NULL AND a.subject = \(subject)))
                AND (\(state?.rawValue)::text IS NULL OR \(settled) = \(state?.rawValue))
                """, as: AgreementRecord.self, in: work
        ).map { $0.settled(on: day) }
    }

    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<Agreement>, for caller: Caller, in work: Work) async throws -> AgreementRecord {
        let found = try await work.transaction.first(
            """
            SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table) WHERE a.id = \(id.value) AND \(caller.sees("a.organisation_id"))
            """, as: AgreementRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found.settled(on: work.today)
    }

    /// The papers of an agreement, in the order they were stored.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where the agreement is not the caller's.
    public static func papers(
        of agreement: Identifier<Agreement>, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<AgreementPaper> {
        let known = try await work.transaction.first(
            "SELECT a.id FROM agreement AS a WHERE a.id = \(agreement.value) AND \(caller.sees("a.organisation_id"))", as: Int64.self)
        guard known != nil else { throw AccessRefusal.notFound }
        return try await Listing(table: "agreement_document AS k", key: "k.id").page(
            request, where: "k.agreement_id = \(agreement.value)", in: work)
    }

    /// A paper itself.
    ///
    /// - Throws: ``AccessRefusal/notFound``, also where the paper is another agreement's.
    public static func paper(
        _ paper: Identifier<AgreementPaper>, of agreement: Identifier<Agreement>, for caller: Caller, in work: Work
    ) async throws -> KeptDocument {
        let found = try await work.transaction.first(
            """
            SELECT \(KeptDocument.columns) FROM agreement_document AS k JOIN agreement AS a ON a.id = k.agreement_id
            WHERE k.id = \(paper.value) AND a.id = \(agreement.value) AND \(caller.sees("a.organisation_id"))
            """, as: KeptDocument.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }
}

extension AgreementPaper: RowDecodable {
    public static var columns: SQL { "k.id, k.agreement_id, k.file_name, octet_length(k.content), encode(k.sha256, 'hex')" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(id: try row.identifier(), agreement: try row.identifier(), document: try AgreementDocumentRecord(row: &row))
    }
}

extension KeptDocument: RowDecodable {
    public static var columns: SQL { "k.file_name, k.content" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(fileName: try row.next(), content: try row.next())
    }
}
