public import Domain
import Postgres

/// Who takes the chair, and from when.
public struct Election: Sendable, Hashable {
    /// The e-mail address of a person of the register.
    public var person: String
    /// On whose behalf; needed where the person has no seat in the group yet, or has several.
    public var organisation: String?
    /// The first day in the chair.
    public var from: CivilDate
    /// The last day of the term; nothing for the rule of the kind of group, where it has one.
    public var electedUntil: CivilDate?
    /// Does the one who was in the chair stay as a member?
    public var formerStays: Bool
    public var decision: String?

    public init(
        person: String, organisation: String? = nil, from: CivilDate, electedUntil: CivilDate? = nil, formerStays: Bool = false,
        decision: String? = nil
    ) {
        self.person = person
        self.organisation = organisation
        self.from = from
        self.electedUntil = electedUntil
        self.formerStays = formerStays
        self.decision = decision
    }
}

/// Seats that change hands: a chair is elected, an alternate steps in. Each is one change from a day on.
public enum Elections {
    /// Puts somebody in the chair. The sitting chair's seat ends the day before, and so does the one that the elected had as member, alternate or observer;
    /// seats as contact person and the like go on. Whoever is in the chair may be elected again, for a new term.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `UNKNOWN_PERSON`, `UNKNOWN_ORGANISATION`, `UNKNOWN_DECISION`, `VALUE_MISSING` without an
    ///   organisation, `AMBIGUOUS_SEAT` where the person sits for several, `CHAIR_TAKEN` where a chair's seat begins on the day or later.
    public static func elect(_ election: Election, in group: String, work: Work) async throws -> GroupRecord {
        let record = try await Groups.locked(group, in: work)
        let person = try await People.find(election.person, in: work)
        let party = try await Seats.organisation(election.organisation, in: work)
        let decision = try await Seats.decision(election.decision, in: work)
        let day = election.from
        let chairs = record.seats.filter { $0.role == .chair }
        if let next = chairs.first(where: { $0.term.first >= day }) {
            throw Refusal(.chairTaken, record.name, next.personName, next.term.first.description)
        }
        let own = record.seats.held(by: election.person, for: party, on: day).filter { $0.role.mayVote || $0.role.isInWaiting }
        if Set(own.map(\.organisation)).count > 1 { throw Refusal(.ambiguousSeat, election.person, record.name) }
        guard let organisation = own.first?.organisation ?? party else { throw Refusal(.valueMissing, "organisation") }

        let former = chairs.first { $0.term.contains(day) }
        for seat in Set(own + [former].compactMap { $0 }) { try await vacate(seat, from: day, in: work) }
        // What is known of the end of somebody's time goes on to hold, but for the chair's own term, which is new.
        let voting = own.first { $0.role.mayVote }
        let last = voting?.role == .chair ? nil : voting?.term.last
        try await sit(
            person, for: organisation, in: record, as: .chair, votes: voting?.votes, from: day, through: last,
            electedUntil: election.electedUntil, decision: decision, work: work)
        if let former, election.formerStays, former.person != person {
            try await sit(
                former.person, for: former.organisation, in: record, as: .member, votes: former.votes, from: day, through: former.term.last,
                electedUntil: former.lastDayElected(to: record.kind), decision: decision, work: work)
        }
        return try await Groups.find(group, in: work)
    }

    /// An alternate takes a member's place: the member's seat ends the day before, and the alternate sits as a member, with the member's votes, for the
    /// rest of the member's time and term, on behalf of the alternate's own organisation.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`, `UNKNOWN_ORGANISATION`, `UNKNOWN_DECISION`, `NOT_AN_ALTERNATE` where the person is none in the group
    ///   on the day, `UNKNOWN_SEAT` where the other has no seat with a vote to give up, `AMBIGUOUS_SEAT` where one of them sits for several organisations.
    public static func stepIn(
        _ alternate: String, for member: String, of organisation: String? = nil, from day: CivilDate, in group: String,
        decision: String? = nil, work: Work
    ) async throws -> GroupRecord {
        let record = try await Groups.locked(group, in: work)
        let party = try await Seats.organisation(organisation, in: work)
        let decision = try await Seats.decision(decision, in: work)
        let waiting = record.seats.held(by: alternate, for: nil, on: day).filter { $0.role == .alternate }
        let leaving = record.seats.held(by: member, for: party, on: day).filter(\.role.mayVote)
        guard let stepping = waiting.first else { throw Refusal(.notAnAlternate, alternate, record.name, day.description) }
        guard let left = leaving.first else { throw Refusal(.unknownSeat, member, record.name, day.description) }
        if waiting.count > 1 { throw Refusal(.ambiguousSeat, alternate, record.name) }
        if leaving.count > 1 { throw Refusal(.ambiguousSeat, member, record.name) }

        try await vacate(left, from: day, in: work)
        try await vacate(stepping, from: day, in: work)
        try await sit(
            stepping.person, for: stepping.organisation, in: record, as: .member, votes: left.votes, from: day, through: left.term.last,
            electedUntil: left.lastDayElected(to: record.kind), decision: decision, work: work)
        return try await Groups.find(group, in: work)
    }

    /// Ends a seat the day before. One that would have begun on the day itself never was.
    private static func vacate(_ seat: Seat, from day: CivilDate, in work: Work) async throws {
        guard seat.term.first < day, let last = day.adding(days: -1) else {
            try await work.transaction.execute("UPDATE seat SET voided = true WHERE id = \(seat.id.value)")
            return
        }
        try await Seats.end(seat, last: last, in: work)
    }

    private static func sit(
        _ person: Identifier<Person>, for organisation: Identifier<Organisation>, in group: GroupRecord, as role: SeatRole, votes: Int?,
        from day: CivilDate, through last: CivilDate?, electedUntil: CivilDate?, decision: Identifier<Decision>?, work: Work
    ) async throws {
        guard let term = Term(first: day, last: last) else { throw Refusal(.endBeforeStart, last?.description ?? "", day.description) }
        // Read again: seats have made room since.
        let group = try await Groups.find(group.name, in: work)
        try await Seats.begin(
            SeatFacts(role: role, votes: votes, term: term, electedUntil: electedUntil, isVoid: false), of: person,
            for: try await Organisations.get(organisation, in: work), in: group, decision: decision, work: work)
    }
}

extension SeatRole {
    /// May somebody in this role move up, and leave it by that?
    fileprivate var isInWaiting: Bool { self == .alternate || self == .observer }
}
