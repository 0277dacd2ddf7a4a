// What of a group's seats is to be looked at on a day (DOMAIN §4).

extension GroupOnDay {
    var seatObservations: [Observation] {
        roster.seats.flatMap { seat in [organisationLeft(seat), notTakingPart(seat), termExpired(seat), votesNotAllowed(seat)] }
            .compactMap { $0 }
    }

    private func observe(_ kind: GroupFinding.Kind, _ seat: Seat, _ facts: [String]) -> Observation {
        Observation(key: .init(kind: kind, seat: seat.id), seats: [seat], facts: facts)
    }

    /// The last day on which the organisation was part of what the seat stands on; nothing while it is, and where it never was.
    ///
    /// Where nothing has to be joined to sit in the group, only what ended while the person sat there counts: who came as an outsider is none the less
    /// welcome.
    private func lastDayOfBelonging(_ seat: Seat) -> CivilDate? {
        let terms = facts.terms(of: seat.organisation, on: group.belonging)
        if terms.contains(where: { $0.contains(day) }) { return nil }
        let ended = terms.compactMap(\.last).filter { $0 < day }.max()
        return group.demandsBelonging ? ended : ended.flatMap { $0 >= seat.term.first ? $0 : nil }
    }

    /// The board's people sit in product groups for the board, whatever their organisation has joined.
    private func organisationLeft(_ seat: Seat) -> Observation? {
        guard !isBoards(seat), let last = lastDayOfBelonging(seat) else { return nil }
        return observe(.organisationLeft, seat, [last.description])
    }

    /// Who decides, or will when somebody leaves, does so for a member, or for one who has joined the product. The association's own people and, in product
    /// groups, suppliers are there in another right.
    private func notTakingPart(_ seat: Seat) -> Observation? {
        let isExempt =
            isBoards(seat) || seat.organisationKind == .association || (group.product != nil && seat.organisationKind == .supplier)
        guard group.demandsBelonging, !isExempt, seat.role.mayVote || seat.role == .alternate else { return nil }
        let terms = facts.terms(of: seat.organisation, on: group.belonging)
        // One that begins later, or has ended, is another matter.
        guard !terms.contains(where: { $0.first <= day }) else { return nil }
        return observe(.notTakingPart, seat, [])
    }

    private func termExpired(_ seat: Seat) -> Observation? {
        guard let last = seat.lastDayElected(to: group.kind), last < day else { return nil }
        return observe(.termExpired, seat, [last.description])
    }

    /// Supplier people have no vote, nor has who writes the minutes or manages the project, whatever else the person is here.
    private func votesNotAllowed(_ seat: Seat) -> Observation? {
        guard seat.votes > 0 else { return nil }
        let other = roster.seats.first { $0.person == seat.person && ($0.role == .projectManager || $0.role == .secretary) }
        let silent = seat.role.mayVote ? other?.role.rawValue : seat.role.rawValue
        guard let reason = seat.organisationKind == .supplier ? OrganisationKind.supplier.rawValue : silent else { return nil }
        return observe(.votesNotAllowed, seat, [String(seat.votes), reason])
    }
}
