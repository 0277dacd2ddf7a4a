public import Domain
public import Postgres

extension AuditLog {
    /// Changes as they are served, the newest first, to the secretariat and the auditors.
    ///
    /// - Parameter record: only of this table, where it is given; so with the actor.
    /// - Parameter first: only from this day on, Copenhagen's, where it is given; and through `last`.
    /// - Throws: ``AccessRefusal/forbidden`` for another caller.
    public static func page(
        record: String? = nil, by actor: String? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<AuditRecord> {
        guard caller.role == .secretariat || caller.role == .auditor else { throw AccessRefusal.forbidden }
        return try await Listing(table: "audit_entry AS e", key: "e.id", isDescending: true).page(
            request,
            where: """
                (\(record)::text IS NULL OR e.record = \(record)) AND (\(actor)::text IS NULL OR e.actor = \(actor))
                AND (\(first?.stored)::date IS NULL OR e.at >= \(first?.stored)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                AND (\(last?.stored)::date IS NULL OR e.at < (\(last?.stored)::date + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                """, in: work)
    }
}

extension AuditRecord: RowDecodable {
    public static var columns: SQL {
        """
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), e.actor, e.use_case,
        CASE WHEN e.before IS NULL THEN 'added' WHEN e.after IS NULL THEN 'removed' ELSE 'changed' END, e.record, e.record_id
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), at: try row.next(), actor: try row.next(), useCase: try row.next(), change: try row.word(),
            record: try row.next(), recordID: try row.next())
    }
}
