import Domain
import Testing

/// Shared totals and what goes by the number of participants (DOMAIN §3, rule 9).
@Suite struct ShareRuleTests {
    @Test func rule09SharesByInhabitantsAddUpToTheTotal() throws {
        var world = World()
        try world.sheet([try world.row(.shared(try World.kroner("500000"), by: .inhabitants), charge: .sharedCost)], late: .nextPeriod)
        for (index, inhabitants) in [Int32(24_999), 60_001, 120_001, 352_751].enumerated() {
            try world.body(index + 1, from: "2020-01-01", inhabitants: inhabitants)
        }
        #expect(
            try world.run("2026") == [
                "1 sharedCost 22410.50", "2 sharedCost 53788.24", "3 sharedCost 107575.59", "4 sharedCost 316225.67",
            ])
    }

    @Test(arguments: [(3, ["33333.34", "33333.33", "33333.33"]), (7, ["14285.72", "14285.72", "14285.72", "14285.71"])])
    func rule09EqualSharesGiveTheOddOreInOrderOfCVR(count: Int, first: [String]) throws {
        var world = World()
        try world.sheet([try world.row(.shared(try World.kroner("100000"), by: .equal), charge: .sharedCost)], late: .settle)
        for index in (1...count).reversed() { try world.body(index, from: "2020-01-01") }
        let lines = try world.run("2026")
        #expect(Array(lines.prefix(first.count)) == first.enumerated().map { "\($0.offset + 1) sharedCost \($0.element)" })
        #expect(lines.count == count)
    }

    /// Ten share 100,000.00; on 1 July the tenth leaves and an eleventh joins, after the year was posted.
    private static func changedAfterPosting(_ late: LateChanges) throws -> (World, [String]) {
        var world = World()
        try world.sheet([try world.row(.shared(try World.kroner("100000"), by: .equal), charge: .sharedCost)], late: late)
        for index in 1...10 { try world.body(index, from: "2020-01-01") }
        try world.run("2026")
        let tenth = Identifier<Organisation>(10)
        world.bodies[tenth]?.participations.removeLast()
        try world.body(10, from: "2020-01-01", until: "2026-06-30")
        try world.body(11, from: "2026-07-01")
        return (world, try world.run("2026"))
    }

    @Test func rule09NextPeriodLeavesTheOthersAlone() throws {
        // Who leaves owes the whole share; who joins owes 100,000 × 1/11 × 184/365.
        let (_, lines) = try Self.changedAfterPosting(.nextPeriod)
        #expect(lines == ["11 sharedCost 4582.81"])
    }

    @Test func rule09SettleSharesTheTotalWholeAmongAllByTime() throws {
        let (world, lines) = try Self.changedAfterPosting(.settle)
        // Half a year each: together the tenth and the eleventh weigh exactly one, so nobody else's share moves.
        #expect(lines == ["10 sharedCost -5041.10", "11 sharedCost 5041.10"])
        #expect(world.ledger.balances.values.reduce(0) { $0 + $1.minorUnits } == 10_000_000)
    }

    @Test func rule09OneUnknownWeightParksTheTotalForAll() throws {
        var world = World()
        try world.sheet([try world.row(.shared(try World.kroner("100"), by: .inhabitants), charge: .sharedCost)], late: .nextPeriod)
        try world.body(1, from: "2020-01-01", inhabitants: 10)
        try world.body(2, from: "2020-01-01")
        #expect(try world.run("2026") == [])
        #expect(try world.parked("2026") == ["1 sharedCost SHARE_INCOMPLETE", "2 sharedCost SHARE_INCOMPLETE"])
        #expect(try world.outcomes("2026").flatMap(\.parked).map(\.missing) == [["Body 2"], ["Body 2"]])
        // A joiner of unknown weight parks only its own keys.
        world.bodies[Identifier(2)]?.participations.removeLast()
        try world.body(2, from: "2026-05-01")
        #expect(try world.run("2026") == ["1 sharedCost 100.00"])
        #expect(try world.parked("2026") == ["2 sharedCost SHARE_INCOMPLETE"])
    }

    @Test func rule09StepsCountTheActiveOnThePeriodsFirstDay() throws {
        var world = World()
        let steps = [PriceStep(from: 1, amount: try World.kroner("30000")), PriceStep(from: 3, amount: try World.kroner("20000"))]
        try world.sheet([try world.row(.stepDown(steps))])
        try world.body(1, from: "2020-01-01")
        try world.body(2, from: "2020-01-01")
        try world.body(
            3, from: "2020-01-01", forms: FormHistory(.passive, changes: [.init(from: try World.day("2027-01-01"), form: .active)]))
        #expect(try world.run("2026") == ["1 annualFee 30000.00", "2 annualFee 30000.00", "3 annualFee 10000.00"])
        #expect(try world.run("2027") == ["1 annualFee 20000.00", "2 annualFee 20000.00", "3 annualFee 20000.00"])
    }

    @Test func rule09APassiveParticipantWeighsAFraction() throws {
        for late in LateChanges.allCases {
            var world = World()
            try world.sheet([try world.row(.shared(try World.kroner("700"), by: .equal), charge: .sharedCost)], late: late)
            try world.body(1, from: "2020-01-01")
            try world.body(2, from: "2020-01-01")
            try world.body(3, from: "2020-01-01", forms: FormHistory(.passive))
            #expect(try world.run("2026") == ["1 sharedCost 300.00", "2 sharedCost 300.00", "3 sharedCost 100.00"])
        }
    }

    @Test func rule09ATotalThatChangesInsideAPeriodIsTheSumOverItsUnits() throws {
        var world = World()
        try world.sheet(
            [
                try world.row(.shared(try World.kroner("3650"), by: .equal), charge: .sharedCost, until: "2026-09-30"),
                try world.row(.shared(try World.kroner("7300"), by: .equal), charge: .sharedCost, from: "2026-10-01"),
            ], late: .settle)
        try world.body(1, from: "2020-01-01")
        try world.body(2, from: "2020-01-01")
        // 273 days at 10 and 92 at 20.
        #expect(try world.run("2026") == ["1 sharedCost 2285.00", "2 sharedCost 2285.00"])
    }

    /// Who is there on the first day weighs nothing; who joins later weighs all there is.
    @Test func rule09AJoinerOfAWeightlessTotalOwesAllOfItForItsUnits() throws {
        var world = World()
        let weights = ShareKey.given([Identifier(1): 0, Identifier(2): 5])
        try world.sheet([try world.row(.shared(try World.kroner("3650"), by: weights), charge: .sharedCost)], late: .nextPeriod)
        try world.body(1, from: "2020-01-01")
        #expect(try world.terms("2026").unshared.map(\.total.description) == ["3650.00"])
        #expect(try world.run("2026") == [])
        try world.body(2, from: "2026-12-22")
        #expect(try world.terms("2026").unshared == [])
        #expect(try world.run("2026") == ["2 sharedCost 100.00"])
    }

    @Test func aTotalWithoutParticipantsIsSaidAndGivesNoLines() throws {
        var world = World()
        try world.sheet(
            [try world.row(.shared(try World.kroner("100"), by: .inhabitants), charge: .sharedCost, component: "total")], late: .settle,
            from: "2026-01-01")
        #expect(try world.run("2027") == [])
        let unshared = try world.terms("2027").unshared
        #expect(
            unshared.map { "\($0.subject) \($0.component) \($0.period) \($0.total)" } == [
                "product:1 total 2026 100.00", "product:1 total 2027 100.00",
            ])
    }

    /// A total that begins beside another is shared from its first day; one with a hole parks.
    @Test func rule09ATotalMayBeginInsideAPeriodBesideOthersAndNeverHasAHole() throws {
        for (later, lines) in [("2026-07-01", ["1 sharedCost 118400.00"]), (nil, [String]())] {
            var world = World()
            func total(_ kroner: String, _ component: String, _ from: String, _ until: String? = nil) throws -> RateRow {
                try world.row(
                    .shared(try World.kroner(kroner), by: .equal), charge: .sharedCost, component: component, from: from, until: until)
            }
            var rows = [try total("100000", "drift", "2015-01-01")]
            if let later {
                rows.append(try total("36500", "udvikling", later))
            } else {
                rows += [try total("36500", "udvikling", "2015-01-01", "2026-05-31"), try total("36500", "udvikling", "2027-02-01")]
            }
            try world.sheet(rows, late: .settle)
            try world.body(1, from: "2020-01-01")
            #expect(try world.run("2026") == lines)
            #expect(try world.parked("2026").isEmpty == !lines.isEmpty)
        }
    }
}
