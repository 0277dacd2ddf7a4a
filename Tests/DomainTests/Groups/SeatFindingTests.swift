import Domain
import Testing

/// What of single seats is to be looked at (DOMAIN §4), a day too early and on the day.
@Suite struct SeatFindingTests {
    private static let contact = GroupWorld.seat(9, for: 9, .contact)

    /// A kind of group with a member and a contact, whose organisations are part of what they have to be part of.
    private static func world(_ kind: GroupKind, product: Bool, _ seats: [Seat], agreement: String?) -> GroupWorld {
        var world = GroupWorld()
        let id = product ? world.product(1, level: nil) : nil
        let subject: Subject = id.map { .product($0) } ?? .association
        world.agreement(9, on: subject)
        if let agreement { world.agreement(1, on: subject, agreement) }
        world.group("Group", kind, of: id, seats + [contact])
        return world
    }

    /// Findings about seats alone.
    private static func lines(_ world: GroupWorld, _ day: String) -> [String] {
        world.findings(on: day).filter { $0.contains(": ") }
    }

    @Test(arguments: [
        (GroupKind.board, false), (.expertCommittee, false), (.interestGroup, false), (.steeringGroup, false), (.steeringGroup, true),
        (.coordinationGroup, true),
    ])
    func whoseOrganisationLeftIsNamedFromTheDayAfter(kind: GroupKind, product: Bool) {
        let world = Self.world(kind, product: product, [GroupWorld.seat(1, for: 1)], agreement: "2020-01-01/2026-10-31")
        #expect(Self.lines(world, "2026-10-31") == [])
        #expect(Self.lines(world, "2026-11-01") == ["ORGANISATION_LEFT Group 2026-11-01: Person 1"])
        #expect(Self.lines(world, "2027-03-01") == ["ORGANISATION_LEFT Group 2026-11-01: Person 1"])
        // The seat that was ended on that day is history.
        let ended = Self.world(
            kind, product: product, [GroupWorld.seat(1, for: 1, .member, "2025-04-24/2026-10-31")], agreement: "2020-01-01/2026-10-31")
        #expect(Self.lines(ended, "2026-11-01") == [])
    }

    /// Where nothing has to be joined, whoever left before sitting down came as an outsider; the last day and the first may be one.
    @Test(arguments: [("2025-04-23", false), ("2025-04-24", true)])
    func anOutsiderOfEarlierIsWelcome(last: String, isNamed: Bool) {
        for kind in [GroupKind.interestGroup, .steeringGroup] {
            let world = Self.world(kind, product: false, [GroupWorld.seat(1, for: 1)], agreement: "2020-01-01/\(last)")
            #expect(Self.lines(world, "2026-01-01") == (isNamed ? ["ORGANISATION_LEFT Group 2025-04-25: Person 1"] : []))
        }
    }

    @Test func anOrganisationThatCameBackIsPartOfItAgain() {
        var world = Self.world(.board, product: false, [GroupWorld.seat(1, for: 1)], agreement: "2020-01-01/2025-10-31")
        world.agreement(1, "2026-03-01/2026-12-31")
        #expect(Self.lines(world, "2026-02-28") == ["ORGANISATION_LEFT Group 2025-11-01: Person 1"])
        #expect(Self.lines(world, "2026-03-01") == [])
        #expect(Self.lines(world, "2027-01-01") == ["ORGANISATION_LEFT Group 2027-01-01: Person 1"])
    }

    /// Leaving the association says nothing of a product that one has joined, and the other way round.
    @Test func whatASeatStandsOnIsOneThing() {
        var joined = Self.world(.coordinationGroup, product: true, [GroupWorld.seat(1, for: 1)], agreement: "2020-01-01")
        joined.agreement(1, on: .association, "2020-01-01/2026-01-01")
        #expect(Self.lines(joined, "2026-06-01") == [])
    }

    @Test(arguments: [
        (GroupKind.board, false, true), (.expertCommittee, false, true), (.steeringGroup, true, true), (.coordinationGroup, true, true),
        (.steeringGroup, false, false), (.interestGroup, false, false),
    ])
    func whoIsNoPartOfItIsNamedWhereThatIsNeeded(kind: GroupKind, product: Bool, isNeeded: Bool) {
        let world = Self.world(kind, product: product, [GroupWorld.seat(1, for: 1)], agreement: "2026-07-01")
        #expect(Self.lines(world, "2025-04-23") == [])
        #expect(Self.lines(world, "2026-06-30") == (isNeeded ? ["NOT_TAKING_PART Group 2025-04-24: Person 1"] : []))
        #expect(Self.lines(world, "2026-07-01") == [])
    }

    @Test func whoIsThereInAnotherRightIsNotNamed() {
        var world = GroupWorld()
        world.organisation(2, is: .supplier)
        world.organisation(3, is: .association)
        let product = world.product(1, level: .three)
        world.board()
        world.models = [(GroupWorld.day("2020-01-01"), .of2025)]
        world.agreement(9, on: .product(product))
        world.group(
            "Steering", .steeringGroup, of: product,
            [
                GroupWorld.seat(9, for: 9, .chair), GroupWorld.seat(2, for: 2, .member, votes: 0), GroupWorld.seat(3, for: 3),
                GroupWorld.seat(101, for: 101), GroupWorld.seat(4, for: 4, .observer), GroupWorld.seat(5, for: 5, .secretary), Self.contact,
            ])
        #expect(world.findings(on: "2026-06-01") == [])
        // On the board itself a supplier is no member, and an alternate has to be one as well.
        world.group(
            "Committee", .expertCommittee, [GroupWorld.seat(2, for: 2, votes: 0), GroupWorld.seat(6, for: 6, .alternate), Self.contact])
        world.member(9...9)
        #expect(
            world.findings(on: "2026-06-01") == [
                "NOT_TAKING_PART Committee 2025-04-24: Person 2", "NOT_TAKING_PART Committee 2025-04-24: Person 6",
            ])
    }

    /// Whoever sits on the board that day sits in a product group for the board.
    @Test func aBoardMembersSeatStandsOnTheBoard() {
        var world = GroupWorld()
        let product = world.product(1, level: nil)
        world.board()
        world.agreement(9, on: .product(product))
        world.group("Coordination", .coordinationGroup, of: product, [GroupWorld.seat(7, for: 7), Self.contact])
        #expect(world.findings(on: "2026-06-01") == ["NOT_TAKING_PART Coordination 2025-04-24: Person 7"])
        world.groups[0] = world.groups[0].with(GroupWorld.seat(7, for: 7, .member, "2025-06-01/2026-03-31"))
        world.agreement(7)
        #expect(world.findings(on: "2026-03-31") == [])
        #expect(world.findings(on: "2026-04-01") == ["NOT_TAKING_PART Coordination 2026-04-01: Person 7"])
        // An alternate to the board does not sit on it.
        world.groups[0] = world.groups[0].with(GroupWorld.seat(7, for: 7, .alternate, "2026-04-01"))
        #expect(world.findings(on: "2026-04-01") == ["NOT_TAKING_PART Coordination 2026-04-01: Person 7"])
    }

    /// Two years on the board, the chair to the next odd year; the assembly is held by the end of May.
    @Test(arguments: [
        (SeatRole.member, "2025-04-24", "2027-05-31"), (.treasurer, "2026-04-01", "2028-05-31"), (.deputyChair, "2026-03-31", "2027-05-31"),
        (.alternate, "2026-04-23", "2028-05-31"), (.chair, "2025-04-24", "2027-05-31"), (.chair, "2026-04-23", "2027-05-31"),
        (.chair, "2027-02-01", "2027-05-31"), (.chair, "2027-04-01", "2029-05-31"), (.member, "2026-12-31", "2028-05-31"),
    ])
    func aTermOnTheBoardRunsToAnAssembly(role: SeatRole, first: String, last: String) throws {
        let seat = GroupWorld.seat(1, for: 1, role, first)
        #expect(seat.lastDayElected(to: .board)?.description == last)
        var world = GroupWorld()
        world.member(1...1)
        world.group("Board", .board, [seat])
        let expired = "TERM_EXPIRED Board \(try #require(GroupWorld.day(last).adding(days: 1))): Person 1"
        #expect(!world.findings(on: last).contains(expired))
        for later in [1, 400] {
            #expect(world.findings(on: "\(try #require(GroupWorld.day(last).adding(days: later)))").contains(expired))
        }
    }

    @Test func aStatedTermHoldsAndOthersHaveNone() {
        #expect(GroupWorld.seat(1, for: 1, electedUntil: "2026-04-22").lastDayElected(to: .board) == GroupWorld.day("2026-04-22"))
        for kind in GroupKind.allCases where kind != .board {
            #expect(GroupWorld.seat(1, for: 1).lastDayElected(to: kind) == nil)
            #expect(GroupWorld.seat(1, for: 1, electedUntil: "2026-04-22").lastDayElected(to: kind) == GroupWorld.day("2026-04-22"))
        }
        for role in [SeatRole.secretary, .contact, .observer] {
            #expect(GroupWorld.seat(1, for: 1, role).lastDayElected(to: .board) == nil)
        }
        // Who left in time has no expired term.
        let world = Self.world(
            .steeringGroup, product: false, [GroupWorld.seat(1, for: 1, .chair, "2025-04-24/2026-04-22", electedUntil: "2026-04-22")],
            agreement: "2020-01-01")
        #expect(Self.lines(world, "2026-04-23") == [])
    }

    @Test(arguments: [
        (SeatRole.observer, false, Optional<SeatRole>.none, true), (.secretary, false, nil, true), (.projectManager, false, nil, true),
        (.contact, false, nil, true), (.productCoordinator, false, nil, true), (.alternate, false, nil, true),
        (.member, true, nil, true), (.chair, true, nil, true), (.member, false, .projectManager, true), (.chair, false, .secretary, true),
        (.member, false, nil, false), (.chair, false, .contact, false), (.treasurer, false, .observer, false),
        (.deputyChair, false, nil, false),
    ])
    func votesOfWhoMayHaveNoneAreNamed(role: SeatRole, isSupplier: Bool, beside: SeatRole?, isNamed: Bool) {
        var world = GroupWorld()
        world.member(9...9)
        if isSupplier { world.organisation(1, is: .supplier) }
        let other = beside.map { GroupWorld.seat(1, for: 1, $0, "2025-09-01/2025-12-31") }
        world.group("Group", .interestGroup, [GroupWorld.seat(1, for: 1, role, votes: 1), other, Self.contact].compactMap { $0 })
        let expected = "VOTES_NOT_ALLOWED Group \(beside == nil ? "2025-04-24" : "2025-09-01"): Person 1"
        #expect(world.findings(on: "2025-12-31").contains(expected) == isNamed)
        if beside != nil { #expect(world.findings(on: "2026-01-01") == []) }
        // Without votes nobody is named.
        var silent = GroupWorld()
        silent.group("Group", .interestGroup, [GroupWorld.seat(1, for: 1, role, votes: 0), Self.contact])
        #expect(silent.findings(on: "2025-12-31") == [])
    }

    @Test func aGroupThatIsNotThereHasNothingToLookAt() {
        var world = GroupWorld()
        world.group("Group", .steeringGroup, during: "2025-01-01/2025-12-31", [GroupWorld.seat(1, for: 1, .observer, votes: 3)])
        #expect(world.findings(on: "2024-12-31") == [] && world.findings(on: "2026-01-01") == [])
        #expect(world.findings(on: "2025-12-31").count == 3)
    }
}

extension GroupRecord {
    /// The same group with a seat more.
    fileprivate func with(_ seat: Seat) -> GroupRecord {
        GroupRecord(
            id: id, name: name, kind: kind, product: product, productName: productName, commissionedOn: commissionedOn, closedOn: closedOn,
            seatLimit: seatLimit, decision: decision, decidedBy: decidedBy, seats: seats + [seat])
    }
}
