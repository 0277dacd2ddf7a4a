/// A group on one day, and what of it is to be looked at (DOMAIN §4).
struct GroupOnDay {
    let group: GroupRecord
    let day: CivilDate
    let facts: GovernanceFacts
    let roster: Roster
    private let board: Set<Identifier<Person>>

    /// Nothing on a day on which the group is not there.
    init?(_ group: GroupRecord, on day: CivilDate, by facts: GovernanceFacts) {
        guard group.exists(on: day) else { return nil }
        self.group = group
        self.day = day
        self.facts = facts
        roster = group.roster(on: day)
        board = group.product == nil ? [] : facts.boardMembers(on: day)
    }

    var observations: [Observation] {
        seatObservations
            + [
                noChair, noContact, seatLimitExceeded, boardTooSmall, boardMajorityMissing, boardNotCoordinating, boardNotRepresented,
                steeringGroupNotApproved,
            ].compactMap { $0 } + twoBoardSeats
    }

    /// Does this person sit here for the board? Nobody does outside the groups of products.
    func isBoards(_ seat: Seat) -> Bool { board.contains(seat.person) }

    private func observe(_ kind: GroupFinding.Kind, if holds: Bool, _ facts: [String] = []) -> Observation? {
        holds ? Observation(key: .init(kind: kind), facts: facts) : nil
    }

    private var noChair: Observation? { observe(.noChair, if: group.kind.needsChair && roster.chair == nil) }

    private var noContact: Observation? { observe(.noContact, if: group.kind.needsContact && roster.contacts.isEmpty) }

    private var seatLimitExceeded: Observation? {
        guard let limit = group.seatLimit else { return nil }
        let count = roster.members.count
        return observe(.seatLimitExceeded, if: count > limit, [String(count), String(limit)])
    }

    /// The chair and at least four more, each a person.
    private var boardTooSmall: Observation? {
        let count = Set(roster.members.map(\.person)).count
        return observe(.boardTooSmall, if: group.kind == .board && count < 5, [String(count)])
    }

    /// At most one person for each member organisation, in whatever roles.
    private var twoBoardSeats: [Observation] {
        guard group.kind == .board else { return [] }
        let byOrganisation = Dictionary(grouping: roster.members, by: \.organisation)
        return byOrganisation.filter { Set($0.value.map(\.person)).count > 1 }.sorted { $0.key < $1.key }.map { organisation, seats in
            Observation(
                key: .init(kind: .twoBoardSeats, organisation: organisation), seats: seats, facts: seats.prefix(1).map(\.organisationName))
        }
    }

    // MARK: - Groups of products, by level and model

    private func asks(_ kind: GroupKind, _ model: GovernanceModel) -> Bool {
        group.kind == kind && facts.product(of: group)?.level == .three && facts.model(on: day) == model
    }

    /// More than half of all votes.
    private var boardMajorityMissing: Observation? {
        let votes = roster.seats.filter(isBoards).reduce(0) { $0 + $1.votes }
        return observe(
            .boardMajorityMissing, if: asks(.steeringGroup, .of2016) && votes * 2 <= roster.votes, [String(votes), String(roster.votes)])
    }

    private var boardIsAtTheTable: Bool { roster.seats.contains { isBoards($0) && $0.role.isAtTheTable } }

    private var boardNotCoordinating: Observation? {
        observe(.boardNotCoordinating, if: asks(.coordinationGroup, .of2016) && !boardIsAtTheTable)
    }

    private var boardNotRepresented: Observation? {
        observe(.boardNotRepresented, if: asks(.steeringGroup, .of2025) && !boardIsAtTheTable)
    }

    /// The general assembly stands above the board.
    private var steeringGroupNotApproved: Observation? {
        let level = facts.product(of: group)?.level
        let isApproved = group.decidedBy == .board || group.decidedBy == .generalAssembly
        return observe(
            .steeringGroupNotApproved, if: group.kind == .steeringGroup && (level == .two || level == .three) && !isApproved,
            [level?.description ?? ""])
    }
}
