import Domain
import Testing

/// Organisations that take others' place (DOMAIN §3, rule 15).
@Suite struct SuccessionRuleTests {
    @Test func rule15APredecessorKeepsTheBegunPeriodAndTheSuccessorOwesFromTheNext() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        let (old, new) = (Identifier<Organisation>(1), Identifier<Organisation>(2))
        let on = try World.day("2026-07-01")
        world.bodies[old] = World.Body(
            name: "Old", cvr: try World.cvr(1),
            participations: [
                Participation(
                    agreement: Identifier(1), subject: World.product, term: try World.term("2020-01-01", "2026-06-30"), signedOn: on,
                    ending: .init(.succeeded))
            ])
        world.bodies[new] = World.Body(
            name: "New", cvr: try World.cvr(2),
            participations: [
                Participation(
                    agreement: Identifier(2), subject: World.product, term: try World.term("2026-07-01"), signedOn: on,
                    takenOverFrom: Identifier(1))
            ])
        world.heirs = [old: (new, on)]
        let outcome = try #require(try world.outcomes("2026").first)
        #expect(outcome.party.id == new && outcome.documents.flatMap(\.lines).map(\.key.organisation) == [old])
        #expect(outcome.party.name(of: old) == "Old")
        #expect(try world.run("2026") == ["1 annualFee 36500.00"])
        #expect(try world.run("2027") == ["2 annualFee 36500.00"])
        // Nobody can be addressed: all its charges wait, the predecessor's as well.
        world.bodies[new]?.cvr = nil
        #expect(try world.run("2028") == [])
        #expect(try world.parked("2028") == ["2 party NO_RECEIVER"])
    }

    /// A joining fee of 100 by class of the smallest, 400 of the largest.
    private static func joining(_ world: inout World) throws {
        try world.sheet([try world.row(try World.classes("100", "200", "300", "400"), charge: .joiningFee, component: "join")])
    }

    @Test func rule15AJoiningFeeThatAPredecessorPaidIsPaid() throws {
        var world = World()
        try Self.joining(&world)
        try world.body(1, from: "2026-01-01", inhabitants: 10_000)
        #expect(try world.run("2026") == ["1 joiningFee 100.00"])
        try world.body(2, from: nil, inhabitants: 200_000)
        try world.succeed([1], by: 2, on: "2027-01-01", continuing: 1)
        #expect(try world.run("2027") == [])
        // The successor leaves and joins anew: the fee was paid once, for ever.
        world.bodies[Identifier(2)]?.participations.removeLast()
        try world.body(2, from: "2028-01-01", inhabitants: 200_000)
        #expect(try world.run("2028") == [])
    }

    @Test func rule15OneActivePredecessorPaidForThePassiveOneToo() throws {
        var world = World()
        try Self.joining(&world)
        let passive = FormHistory(.passive, changes: [.init(from: try World.day("2028-03-01"), form: .active)])
        try world.body(1, from: "2026-01-01", inhabitants: 10_000)
        try world.body(2, from: "2026-01-01", forms: passive, inhabitants: 10_000)
        #expect(try world.run("2026") == ["1 joiningFee 100.00"])
        try world.succeed([1, 2], by: 3, on: "2027-01-01", continuing: 2, forms: passive)
        #expect(try world.run("2028") == [])
    }

    @Test(arguments: ["2027-07-01", "2028-02-01"])
    func rule15APassiveParticipationThatBecomesActiveOnTheDayOrLaterIsTheSuccessorsToPay(active: String) throws {
        var world = World()
        try Self.joining(&world)
        let passive = FormHistory(.passive, changes: [.init(from: try World.day(active), form: .active)])
        // The class is that of the one who joined, in the year it joined; the successor is larger.
        try world.body(1, from: "2026-01-01", forms: passive, inhabitants: 30_000)
        try world.body(2, from: nil, inhabitants: 200_000)
        try world.succeed(
            [1], by: 2, on: "2027-07-01", continuing: 1, forms: active == "2027-07-01" ? .active : passive)
        #expect(try world.run("2026") == [])
        let outcome = try #require(try world.outcomes("2028").first { !$0.documents.isEmpty })
        #expect(outcome.sizes.map(\.organisation) == [Identifier(1)] && outcome.sizes.map(\.year) == [2026])
        #expect(try world.run("2028") == ["2 joiningFee 200.00"])
    }

    @Test func rule15APredecessorsPaidPledgeCountsForTheSuccessor() throws {
        var world = World()
        try Self.joining(&world)
        let passive = FormHistory(.passive, changes: [.init(from: try World.day("2028-03-01"), form: .active)])
        try world.body(1, from: "2026-01-01", forms: passive, inhabitants: 30_000)
        world.bodies[Identifier(1)]?.pledges = [
            Pledge(
                id: Identifier(1), project: Identifier(1), projectName: "P", product: Identifier(1), amount: try World.kroner("150"),
                decision: World.decision, reachedOn: try World.day("2019-01-01"), paidOn: try World.day("2019-03-01"), proof: "faktura 7",
                reduction: .amount)
        ]
        try world.succeed([1], by: 2, on: "2027-01-01", continuing: 1, forms: passive)
        #expect(try world.run("2028") == ["2 joiningFee 50.00"])
    }

    @Test func rule15TheSuccessorsOwnEarlierFeeStays() throws {
        var world = World()
        try Self.joining(&world)
        try world.body(1, from: "2020-01-01", inhabitants: 10_000)
        try world.body(2, from: "2026-02-01", inhabitants: 10_000)
        try world.succeed([1], by: 2, on: "2027-01-01", continuing: 1)
        // Before the day, as before and after: the one joined in its own right when nobody had paid for it.
        world.today = "2026-06-01"
        #expect(try world.run("2026") == ["2 joiningFee 100.00"])
        world.today = "2027-06-01"
        #expect(try world.run("2027") == [])
    }
}
