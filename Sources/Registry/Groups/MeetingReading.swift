public import Domain
import Postgres

// Meetings as they are served: those of the groups the caller may see, and who of their own was there.

extension Meetings {
    /// Meetings that were not cancelled, the newest first.
    ///
    /// - Parameter group: only its own, where it is given.
    /// - Parameter first: only from this day on, where it is given; and through `last`.
    public static func page(
        of group: Identifier<Group>? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<MeetingEntry> {
        try await Listing(table: MeetingEntry.table, key: "m.id", order: "m.held_on", isDescending: true).page(
            request,
            where: """
                NOT m.voided AND \(caller.seesMeeting("m"))
                AND (\(group?.value)::bigint IS NULL OR m.group_id = \(group?.value))
                AND (\(first?.stored)::date IS NULL OR m.held_on >= \(first?.stored))
                AND (\(last?.stored)::date IS NULL OR m.held_on <= \(last?.stored))
                """, in: work)
    }

    /// A group's meetings, the newest first.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where the group is not one the caller may see.
    public static func page(
        ofGroup group: Identifier<Group>, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<MeetingEntry> {
        try await Groups.require(group, for: caller, in: work)
        return try await page(of: group, request, for: caller, in: work)
    }

    /// A meeting, with who was there of the people that sit in the group for the caller's organisations.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<Meeting>, for caller: Caller, in work: Work) async throws -> MeetingRecord {
        let found = try await work.transaction.first(
            """
            SELECT \(MeetingEntry.columns) FROM \(MeetingEntry.table)
            WHERE m.id = \(id.value) AND NOT m.voided AND \(caller.seesMeeting("m"))
            """, as: MeetingEntry.self)
        guard let found else { throw AccessRefusal.notFound }
        let attendance = try await work.transaction.query(
            """
            SELECT \(AttendanceRow.columns) FROM attendance AS t JOIN person AS p ON p.id = t.person_id
            WHERE t.meeting_id = \(id.value) AND (\(caller.role.seesAll) OR EXISTS (
                SELECT FROM seat AS held WHERE held.group_id = \(found.group.value) AND held.person_id = t.person_id AND NOT held.voided
                    AND held.during @> \(found.heldOn.stored) AND \(caller.sees("held.organisation_id"))))
            ORDER BY p.name COLLATE "da-x-icu", p.id
            """, as: AttendanceRow.self)
        return MeetingRecord(found, attendance: attendance.map(\.attendance))
    }
}
