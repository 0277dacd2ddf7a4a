import Domain
import Testing

/// The cost-sharing engine against the exact numbers of its rules (DOMAIN §3, "The difference, exactly"); each name begins with the rule's number.
@Suite struct CostSharingTests {
    private static func classes(_ small: String, _ medium: String, _ large: String, _ veryLarge: String) throws -> PriceModel {
        .perClass(
            ClassTable(
                small: try World.kroner(small), medium: try World.kroner(medium), large: try World.kroner(large),
                veryLarge: try World.kroner(veryLarge)))
    }

    private static func amount(_ text: String) throws -> PriceModel { .amount(try World.kroner(text)) }

    @Test(arguments: [
        (Int32(25_000), "22000.00", "1980.00", "7700.00"), (60_000, "32000.00", "2880.00", "11200.00"),
        (120_000, "42000.00", "3780.00", "14700.00"), (120_001, "52000.00", "4680.00", "18200.00"),
    ])
    func theEightValghallaPrices(inhabitants: Int32, base: String, member: String, nonMember: String) throws {
        var world = World()
        let row = try world.row(try Self.classes("22000", "32000", "42000", "52000"))
        try world.sheet([row], contribution: true, bounds: SizeBounds(small: 25_000, medium: 60_000, large: 120_000))
        try world.body(1, from: "2020-01-01", inhabitants: inhabitants)
        try world.body(2, from: "2020-01-01", memberFrom: nil, inhabitants: inhabitants)
        #expect(
            try world.run("2026") == [
                "1 annualFee \(base)", "1 contribution \(member)", "2 annualFee \(base)", "2 contribution \(nonMember)",
            ])
    }

    @Test func rule04AHalfYearByDaysAndTheContributionAsADifference() throws {
        for (first, lines) in [
            ("2026-03-15", ["1 annualFee 9546.96", "1 contribution 859.23"]),
            ("2028-03-15", ["1 annualFee 9494.51", "1 contribution 854.50"]),
        ] {
            var world = World()
            world.chargesBegin = "\(first.prefix(4))-01-01"
            try world.sheet([try world.row(try Self.amount("32000"))], frequency: .halfYearly, contribution: true)
            try world.body(1, from: first)
            #expect(try world.run("\(first.prefix(4))H1") == lines)
        }
    }

    @Test func rule05TwoHalvesAreTheYearAndTheOddOreIsTheFirsts() throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("34880.01"))], frequency: .halfYearly)
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026H1") == ["1 annualFee 17440.01"])
        #expect(try world.run("2026") == ["1 annualFee 17440.00"])
    }

    @Test func rule05APriceThatChangesInsideAYearIsTwoPartsOfOneKey() throws {
        var world = World()
        let rows = [
            try world.row(try Self.amount("34880"), until: "2026-09-30"), try world.row(try Self.amount("36000"), from: "2026-10-01"),
        ]
        try world.sheet(rows)
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026") == ["1 annualFee 26088.33", "1 annualFee 9073.97"])
    }

    @Test func rule06TheSameChangeAfterPostingIsOneCorrectionThatNamesIt() throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("34880"))])
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026") == ["1 annualFee 34880.00"])
        world.sheets = []
        let rows = [
            try world.row(try Self.amount("34880"), until: "2026-09-30"), try world.row(try Self.amount("36000"), from: "2026-10-01"),
        ]
        try world.sheet(rows)
        #expect(try world.causes("2026").count == 2)
        let line = try #require(try world.outcomes("2026").flatMap(\.documents).first?.lines.first)
        let year = try World.period("2026").days
        #expect(line.isCorrection && line.covers == year)
        #expect(line.derivation.before?.owed == (try World.kroner("34880")))
        #expect(try world.run("2026") == ["1 annualFee 282.30"])
        #expect(try world.run("2026") == [])
    }

    @Test(arguments: [
        (ProRata.startedMonths, "2026-06-10", "14583.33"), (.none, "2026-06-10", "25000.00"), (.halfYear, "2026-06-10", "25000.00"),
        (.halfYear, "2026-07-01", "12500.00"), (.days, "2026-12-31", "68.49"), (.startedMonths, "2026-12-31", "2083.33"),
    ])
    func rule04EveryPolicyHasItsUnits(policy: ProRata, first: String, owed: String) throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("25000"))], proRata: policy)
        try world.body(1, from: first)
        #expect(try world.run("2026") == ["1 annualFee \(owed)"])
    }

    @Test func rule04TwoSpellsInOnePeriodAreOneKey() throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("36500"))])
        try world.body(1, from: "2026-01-01", until: "2026-01-31")
        try world.body(1, from: "2026-12-01")
        #expect(try world.run("2026") == ["1 annualFee 6200.00"])
    }

    @Test func rule04APassiveParticipantPaysAThird() throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("34880"))])
        try world.body(1, from: "2020-01-01", forms: FormHistory(.passive))
        #expect(try world.run("2026") == ["1 annualFee 11626.67"])
    }

    @Test(arguments: [BillingFrequency.yearly, .halfYearly])
    func rule04ContributionFollowsMembershipOnThePeriodsFirstDay(frequency: BillingFrequency) throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("32000"))], frequency: frequency, contribution: true)
        try world.body(1, from: "2020-01-01", memberFrom: "2026-07-01")
        if frequency == .yearly {
            #expect(try world.run("2026") == ["1 annualFee 32000.00", "1 contribution 11200.00"])
            #expect(try world.run("2027") == ["1 annualFee 32000.00", "1 contribution 2880.00"])
        } else {
            #expect(try world.run("2026H1") == ["1 annualFee 16000.00", "1 contribution 5600.00"])
            #expect(try world.run("2026") == ["1 annualFee 16000.00", "1 contribution 1440.00"])
        }
    }

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

    @Test func componentsAreAddedAndRoundedOnce() throws {
        var world = World()
        let figure = try #require(DecimalFigure("1.234"))
        let rows = [
            try world.row(try Self.amount("1000.00"), component: "base"),
            try world.row(.perInhabitant(figure, floor: nil, cap: try World.kroner("5000")), component: "each"),
            try world.row(.fraction(try #require(Ratio(1, over: 3)), of: "base"), component: "third"),
        ]
        try world.sheet(rows)
        try world.body(1, from: "2020-01-01", inhabitants: 1001)
        try world.body(2, from: "2020-01-01", inhabitants: 10_000)
        // 1000 + 1235.234 + 333.333…, and 1000 + 5000 (cap) + 333.333….
        #expect(try world.run("2026") == ["1 annualFee 2568.57", "2 annualFee 6333.33"])
    }

    @Test(arguments: [
        ("2020-02-01", "60000.00"), ("2020-02-02", "120000.00"), ("2020-12-31", "120000.00"), ("2021-01-01", "240000.00"),
        ("2018-05-01", "60000.00"),
    ])
    func rule14TheJoiningFeeIsTheSigningDates(signed: String, fee: String) throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        try world.body(1, from: "2026-05-01", signed: signed)
        #expect(try world.run("2026") == ["1 joiningFee \(fee)"])
        #expect(try world.run("2027") == [])
    }

    private static func joiningRows(_ world: inout World) throws -> [RateRow] {
        [
            try world.row(try amount("60000"), charge: .joiningFee, component: "join", from: "2019-01-01", until: "2020-02-01"),
            try world.row(try amount("120000"), charge: .joiningFee, component: "join", from: "2020-02-02", until: "2020-12-31"),
            try world.row(try amount("240000"), charge: .joiningFee, component: "join", from: "2021-01-01"),
        ]
    }

    @Test func rule14APassiveParticipantsFeeIsLockedUntilItBecomesActive() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        let forms = FormHistory(.passive, changes: [.init(from: try World.day("2028-03-01"), form: .active)])
        try world.body(1, from: "2020-01-01", forms: forms, signed: "2019-12-01")
        #expect(try world.run("2027") == [])
        #expect(try world.run("2028") == ["1 joiningFee 60000.00"])
    }

    @Test func rule14PaidPledgesReduceTheFeeAndTheLineShowsTheProof() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        for (index, reduction) in [PledgeReduction.amount, .whole, .nothing].enumerated() {
            try world.body(index + 1, from: "2026-05-01", signed: "2019-06-01")
            world.bodies[Identifier(Int64(index + 1))]?.pledges = [
                Pledge(
                    id: Identifier(Int64(index + 1)), project: Identifier(1), projectName: "P", product: Identifier(1),
                    amount: try World.kroner("30000"), decision: World.decision, reachedOn: try World.day("2019-01-01"),
                    paidOn: try World.day("2019-03-01"), proof: "faktura 7", reduction: reduction)
            ]
        }
        let waived = try world.outcomes("2026").flatMap(\.waived)
        #expect(waived.map(\.key.organisation) == [Identifier(2)] && waived.first?.derivation.reductions.first?.proof == "faktura 7")
        #expect(try world.run("2026") == ["1 joiningFee 30000.00", "3 joiningFee 60000.00"])
    }

    @Test func rule14LeavingDoesNotLowerTheFeeButAWrongFactDoes() throws {
        var world = World()
        try world.sheet(try Self.joiningRows(&world))
        try world.body(1, from: "2026-05-01", signed: "2021-06-01")
        try world.run("2026")
        world.bodies[Identifier(1)]?.participations.removeLast()
        try world.body(1, from: "2026-05-01", until: "2026-12-31", signed: "2021-06-01")
        #expect(try world.run("2027") == [])
        world.bodies[Identifier(1)]?.participations.removeLast()
        try world.body(1, from: "2026-05-01", signed: "2020-06-01")
        #expect(try world.run("2027") == ["1 joiningFee -120000.00"])
    }

    @Test func rule03MissedPeriodsComeAlongAtTheirOwnPrices() throws {
        var world = World()
        try world.sheet([
            try world.row(try Self.amount("100"), until: "2026-12-31"),
            try world.row(try Self.amount("200"), from: "2027-01-01", until: "2027-12-31"),
            try world.row(try Self.amount("300"), from: "2028-01-01"),
        ])
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2028") == ["1 annualFee 100.00", "1 annualFee 200.00", "1 annualFee 300.00"])
    }

    @Test func rule10AGapInPricesParksAndAMissingSheetToo() throws {
        var world = World()
        try world.sheet(
            [
                try world.row(try Self.amount("100"), until: "2026-05-31"), try world.row(try Self.amount("200"), from: "2026-07-01"),
            ], contribution: true, until: "2026-12-31")
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2027") == [])
        #expect(
            try world.parked("2027") == ["1 annualFee NO_PRICE", "1 annualFee NO_PRICE", "1 contribution NO_PRICE"])
    }

    @Test func rule10UnknownSizesPark() throws {
        var world = World()
        try world.sheet([try world.row(try Self.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        #expect(try world.parked("2026") == ["1 annualFee NO_SIZE_CLASS"])
    }

    @Test func rule11AFrozenFigureHoldsAndAStaleOneWarns() throws {
        var world = World()
        try world.sheet([try world.row(try Self.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        let old = Headcount(inhabitants: 20_000, countedOn: try World.day("2020-01-01"))
        let new = Headcount(inhabitants: 70_000, countedOn: try World.day("2025-01-01"))
        world.bodies[Identifier(1)]?.sizes = SizeHistory(headcounts: [old])
        let stale = try #require(try world.outcomes("2026").first)
        #expect(stale.warnings.contains(.stalePopulation) && stale.sizes.map(\.year) == [2026])
        try world.run("2026")
        world.bodies[Identifier(1)]?.sizes = SizeHistory(headcounts: [old, new], frozen: [2026: SizeFact(headcount: old, placement: nil)])
        #expect(try world.run("2026") == [])
        #expect(world.bodies[Identifier(1)]?.sizes.superseded.map(\.year) == [2026])
        #expect(try world.run("2027") == ["1 annualFee 3.00"])
    }

    @Test func rule15APredecessorKeepsTheBegunPeriodAndTheSuccessorOwesFromTheNext() throws {
        var world = World()
        try world.sheet([try world.row(try Self.amount("36500"))])
        let (old, new) = (Identifier<Organisation>(1), Identifier<Organisation>(2))
        let on = try World.day("2026-07-01")
        world.bodies[old] = World.Body(
            name: "Old", cvr: try World.cvr(1),
            participations: [
                Participation(
                    agreement: Identifier(1), subject: World.product, term: try World.term("2020-01-01", "2026-06-30"), signedOn: on,
                    isSucceeded: true)
            ])
        world.bodies[new] = World.Body(
            name: "New", cvr: try World.cvr(2),
            participations: [
                Participation(
                    agreement: Identifier(2), subject: World.product, term: try World.term("2026-07-01"), signedOn: on, isTakenOver: true)
            ])
        world.heirs = [old: new]
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

    @Test func rule06ARiseAfterAFallAndTheNewestLineFirst() throws {
        var world = World()
        try world.body(1, from: "2020-01-01")
        for (price, lines) in [
            ("1000", ["1 annualFee 1000.00"]), ("900", ["1 annualFee -100.00"]), ("950", ["1 annualFee 50.00"]),
            ("800", ["1 annualFee -100.00", "1 annualFee -50.00"]),
        ] {
            world.sheets = []
            try world.sheet([try world.row(try Self.amount(price))])
            #expect(try world.run("2026") == lines)
        }
    }

    @Test func rule06ClassAndPriceChangedTogetherAreBothNamed() throws {
        var world = World()
        try world.sheet([try world.row(try Self.classes("100", "200", "300", "400"))])
        try world.body(1, from: "2020-01-01", inhabitants: 10_000)
        try world.run("2026")
        world.sheets = []
        try world.sheet([try world.row(try Self.classes("110", "220", "330", "440"))])
        try world.body(1, from: nil, inhabitants: 50_000)
        let subjects = try world.causes("2026").compactMap(\.to).map { fact in
            switch fact {
            case .row: "row"
            case .size: "size"
            default: "other"
            }
        }
        #expect(subjects.sorted() == ["row", "size"])
        #expect(try world.run("2026") == ["1 annualFee 120.00"])
    }

    @Test func aLargeChangeIsAWarningToAccept() throws {
        var world = World()
        world.changeWarning = 20
        try world.sheet([
            try world.row(try Self.amount("1000"), until: "2026-12-31"),
            try world.row(try Self.amount("1200"), from: "2027-01-01", until: "2027-12-31"),
            try world.row(try Self.amount("1441"), from: "2028-01-01"),
        ])
        try world.body(1, from: "2020-01-01")
        try world.run("2026")
        #expect(try world.outcomes("2027").flatMap(\.warnings) == [.noAddress])
        try world.run("2027")
        #expect(try world.outcomes("2028").flatMap(\.warnings) == [.noAddress, .largeChange])
    }

    @Test func aSupplierPaysWhatItsSheetSaysAndNothingWithoutOne() throws {
        var world = World()
        try world.body(1, from: "2026-07-01", memberFrom: nil, subject: .supplier)
        #expect(try world.run("2026") == [])
        #expect(try world.parked("2026") == [])
        try world.sheet(
            [try world.row(try Self.amount("5000"), charge: .supplierFee)], proRata: .halfYear, subject: .supplier)
        #expect(try world.run("2026") == ["1 supplierFee 2500.00"])
    }

    @Test(arguments: 0..<200)
    func theOrderInWhichThingsWereRecordedChangesNothing(round: Int) throws {
        var random = SeededGenerator(seed: UInt64(7_000 + round))
        var world = World()
        let figure = Int64.random(in: 1...9_999_999, using: &random)
        let rows = [
            try world.row(.amount(Money(minorUnits: figure)), until: "2026-05-31"),
            try world.row(.amount(Money(minorUnits: figure / 3)), from: "2026-06-01"),
            try world.row(.shared(Money(minorUnits: figure), by: .inhabitants), charge: .sharedCost, component: "shared"),
        ]
        let late = try #require(LateChanges.allCases.randomElement(using: &random))
        try world.sheet(rows, proRata: .days, late: late, contribution: true)
        var steps: [(body: Int, first: String, last: String?, inhabitants: Int32)] = []
        for index in 1...6 {
            // Equal numbers of inhabitants make ties, which go by CVR number and not by the order of arrival.
            let inhabitants = Int32.random(in: 1...3, using: &random) * 10_000
            steps.append((index, "2026-0\(Int.random(in: 1...3, using: &random))-15", "2026-06-30", inhabitants))
            if Bool.random(using: &random) { steps.append((index, "2026-09-01", nil, inhabitants)) }
        }
        var other = world
        for step in steps { try world.body(step.body, from: step.first, until: step.last, inhabitants: step.inhabitants) }
        for step in steps.shuffled(using: &random) {
            try other.body(step.body, from: step.first, until: step.last, inhabitants: step.inhabitants)
        }
        let lines = try world.run("2026")
        #expect(try other.run("2026") == lines, "seed \(7_000 + round)")
    }

    @Test func rule10APriceThatRunsOutParksAndNothingIsGivenBack() throws {
        for frequency in BillingFrequency.allCases {
            var world = World()
            try world.sheet(
                [
                    try world.row(try Self.amount("100"), until: "2026-12-31"),
                    try world.row(
                        .shared(try World.kroner("50"), by: .equal), charge: .sharedCost, component: "shared", until: "2026-12-31"),
                ], frequency: frequency, late: .settle, contribution: true)
            try world.body(1, from: "2020-01-01")
            #expect(try !world.run("2026").isEmpty)
            #expect(try world.run("2027") == [])
            let reasons = try world.parked("2027")
            #expect(reasons.contains("1 annualFee NO_PRICE") && reasons.contains("1 sharedCost NO_PRICE"))
            // Without any sheet the same holds, for what is posted already too.
            world.sheets = []
            #expect(try world.run("2027") == [])
            #expect(try world.parked("2027").allSatisfy { $0.hasSuffix("NO_PRICE") })
        }
    }
}
