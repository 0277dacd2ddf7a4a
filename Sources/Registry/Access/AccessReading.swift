public import Domain
public import Postgres

extension AccessLog {
    /// Reads from outside, the newest first: every organisation's to the secretariat and the auditors, its own to an organisation's administrator.
    ///
    /// - Parameter organisation: only by its people, where it is given.
    /// - Parameter first: only from this day on, Copenhagen's, where it is given; and through `last`.
    /// - Throws: ``AccessRefusal/forbidden`` for another caller.
    public static func page(
        of organisation: Identifier<Organisation>? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<AccessEntry> {
        guard [.memberAdministrator, .secretariat, .auditor].contains(caller.role) else { throw AccessRefusal.forbidden }
        return try await Listing(table: AccessEntry.table, key: "e.id", isDescending: true).page(
            request,
            where: """
                \(caller.sees("e.organisation_id")) AND (\(organisation?.value)::bigint IS NULL OR e.organisation_id = \(organisation?.value))
                AND (\(first?.stored)::date IS NULL OR e.at >= \(first?.stored)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                AND (\(last?.stored)::date IS NULL OR e.at < (\(last?.stored)::date + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                """, in: work)
    }
}

extension AccessEntry: RowDecodable {
    static var table: SQL {
        "access_entry AS e JOIN organisation AS o ON o.id = e.organisation_id LEFT JOIN person AS n ON n.id = e.person_id"
    }

    public static var columns: SQL {
        """
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), e.prefix, n.name, e.role, o.id, o.cvr, o.name, e.operation, e.target,
        e.status, e.request
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), at: try row.next(), prefix: try row.next(), personName: try row.next(), role: try row.word(),
            organisation: try row.organisationName(), operation: try row.next(), target: try row.next(), status: try row.next(),
            request: try row.next())
    }
}
