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
}
