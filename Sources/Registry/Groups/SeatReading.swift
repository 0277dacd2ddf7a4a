public import Domain
import Postgres

// Seats as they are served: those of the caller's organisations, and whom to ask about the groups they sit in.

extension Seats {
    /// Seats held on a day, by number. A group that is not there on the day has none.
    ///
    /// - Parameter organisation: only for this one, where it is given; so with the group and the person.
    public static func page(
        organisation: Identifier<Organisation>? = nil, group: Identifier<Group>? = nil, person: Identifier<Person>? = nil,
        on day: CivilDate? = nil, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<Seat> {
        let day = day ?? work.today
        return try await Listing(table: Seat.table, key: "s.id").page(
            request,
            where: """
                NOT s.voided AND s.during * sg.during @> \(day.stored) AND \(caller.seesSeat("s", on: work.today))
                AND (\(organisation?.value)::bigint IS NULL OR s.organisation_id = \(organisation?.value))
                AND (\(group?.value)::bigint IS NULL OR s.group_id = \(group?.value))
                AND (\(person?.value)::bigint IS NULL OR s.person_id = \(person?.value))
                """, in: work)
    }

    /// Who sits in a group on a day, as far as the caller may see.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where the group is not one the caller may see.
    public static func page(
        ofGroup group: Identifier<Group>, on day: CivilDate? = nil, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<Seat> {
        try await Groups.require(group, for: caller, in: work)
        return try await page(group: group, on: day, request, for: caller, in: work)
    }
}
