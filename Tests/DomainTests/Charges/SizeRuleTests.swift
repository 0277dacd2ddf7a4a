import Domain
import Testing

/// Sizes that were used stay (DOMAIN §3, rule 11).
@Suite struct SizeRuleTests {
    @Test func rule11AFrozenFigureHoldsAndAStaleOneWarns() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"))])
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

    /// A placement answers for the class; a price by inhabitants goes by the figure, and an old one warns.
    @Test func rule11APlacementDoesNotHideAStaleFigureThatIsAskedFor() throws {
        let old = Headcount(inhabitants: 20_000, countedOn: try World.day("2020-01-01"))
        let placement = SizePlacement(sizeClass: .large, reason: "r", decision: World.decision)
        let each = PriceModel.perInhabitant(try #require(DecimalFigure("1")), floor: nil, cap: nil)
        for (price, isStale, lines) in [
            (each, true, ["1 annualFee 20000.00"]), (try World.classes("1", "2", "3", "4"), false, ["1 annualFee 3.00"]),
        ] {
            var world = World()
            try world.sheet([try world.row(price)])
            try world.body(1, from: "2020-01-01")
            world.bodies[Identifier(1)]?.sizes = SizeHistory(headcounts: [old], placements: [(2020...2030, placement)])
            #expect(try world.outcomes("2026").flatMap(\.warnings).contains(.stalePopulation) == isStale)
            #expect(try world.run("2026") == lines)
        }
    }

    /// What a posting froze without a figure leaves the figure open, and the class as it was.
    @Test func rule11APlacementThatWasFrozenAloneTakesAFigureLater() throws {
        let new = Headcount(inhabitants: 70_000, countedOn: try World.day("2025-01-01"))
        let placement = SizePlacement(sizeClass: .small, reason: "r", decision: World.decision)
        let frozen = [2026: SizeFact(headcount: nil, placement: placement)]
        let sizes = SizeHistory(headcounts: [new], placements: [(2020...2030, placement)], frozen: frozen)
        #expect(sizes.superseded.isEmpty)
        // A decision that took the placement over is named from then on.
        let decided = [2026: SizeFact(headcount: nil, placement: placement, refrozenBy: World.decision)]
        let refrozen = SizeHistory(headcounts: [new], placements: [(2020...2030, placement)], frozen: decided)
        #expect(refrozen.fact(for: 2026).refrozenBy == World.decision && refrozen.superseded.isEmpty)
        var world = World()
        let each = PriceModel.perInhabitant(try #require(DecimalFigure("1")), floor: nil, cap: nil)
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4")), try world.row(each, component: "each")])
        try world.body(1, from: "2020-01-01")
        world.bodies[Identifier(1)]?.sizes = sizes
        let used = try world.outcomes("2026").flatMap(\.sizes)
        #expect(used.map(\.fact) == [SizeFact(headcount: new, placement: placement)])
        #expect(try world.run("2026") == ["1 annualFee 70001.00"])
        // Another placement since is reported, and changes nothing.
        let other = SizePlacement(sizeClass: .veryLarge, reason: "r", decision: World.decision)
        let changed = SizeHistory(headcounts: [new], placements: [(2020...2030, other)], frozen: frozen)
        #expect(changed.superseded.map(\.year) == [2026])
        world.bodies[Identifier(1)]?.sizes = changed
        #expect(try world.run("2026") == [])
    }

    /// A run that went by a class placed by hand has not used the figure: who asks for it later gets the newest, or the warning.
    @Test func rule11AClassByHandFreezesNoFigure() throws {
        let old = Headcount(inhabitants: 20_000, countedOn: try World.day("2020-01-01"))
        let new = Headcount(inhabitants: 30_000, countedOn: try World.day("2025-01-01"))
        let placement = SizePlacement(sizeClass: .large, reason: "r", decision: World.decision)
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        world.bodies[Identifier(1)]?.sizes = SizeHistory(headcounts: [old], placements: [(2020...2030, placement)])
        let used = try world.outcomes("2026").flatMap(\.sizes)
        #expect(used.map(\.fact) == [SizeFact(headcount: nil, placement: placement)])
        let frozen = [2026: SizeFact(headcount: nil, placement: placement)]
        let later = SizeHistory(headcounts: [old, new], placements: [(2020...2030, placement)], frozen: frozen)
        #expect(later.fact(for: 2026).headcount == new)
    }

    /// A reversal charges afresh, so what was accepted then is accepted again, although the figure is frozen.
    @Test func rule11AFrozenStaleFigureWarnsAgainAfterAReversal() throws {
        for (price, charge, late) in [
            (try World.classes("1", "2", "3", "4"), ChargeKind.annualFee, LateChanges?.none),
            (.shared(try World.kroner("100"), by: .inhabitants), .sharedCost, .settle),
        ] {
            var world = World()
            try world.sheet([try world.row(price, charge: charge)], late: late)
            let old = Headcount(inhabitants: 20_000, countedOn: try World.day("2020-01-01"))
            for index in 1...2 {
                try world.body(index, from: "2020-01-01")
                let frozen = [2026: SizeFact(headcount: old, placement: nil)]
                world.bodies[Identifier(Int64(index))]?.sizes = SizeHistory(headcounts: [old], frozen: frozen)
            }
            // What is frozen and was never taken back has been accepted.
            #expect(try world.outcomes("2026").flatMap(\.warnings).contains(.stalePopulation) == false)
            let posted = try world.run("2026")
            #expect(try world.reverse(invoices: [1, 2], target: "2026").count == 2)
            #expect(try world.outcomes("2026").map { $0.warnings.contains(.stalePopulation) } == [true, true])
            #expect(try world.outcomes("2026").flatMap(\.sizes) == [])
            #expect(try world.run("2026") == posted)
        }
    }

    /// Behind a reversal stands what it took back: what differs from that is told beside it.
    @Test func rule06AfterAReversalTheChangedFigureIsNamedToo() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        let figures = try [20_000, 70_000, 70_000].map { Headcount(inhabitants: $0, countedOn: try World.day("2025-01-01")) }
        var causes: [[Cause]] = []
        for (index, figure) in figures.enumerated() {
            world.bodies[Identifier(1)]?.sizes = SizeHistory(
                headcounts: [figure], frozen: [2026: SizeFact(headcount: figure, placement: nil)])
            causes.append(try world.causes("2026"))
            try world.run("2026")
            // Invoices 1, 3 and 5: a credit note stands between each two.
            try world.reverse(invoices: [Int64(index * 2 + 1)], target: "2026")
        }
        #expect(causes.map(\.count) == [0, 2, 1])
        #expect(causes[1].first == Cause(from: .reversal(run: 1), to: nil))
        guard case .size(let before)? = causes[1].last?.from, case .size(let after)? = causes[1].last?.to else {
            Issue.record("the figure is not named: \(causes[1])")
            return
        }
        #expect([before, after].map(\.fact.headcount?.inhabitants) == [20_000, 70_000])
    }

    /// Where a correction alone is taken back, what it had corrected stands: the next one is told against that; and a reversal names no other reversal.
    @Test func rule06AfterTheReversalOfACorrectionTheChangeIsNamedAgain() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("1", "2", "3", "4"))])
        try world.body(1, from: "2020-01-01")
        func counted(_ inhabitants: Int32) throws {
            let figure = Headcount(inhabitants: inhabitants, countedOn: try World.day("2025-01-01"))
            world.bodies[Identifier(1)]?.sizes = SizeHistory(
                headcounts: [figure], frozen: [2026: SizeFact(headcount: figure, placement: nil)])
        }
        func figures(_ causes: [Cause]) -> [Int32?] {
            causes.flatMap { cause in
                [cause.from, cause.to].compactMap { fact in if case .size(let use)? = fact { use.fact.headcount?.inhabitants } else { nil }
                }
            }
        }
        try counted(20_000)
        #expect(try world.run("2026") == ["1 annualFee 1.00"])
        try counted(70_000)
        #expect(figures(try world.causes("2026")) == [20_000, 70_000])
        #expect(try world.run("2026") == ["1 annualFee 2.00"])
        // Twice: behind the second reversal is the first.
        for correction in [2, 4] as [Int64] {
            #expect(try world.reverse(invoices: [correction], target: "2026") == ["1 annualFee -2.00"])
            let causes = try world.causes("2026")
            #expect(causes.first == Cause(from: .reversal(run: 1), to: nil) && figures(causes) == [20_000, 70_000])
            #expect(try world.run("2026") == ["1 annualFee 2.00"])
        }
        try world.reverse(invoices: [6], target: "2026")
        let party = try #require(try world.outcomes("2026").first?.party)
        let reversed = try PartyOutcome(reversing: 9, [1], of: party, history: world.ledger.history())
        #expect(reversed.documents.flatMap(\.lines).map(\.derivation.causes) == [[Cause(from: nil, to: .reversal(run: 9))]])
    }
}
