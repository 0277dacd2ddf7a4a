public import Domain
public import Postgres

/// Meetings of groups: planned, moved, cancelled, minuted, with who was there.
public enum Meetings {
    /// A group's meetings that were not cancelled, by day, in two statements.
    public static func list(of group: Identifier<Group>, in work: Work) async throws -> [MeetingRecord] {
        let rows = try await work.transaction.query(
            """
            SELECT \(MeetingEntry.columns) FROM \(MeetingEntry.table)
            WHERE m.group_id = \(group.value) AND NOT m.voided ORDER BY m.held_on
            """, as: MeetingEntry.self)
        let attendance = try await work.transaction.query(
            """
            SELECT \(AttendanceRow.columns) FROM attendance AS t JOIN person AS p ON p.id = t.person_id
            WHERE t.meeting_id = ANY(\(rows.map(\.id.value))) ORDER BY t.meeting_id, p.name COLLATE "da-x-icu", p.id
            """, as: AttendanceRow.self)
        let byMeeting = Dictionary(grouping: attendance, by: \.meeting)
        return rows.map { MeetingRecord($0, attendance: byMeeting[$0.id]?.map(\.attendance) ?? []) }
    }

    /// Plans a meeting, or adds to what is known of the one on that day: its links, who was there, another day, that it was cancelled.
    ///
    /// - Parameter attendance: e-mail addresses of people with a seat on the day, and whether they were there.
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `UNKNOWN_MEETING` where one that is not on record is moved or cancelled, `MEETING_EXISTS`,
    ///   `CALLED_AFTER_MEETING`, and as ``attend(_:_:isPresent:in:)``.
    public static func record(
        _ facts: MeetingFacts, on day: CivilDate, movedTo other: CivilDate? = nil, attendance: [(email: String, isPresent: Bool)] = [],
        of group: String, in work: Work
    ) async throws -> [MeetingRecord] {
        let record = try await Groups.locked(group, in: work)
        let meetings = try await list(of: record.id, in: work)
        let known = meetings.first { $0.heldOn == day }
        if other != nil || facts.isVoid == true, known == nil { throw Refusal(.unknownMeeting, record.name, day.description) }
        var (facts, held) = (facts, day)
        // What is planned stands, unless it is said to be cancelled.
        facts.isVoid = facts.isVoid ?? false
        if let known, let other, other != day {
            if meetings.contains(where: { $0.heldOn == other }) { throw Refusal(.meetingExists, record.name, other.description) }
            // As a folder says it: the old day is void, and there is a new one.
            _ = try await store(MeetingFacts(isVoid: true), on: day, of: record.id, in: work)
            facts.calledOn = facts.calledOn ?? known.calledOn
            facts.agenda = facts.agenda ?? known.agenda
            facts.minutes = facts.minutes ?? known.minutes
            held = other
        }
        _ = try await store(facts, on: held, of: record.id, in: work)
        for (email, isPresent) in attendance {
            _ = try await attend(email, Occasion(group: record, day: held), isPresent: isPresent, in: work)
        }
        return try await list(of: record.id, in: work)
    }

    /// Stores what is said of the meeting of a group on a day. What is not said stays; one that was cancelled stays so, unless it is said that it was not.
    ///
    /// - Throws: ``Refusal`` by `CALLED_AFTER_MEETING`.
    static func store(_ facts: MeetingFacts, on day: CivilDate, of group: Identifier<Group>, in work: Work) async throws -> StoreOutcome {
        if let called = facts.calledOn, called > day { throw Refusal(.calledAfterMeeting, called.description, day.description) }
        let (called, agenda, minutes) = (facts.calledOn?.stored, facts.agenda?.description, facts.minutes?.description)
        let known = try await work.transaction.query(
            "SELECT id FROM meeting WHERE group_id = \(group.value) AND held_on = \(day.stored) ORDER BY voided, id", as: Int64.self
        ).first
        guard let known else {
            try await work.transaction.execute(
                """
                INSERT INTO meeting (group_id, held_on, called_on, agenda, minutes, voided)
                VALUES (\(group.value), \(day.stored), \(called), \(agenda), \(minutes), \(facts.isVoid ?? false))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE meeting SET called_on = coalesce(\(called), called_on), agenda = coalesce(\(agenda), agenda),
                minutes = coalesce(\(minutes), minutes), voided = coalesce(\(facts.isVoid), voided)
            WHERE id = \(known) AND (called_on, agenda, minutes, voided) IS DISTINCT FROM
                (coalesce(\(called), called_on), coalesce(\(agenda), agenda), coalesce(\(minutes), minutes), coalesce(\(facts.isVoid), voided))
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Records whether somebody was at a meeting that is on record.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PERSON`, `MEETING_NOT_HELD` where its day is yet to come, `NO_SEAT_THAT_DAY`.
    static func attend(_ email: String, _ occasion: Occasion, isPresent: Bool, in work: Work) async throws -> StoreOutcome {
        let person = try await People.find(email, in: work)
        if occasion.day > work.today { throw Refusal(.meetingNotHeld, occasion.day.description) }
        guard occasion.group.roster(on: occasion.day).seats.contains(where: { $0.person == person }) else {
            throw Refusal(.noSeatThatDay, email, occasion.group.name, occasion.day.description)
        }
        let meeting: SQL = """
            (SELECT id FROM meeting WHERE group_id = \(occasion.group.id.value) AND held_on = \(occasion.day.stored) ORDER BY voided, id LIMIT 1)
            """
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO attendance (meeting_id, person_id, present) VALUES (\(meeting), \(person.value), \(isPresent))
            ON CONFLICT (meeting_id, person_id) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE attendance SET present = \(isPresent)
            WHERE meeting_id = \(meeting) AND person_id = \(person.value) AND present <> \(isPresent)
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// A group's meeting of one day.
    struct Occasion {
        let group: GroupRecord
        let day: CivilDate
    }
}

extension MeetingEntry: RowDecodable {
    static var table: SQL { "meeting AS m JOIN governance_group AS mg ON mg.id = m.group_id" }

    public static var columns: SQL { "m.id, m.group_id, mg.name, m.held_on, m.called_on, m.agenda, m.minutes" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), group: try row.identifier(), groupName: try row.next(), heldOn: try row.date(),
            calledOn: try row.optionalDate(), agenda: try row.optional(try row.next(String?.self)) { WebLink($0) },
            minutes: try row.optional(try row.next(String?.self)) { WebLink($0) })
    }
}

struct AttendanceRow: RowDecodable, Sendable {
    let meeting: Identifier<Meeting>
    let attendance: MeetingAttendance

    static var columns: SQL { "t.meeting_id, p.id, p.name, p.email, t.present" }

    init(row: inout Row) throws(DecodingFailure) {
        meeting = try row.identifier()
        attendance = MeetingAttendance(
            person: try row.identifier(), name: try row.next(), email: try row.next(), isPresent: try row.next())
    }
}
