import Domain
import Foundation
import Testing

/// What of groups and products as a whole is to be looked at, in both models of governance (DOMAIN §4).
@Suite struct GroupFindingTests {
    private static let contact = GroupWorld.seat(9, for: 9, .contact)

    @Test func aBoardInOrderHasNothingToLookAt() {
        var world = GroupWorld()
        world.board()
        #expect(world.findings(on: "2025-04-24") == [])
        #expect(world.findings(on: "2027-05-31") == [])
        #expect(world.findings(on: "2027-06-01").count == 5)
    }

    @Test(arguments: GroupKind.allCases)
    func aGroupNeedsAChairAndAContactWhereItsKindDoes(kind: GroupKind) {
        var world = GroupWorld()
        world.member(1...9)
        let product = kind == .coordinationGroup ? world.product(1, level: nil) : nil
        if let product { for number in 1...9 as ClosedRange<Int64> { world.agreement(number, on: .product(product)) } }
        let seats = [
            GroupWorld.seat(1, for: 1, .chair, "2025-04-24/2026-03-31"), GroupWorld.seat(2, for: 2, .contact, "2025-04-24/2026-05-31"),
            GroupWorld.seat(3, for: 3, .chair, "2026-08-01", electedUntil: "2030-01-01"),
        ]
        world.group("Group", kind, of: product, kind == .generalAssembly ? [] : seats)
        let needsChair = kind == .board || kind == .steeringGroup
        let codes = { (day: String) in world.findings(on: day).filter { !$0.hasPrefix("BOARD_TOO_SMALL") } }
        #expect(
            codes("2025-04-23") == (needsChair ? ["NO_CHAIR Group 2020-01-01"] : [])
                + (kind == .generalAssembly ? [] : ["NO_CONTACT Group 2020-01-01"]))
        #expect(codes("2026-03-31") == [])
        #expect(codes("2026-04-01") == (needsChair ? ["NO_CHAIR Group 2026-04-01"] : []))
        #expect(codes("2026-08-01") == (kind == .generalAssembly ? [] : ["NO_CONTACT Group 2026-06-01"]))
    }

    @Test func aProductCoordinatorIsWhomToAsk() {
        var world = GroupWorld()
        world.group("Group", .interestGroup, [GroupWorld.seat(1, for: 1, .productCoordinator)])
        #expect(world.findings(on: "2026-01-01") == [])
    }

    @Test func moreSeatsThanTheGroupSetItself() {
        for (limit, expected) in [(3, [String]()), (2, ["SEAT_LIMIT_EXCEEDED Group 2025-09-01"])] {
            var world = GroupWorld()
            world.group(
                "Group", .interestGroup, limit: limit,
                [
                    GroupWorld.seat(1, for: 1), GroupWorld.seat(2, for: 2, .chair), GroupWorld.seat(3, for: 3, .member, "2025-09-01"),
                    GroupWorld.seat(4, for: 4, .observer), GroupWorld.seat(5, for: 5, .alternate), Self.contact,
                ])
            #expect(world.findings(on: "2025-08-31") == [])
            #expect(world.findings(on: "2025-09-01") == expected)
        }
    }

    /// The chair and four more: the same person twice is one.
    @Test func theBoardIsFive() {
        var world = GroupWorld()
        world.member(1...5)
        world.group(
            "Board", .board,
            [
                GroupWorld.seat(1, for: 1, .chair), GroupWorld.seat(1, for: 1, .treasurer), GroupWorld.seat(2, for: 2),
                GroupWorld.seat(3, for: 3),
                GroupWorld.seat(4, for: 4), GroupWorld.seat(5, for: 5, .member, "2025-04-24/2025-12-31"),
                GroupWorld.seat(5, for: 5, .alternate),
                GroupWorld.seat(1, for: 1, .contact),
            ])
        #expect(world.findings(on: "2025-12-31") == [])
        #expect(world.findings(on: "2026-01-01") == ["BOARD_TOO_SMALL Board 2026-01-01"])
    }

    @Test func oneSeatOnTheBoardForEachMember() {
        var world = GroupWorld()
        world.board()
        world.groups = []
        let five = (101...105 as ClosedRange<Int64>).map { GroupWorld.seat($0, for: $0, $0 == 101 ? .chair : .member) }
        world.group(
            "Board", .board,
            five + [
                GroupWorld.seat(101, for: 101, .treasurer), GroupWorld.seat(101, for: 101, .contact),
                GroupWorld.seat(6, for: 102, .alternate),
                GroupWorld.seat(7, for: 102, .observer), GroupWorld.seat(8, for: 103, .member, "2026-02-01/2026-02-28"),
            ])
        #expect(world.findings(on: "2026-01-31") == [])
        #expect(world.findings(on: "2026-02-28") == ["TWO_BOARD_SEATS Board 2026-02-01: Person 103, Person 8"])
        #expect(world.findings(on: "2026-03-01") == [])
    }

    // MARK: - Level 3, in the model of 2016 and in that of 2025

    /// A product on a level, a board, and both groups of the product with the seats of the given board members beside two participants.
    private static func world(
        _ level: GovernanceLevel?, model: GovernanceModel, steering: [Seat], coordination: [Seat]
    ) -> GroupWorld {
        var world = GroupWorld()
        let product = world.product(1, level: level)
        world.board()
        for number in [1, 2, 9] as [Int64] { world.agreement(number, on: .product(product)) }
        world.models = [(GroupWorld.day("2016-01-01"), model)]
        let participants = [GroupWorld.seat(1, for: 1, .chair), GroupWorld.seat(2, for: 2), contact]
        world.group("Steering", .steeringGroup, of: product, participants + steering)
        world.group("Coordination", .coordinationGroup, of: product, participants + coordination)
        return world
    }

    struct Representation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let steering: [Seat]
        let coordination: [Seat]
        /// The findings in the model of 2016, and in that of 2025.
        let of2016: [String]
        let of2025: [String]

        init(_ name: String, steering: [Seat] = [], coordination: [Seat] = [], of2016: [String], of2025: [String]) {
            testDescription = name
            self.steering = steering
            self.coordination = coordination
            self.of2016 = of2016
            self.of2025 = of2025
        }
    }

    static let representations: [Representation] = [
        Representation(
            "nobody of the board",
            of2016: ["BOARD_MAJORITY_MISSING Steering 2025-04-24", "BOARD_NOT_COORDINATING Coordination 2025-04-24"],
            of2025: ["BOARD_NOT_REPRESENTED Steering 2025-04-24"]),
        Representation(
            "as many votes as the others", steering: [GroupWorld.seat(101, for: 101), GroupWorld.seat(102, for: 102)],
            coordination: [GroupWorld.seat(103, for: 103)], of2016: ["BOARD_MAJORITY_MISSING Steering 2025-04-24"], of2025: []),
        Representation(
            "one vote more than the others", steering: [GroupWorld.seat(101, for: 101), GroupWorld.seat(102, for: 102, votes: 2)],
            coordination: [GroupWorld.seat(103, for: 103)], of2016: [], of2025: []),
        Representation(
            "an observer", steering: [GroupWorld.seat(101, for: 101, .observer)], coordination: [GroupWorld.seat(101, for: 101, .observer)],
            of2016: ["BOARD_MAJORITY_MISSING Steering 2025-04-24"], of2025: []),
        Representation(
            "only an alternate or a contact", steering: [GroupWorld.seat(101, for: 101, .alternate)],
            coordination: [GroupWorld.seat(101, for: 101, .contact)],
            of2016: ["BOARD_MAJORITY_MISSING Steering 2025-04-24", "BOARD_NOT_COORDINATING Coordination 2025-04-24"],
            of2025: ["BOARD_NOT_REPRESENTED Steering 2025-04-24"]),
        Representation(
            "until the day before", steering: [GroupWorld.seat(101, for: 101, .member, "2025-04-24/2026-05-31", votes: 3)],
            coordination: [GroupWorld.seat(101, for: 101, .member, "2025-04-24/2026-05-31")],
            of2016: ["BOARD_MAJORITY_MISSING Steering 2026-06-01", "BOARD_NOT_COORDINATING Coordination 2026-06-01"],
            of2025: ["BOARD_NOT_REPRESENTED Steering 2026-06-01"]),
    ]

    @Test(arguments: representations, GovernanceModel.allCases)
    func theBoardOnLevelThree(representation: Representation, model: GovernanceModel) {
        for level in GovernanceLevel.allCases {
            let world = Self.world(level, model: model, steering: representation.steering, coordination: representation.coordination)
            // Before anybody sat there was nothing to count: those days are not looked at here.
            let found = world.findings(on: "2026-06-01").map { $0.replacingOccurrences(of: "2020-01-01", with: "2025-04-24") }
            #expect(found == (level != .three ? [] : model == .of2016 ? representation.of2016 : representation.of2025), "level \(level)")
        }
    }

    @Test func theModelHoldsFromItsDay() {
        var world = Self.world(.three, model: .of2016, steering: [GroupWorld.seat(101, for: 101)], coordination: [])
        world.models.append((GroupWorld.day("2025-07-01"), .of2025))
        #expect(
            world.findings(on: "2025-06-30").map { String($0.prefix { $0 != " " }) } == [
                "BOARD_MAJORITY_MISSING", "BOARD_NOT_COORDINATING",
            ])
        #expect(world.findings(on: "2025-07-01") == [])
        // Without a model nobody knows what to ask for; the register refuses to answer then.
        world.models = []
        #expect(world.findings(on: "2025-06-30") == [] && world.facts.asksForModel)
    }

    /// Who leaves the board no longer sits for it, and who joins does.
    @Test func theBoardIsWhoSitsOnItThatDay() {
        var world = Self.world(.three, model: .of2025, steering: [GroupWorld.seat(7, for: 1)], coordination: [])
        #expect(world.findings(on: "2026-06-01") == ["BOARD_NOT_REPRESENTED Steering 2020-01-01"])
        world.groups.removeAll { $0.kind == .board }
        world.member(1...1)
        let five = (101...105 as ClosedRange<Int64>).map { GroupWorld.seat($0, for: $0, $0 == 101 ? .chair : .member) }
        world.group(
            "Board", .board,
            five + [GroupWorld.seat(7, for: 1, .member, "2025-09-01/2026-02-28"), GroupWorld.seat(101, for: 101, .contact)])
        #expect(world.findings(on: "2025-08-31").count == 1)
        #expect(world.findings(on: "2025-09-01") == [] && world.findings(on: "2026-02-28") == [])
        #expect(world.findings(on: "2026-03-01") == ["BOARD_NOT_REPRESENTED Steering 2026-03-01"])
    }

    @Test func theBoardApprovesFromLevelTwo() {
        for level in GovernanceLevel.allCases {
            for maker in DecisionMaker.allCases + [nil] as [DecisionMaker?] {
                var world = GroupWorld()
                let product = world.product(1, level: level, coordinator: true)
                world.models = [(GroupWorld.day("2016-01-01"), .of2025)]
                world.board()
                for number in [1, 9] as [Int64] { world.agreement(number, on: .product(product)) }
                world.group(
                    "Steering", .steeringGroup, of: product, decidedBy: maker,
                    [GroupWorld.seat(1, for: 1, .chair), Self.contact, GroupWorld.seat(101, for: 101, .observer, "2020-01-01")])
                let isApproved = maker == .board || maker == .generalAssembly || level == .one || level == .sandbox
                #expect(
                    world.findings(on: "2026-06-01") == (isApproved ? [] : ["STEERING_GROUP_NOT_APPROVED Steering 2020-01-01"]),
                    "level \(level), \(maker?.rawValue ?? "nobody")")
            }
        }
    }

    // MARK: - Products

    @Test(arguments: [
        (GovernanceLevel?.none, [String]()), (.sandbox, []), (.one, ["PRODUCT_CONTACT_MISSING Product 1 ?"]),
        (.two, ["STEERING_GROUP_MISSING Product 1 ?"]), (.three, ["STEERING_GROUP_MISSING Product 1 ?"]),
    ])
    func aLevelAsksForMoreThanNothing(level: GovernanceLevel?, expected: [String]) {
        var world = GroupWorld()
        world.product(1, level: level)
        #expect(world.findings(on: "2026-06-01") == expected)
        world.agreement(1, on: .product(Identifier(1)), "2021-02-01")
        #expect(world.findings(on: "2026-06-01") == expected.map { $0.replacingOccurrences(of: "?", with: "2021-02-01") })
    }

    @Test func aSteeringGroupThatClosedIsMissing() {
        var world = GroupWorld()
        let product = world.product(1, level: .two)
        for number in [1, 9] as [Int64] { world.agreement(number, on: .product(product)) }
        let seats = [GroupWorld.seat(1, for: 1, .chair), Self.contact]
        // One that coordinates steers nothing.
        world.group("Coordination", .coordinationGroup, of: product, [GroupWorld.seat(9, for: 9, .contact, "2020-01-01")])
        world.group("First", .steeringGroup, of: product, during: "2025-04-24/2025-12-31", seats)
        world.group("Second", .steeringGroup, of: product, during: "2026-02-01/2026-02-28", seats)
        #expect(world.findings(on: "2025-04-23") == ["STEERING_GROUP_MISSING Product 1 2020-01-01"])
        #expect(world.findings(on: "2025-12-31") == [] && world.findings(on: "2026-02-01") == [])
        #expect(world.findings(on: "2026-01-31") == ["STEERING_GROUP_MISSING Product 1 2026-01-01"])
        #expect(world.findings(on: "2026-03-01") == ["STEERING_GROUP_MISSING Product 1 2026-03-01"])
    }

    @Test func oneContactPersonIsAllThatLevelOneNeeds() {
        var coordinated = GroupWorld()
        coordinated.product(1, level: .one, coordinator: true)
        #expect(coordinated.findings(on: "2026-06-01") == [])
        var world = GroupWorld()
        let product = world.product(1, level: .one)
        world.agreement(9, on: .product(product))
        world.group("Coordination", .coordinationGroup, of: product, [GroupWorld.seat(9, for: 9, .contact, "2025-04-24/2026-05-31")])
        #expect(world.findings(on: "2026-05-31") == [])
        #expect(
            world.findings(on: "2026-06-01") == ["NO_CONTACT Coordination 2026-06-01", "PRODUCT_CONTACT_MISSING Product 1 2026-06-01"])
    }
}
