import Domain
import Testing

/// What a billing period comes to: missed periods, units, rounding, gaps (DOMAIN §3, rules 3, 4, 5 and 10).
@Suite struct PeriodRuleTests {
    /// A year and a half, by months whose last day stands for the last of any.
    @Test(arguments: [
        ("2028", "2027-06-30", false), ("2028", "2027-06-29", true), ("2028", "2027-07-01", false), ("2028", "2027-05-31", true),
        ("2028H1", "2026-12-30", false), ("2028H1", "2026-12-29", true), ("2027", "2026-12-01", false),
    ])
    func rule03ARunLooksEighteenMonthsAhead(target: String, today: String, isTooFar: Bool) throws {
        #expect(try World.period(target).isTooFar(from: try World.day(today)) == isTooFar)
    }

    @Test(arguments: [
        (Int32(25_000), "22000.00", "1980.00", "7700.00"), (60_000, "32000.00", "2880.00", "11200.00"),
        (120_000, "42000.00", "3780.00", "14700.00"), (120_001, "52000.00", "4680.00", "18200.00"),
    ])
    func theEightValghallaPrices(inhabitants: Int32, base: String, member: String, nonMember: String) throws {
        var world = World()
        let row = try world.row(try World.classes("22000", "32000", "42000", "52000"))
        try world.sheet([row], contribution: true, bounds: SizeBounds(small: 25_000, medium: 60_000, large: 120_000))
        try world.body(1, from: "2020-01-01", inhabitants: inhabitants)
        try world.body(2, from: "2020-01-01", memberFrom: nil, inhabitants: inhabitants)
        #expect(
            try world.run("2026") == [
                "1 annualFee \(base)", "1 contribution \(member)", "2 annualFee \(base)", "2 contribution \(nonMember)",
            ])
    }

    @Test func rule03MissedPeriodsComeAlongAtTheirOwnPrices() throws {
        var world = World()
        try world.sheet([
            try world.row(try World.amount("100"), until: "2026-12-31"),
            try world.row(try World.amount("200"), from: "2027-01-01", until: "2027-12-31"),
            try world.row(try World.amount("300"), from: "2028-01-01"),
        ])
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2028") == ["1 annualFee 100.00", "1 annualFee 200.00", "1 annualFee 300.00"])
    }

    @Test func rule04AHalfYearByDaysAndTheContributionAsADifference() throws {
        for (first, lines) in [
            ("2026-03-15", ["1 annualFee 9546.96", "1 contribution 859.23"]),
            ("2028-03-15", ["1 annualFee 9494.51", "1 contribution 854.50"]),
        ] {
            var world = World()
            world.chargesBegin = "\(first.prefix(4))-01-01"
            try world.sheet([try world.row(try World.amount("32000"))], frequency: .halfYearly, contribution: true)
            try world.body(1, from: first)
            #expect(try world.run("\(first.prefix(4))H1") == lines)
        }
    }

    /// A period cut into parts at any days, each at the same price, comes to what it came to whole, with the contribution; on whatever policy, whoever joined and left when.
    @Test func rule05SplittingAPeriodNeverChangesItsTotal() throws {
        let year = try World.period("2026").days
        for seed in 8_000..<9_000 as Range<UInt64> {
            var random = SeededGenerator(seed: seed)
            func day() throws -> CivilDate { try #require(year.first.adding(days: Int.random(in: 1...363, using: &random))) }
            let price = PriceModel.amount(Money(minorUnits: Int64.random(in: 1...9_999_999, using: &random)))
            let policy = try #require(ProRata.allCases.randomElement(using: &random))
            let frequency: BillingFrequency = Bool.random(using: &random) ? .yearly : .halfYearly
            let joined = Bool.random(using: &random) ? "2020-01-01" : try day().description
            let left = Bool.random(using: &random) ? nil : try day().description
            let cuts = Set(try (0..<Int.random(in: 1...5, using: &random)).map { _ in try day() }).sorted()
            func totals(_ cuts: [CivilDate]) throws -> [ChargeKind: Int64] {
                var world = World()
                var (rows, first): ([RateRow], String) = ([], "2015-01-01")
                for cut in cuts {
                    rows.append(try world.row(price, from: first, until: try #require(cut.adding(days: -1)).description))
                    first = cut.description
                }
                rows.append(try world.row(price, from: first))
                try world.sheet(rows, frequency: frequency, proRata: policy, contribution: true)
                try world.body(1, from: joined, until: left.flatMap { $0 > joined ? $0 : nil })
                return try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines).reduce(into: [:]) {
                    $0[$1.key.charge, default: 0] += $1.net.minorUnits
                }
            }
            let whole = try totals([])
            #expect(try totals(cuts) == whole, "seed \(seed)")
            #expect(whole[.annualFee] != nil || left != nil, "seed \(seed)")
        }
    }

    @Test(arguments: [
        (ProRata.startedMonths, "2026-06-10", "14583.33"), (.none, "2026-06-10", "25000.00"), (.halfYear, "2026-06-10", "25000.00"),
        (.halfYear, "2026-07-01", "12500.00"), (.days, "2026-12-31", "68.49"), (.startedMonths, "2026-12-31", "2083.33"),
    ])
    func rule04EveryPolicyHasItsUnits(policy: ProRata, first: String, owed: String) throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("25000"))], proRata: policy)
        try world.body(1, from: first)
        #expect(try world.run("2026") == ["1 annualFee \(owed)"])
    }

    @Test func rule04TwoSpellsInOnePeriodAreOneKey() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2026-01-01", until: "2026-01-31")
        try world.body(1, from: "2026-12-01")
        #expect(try world.run("2026") == ["1 annualFee 6200.00"])
    }

    @Test func rule04APassiveParticipantPaysAThird() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("34880"))])
        try world.body(1, from: "2020-01-01", forms: FormHistory(.passive))
        #expect(try world.run("2026") == ["1 annualFee 11626.67"])
    }

    @Test(arguments: [BillingFrequency.yearly, .halfYearly])
    func rule04ContributionFollowsMembershipOnThePeriodsFirstDay(frequency: BillingFrequency) throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("32000"))], frequency: frequency, contribution: true)
        try world.body(1, from: "2020-01-01", memberFrom: "2026-07-01")
        if frequency == .yearly {
            #expect(try world.run("2026") == ["1 annualFee 32000.00", "1 contribution 11200.00"])
            #expect(try world.run("2027") == ["1 annualFee 32000.00", "1 contribution 2880.00"])
        } else {
            #expect(try world.run("2026H1") == ["1 annualFee 16000.00", "1 contribution 5600.00"])
            #expect(try world.run("2026") == ["1 annualFee 16000.00", "1 contribution 1440.00"])
        }
    }

    @Test func rule05TwoHalvesAreTheYearAndTheOddOreIsTheFirsts() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("34880.01"))], frequency: .halfYearly)
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026H1") == ["1 annualFee 17440.01"])
        #expect(try world.run("2026") == ["1 annualFee 17440.00"])
    }

    @Test func rule05APriceThatChangesInsideAYearIsTwoPartsOfOneKey() throws {
        var world = World()
        let rows = [
            try world.row(try World.amount("34880"), until: "2026-09-30"), try world.row(try World.amount("36000"), from: "2026-10-01"),
        ]
        try world.sheet(rows)
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026") == ["1 annualFee 26088.33", "1 annualFee 9073.97"])
    }

    @Test func componentsAreAddedAndRoundedOnce() throws {
        var world = World()
        let figure = try #require(DecimalFigure("1.234"))
        let rows = [
            try world.row(try World.amount("1000.00"), component: "base"),
            try world.row(.perInhabitant(figure, floor: nil, cap: try World.kroner("5000")), component: "each"),
            try world.row(.fraction(try #require(Ratio(1, over: 3)), of: "base"), component: "third"),
        ]
        try world.sheet(rows)
        try world.body(1, from: "2020-01-01", inhabitants: 1001)
        try world.body(2, from: "2020-01-01", inhabitants: 10_000)
        // 1000 + 1235.234 + 333.333…, and 1000 + 5000 (cap) + 333.333….
        #expect(try world.run("2026") == ["1 annualFee 2568.57", "2 annualFee 6333.33"])
    }

    @Test func rule10AGapInPricesParksAndAMissingSheetToo() throws {
        var world = World()
        try world.sheet(
            [
                try world.row(try World.amount("100"), until: "2026-05-31"), try world.row(try World.amount("200"), from: "2026-07-01"),
            ], contribution: true, until: "2026-12-31")
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2027") == [])
        #expect(
            try world.parked("2027") == ["1 annualFee NO_PRICE", "1 annualFee NO_PRICE", "1 contribution NO_PRICE"])
    }

    @Test func rule10UnknownSizesPark() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        #expect(try world.parked("2026") == ["1 annualFee NO_SIZE_CLASS"])
    }

    @Test func rule10APriceThatRunsOutParksAndNothingIsGivenBack() throws {
        for frequency in BillingFrequency.allCases {
            var world = World()
            try world.sheet(
                [
                    try world.row(try World.amount("100"), until: "2026-12-31"),
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

    @Test func aSupplierPaysWhatItsSheetSaysAndNothingWithoutOne() throws {
        var world = World()
        try world.body(1, from: "2026-07-01", memberFrom: nil, subject: .supplier)
        #expect(try world.run("2026") == [])
        #expect(try world.parked("2026") == [])
        try world.sheet(
            [try world.row(try World.amount("5000"), charge: .supplierFee)], proRata: .halfYear, subject: .supplier)
        #expect(try world.run("2026") == ["1 supplierFee 2500.00"])
    }

    @Test func rule01EveryProductChargeAndPeriodIsAKeyOfItsOwn() throws {
        var world = World()
        let other = Subject.product(Identifier(2))
        for subject in [World.product, other] {
            try world.sheet(
                [try world.row(try World.amount("100")), try world.row(try World.amount("7"), charge: .joiningFee, component: "join")],
                frequency: .halfYearly, contribution: true, subject: subject)
        }
        try world.body(1, from: "2026-01-01")
        try world.body(1, from: "2026-07-01", subject: other)
        world.dues = [2026: try World.kroner("25000")]
        let keys = try world.outcomes("2026", .all).flatMap(\.documents).flatMap(\.lines).map(\.key)
        #expect(Set(keys).count == keys.count)
        #expect(
            keys.map { "\($0.subject) \($0.charge) \($0.period?.description ?? "ever")" } == [
                "association dues 2026", "product:1 joiningFee ever", "product:1 annualFee 2026H1", "product:1 contribution 2026H1",
                "product:1 annualFee 2026H2", "product:1 contribution 2026H2", "product:2 joiningFee ever", "product:2 annualFee 2026H2",
                "product:2 contribution 2026H2",
            ])
    }

    @Test func rule02OwedIsNeverNegativeHoweverMuchWasCreditedByHand() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("100"))])
        try world.body(1, from: "2026-01-01")
        let key = ChargeKey(organisation: Identifier(1), subject: World.product, charge: .annualFee, period: try World.period("2026"))
        world.bodies[Identifier(1)]?.adjustments[key] = [
            Adjustment(id: Identifier(1), amount: try World.kroner("500"), reason: "goodwill", decision: World.decision)
        ]
        #expect(try world.run("2026") == [])
    }

    @Test func rule03ChargesThatBeginInMidYearLeaveTheYearlyFeeToTheNextYear() throws {
        for (frequency, lines) in [(BillingFrequency.yearly, [String]()), (.halfYearly, ["1 annualFee 50.00"])] {
            var world = World()
            world.chargesBegin = "2026-07-01"
            try world.sheet([try world.row(try World.amount("100"))], frequency: frequency)
            try world.body(1, from: "2020-01-01")
            #expect(try world.parked("2026") == [])
            #expect(try world.run("2026") == lines)
            #expect(try !world.run("2027").isEmpty)
        }
    }

    @Test func rule16ALineRunsFromTheFirstToTheLastLivingDayAndAGapDoesNotPartIt() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2026-01-05", until: "2026-01-31")
        try world.body(1, from: "2026-12-01", until: "2026-12-30")
        let lines = try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines)
        #expect(lines.map { "\($0.covers.first)–\($0.covers.last) \($0.net)" } == ["2026-01-05–2026-12-30 5700.00"])
    }

    /// A hole in a component parks whoever lives in it, also where it reaches over a year's end, and nobody else.
    @Test func rule10AGapOverAYearsEndParksBothYears() throws {
        var world = World()
        try world.sheet([
            try world.row(try World.amount("36500"), component: "drift", until: "2027-03-31"),
            try world.row(try World.amount("36500"), component: "drift", from: "2028-04-01"),
            try world.row(try World.amount("3650"), component: "support"),
        ])
        try world.body(1, from: "2020-01-01")
        try world.body(2, from: "2027-01-01", until: "2027-01-31")
        #expect(try world.run("2026") == ["1 annualFee 40150.00"])
        #expect(try world.run("2028") == ["2 annualFee 3410.00"])
        #expect(try world.parked("2028") == ["1 annualFee NO_PRICE", "1 annualFee NO_PRICE"])
    }
}
