import Domain
import Testing

/// What the public *takstblad* prints, to the øre; and the values it is made of.
@Suite struct PriceListTests {
    private func money(_ kroner: Int64) -> Money { Money(minorUnits: kroner * 100) }

    private func sheet(_ prices: [(String, ChargeKind, PriceModel)], carriesContribution: Bool = true) throws -> RateSheet {
        let first = try #require(CivilDate("2023-01-01"))
        let (term, third) = (try #require(Term(first: first, last: nil)), try #require(Ratio(1, over: 3)))
        let decision = DecisionReference(id: Identifier(1), reference: "D")
        return try #require(
            RateSheet(
                id: Identifier(1), subject: .product(Identifier(1)), term: term, frequency: .yearly, proRata: .days,
                passive: third, lateChanges: nil, carriesContribution: carriesContribution, bounds: nil, vat: nil,
                decision: decision,
                rows: prices.enumerated().map { index, price in
                    RateRow(
                        id: Identifier(Int64(index)), component: price.0, charge: price.1, term: term, price: price.2, decision: decision)
                }))
    }

    private func list(_ sheet: RateSheet) throws -> PriceList {
        try PriceList(
            sheet, in: try #require(BillingPeriod(year: 2023)), bounds: SizeBounds("24999 60000 120000"),
            contribution: ContributionRates(member: try #require(Ratio(percent: "9")), nonMember: try #require(Ratio(percent: "35"))))
    }

    /// DOMAIN §3: the eight printed prices of OS2valghalla 2023.
    @Test func theEightNumbersOfOS2valghalla() throws {
        let bases = ClassTable(small: money(22_000), medium: money(32_000), large: money(42_000), veryLarge: money(52_000))
        let lines = try list(try sheet([("Vederlag", .annualFee, .perClass(bases))])).lines
        #expect(lines.map(\.condition) == SizeClass.allCases.map { .sizeClass($0) })
        #expect(lines.compactMap(\.amounts?.member) == [23_980, 34_880, 45_780, 56_680].map { money($0) })
        #expect(lines.compactMap(\.amounts?.nonMember) == [29_700, 43_200, 56_700, 70_200].map { money($0) })
    }

    @Test func theContributionIsOnFeesAndSharesOnlyAndRoundedWithTheBase() throws {
        let lines = try list(
            try sheet([
                ("A", .annualFee, .amount(Money(minorUnits: 50))), ("J", .joiningFee, .amount(money(100))),
                ("S", .annualFee, .stepDown([PriceStep(from: 1, amount: money(10)), PriceStep(from: 5, amount: money(8))])),
                ("F", .annualFee, .fraction(try #require(Ratio(1, over: 10)), of: "A")), ("T", .sharedCost, .shared(money(9), by: .equal)),
                ("P", .annualFee, .perInhabitant(try #require(DecimalFigure("1.25")), floor: nil, cap: nil)),
            ])
        ).lines
        // 50 øre and 9 % are 54.5, half away from zero 55; 35 % are 67.5 and so 68.
        #expect(lines[0].amounts?.member.minorUnits == 55 && lines[0].amounts?.nonMember.minorUnits == 68)
        #expect(lines[1].amounts?.member == money(100) && lines[1].amounts?.nonMember == money(100))
        #expect(lines[2].condition == .participants(1) && lines[3].condition == .participants(5))
        #expect(lines[4].amounts?.base.minorUnits == 5)
        #expect(lines[5].amounts == nil && lines[6].amounts == nil)
        let plain = try list(try sheet([("A", .annualFee, .amount(money(7)))], carriesContribution: false))
        #expect(plain.contribution == nil && plain.lines[0].amounts?.nonMember == money(7))
    }

    @Test(arguments: ["24999 60000 120000", "1 2 3"])
    func boundsAscend(text: String) throws {
        let bounds = try #require(SizeBounds(text))
        #expect(bounds.description == text)
        #expect(bounds.sizeClass(of: bounds.small) == .small && bounds.sizeClass(of: bounds.small + 1) == .medium)
        #expect(bounds.sizeClass(of: bounds.large) == .large && bounds.sizeClass(of: bounds.large + 1) == .veryLarge)
    }

    @Test(arguments: ["", "1 2", "1 2 3 4", "0 1 2", "2 2 3", "3 2 1", "-1 2 3", "01 2 3", "1  2 3", "1 2 x", "24.999 60.000 120.000"])
    func boundsThatDoNotAreNone(text: String) {
        #expect(SizeBounds(text) == nil)
        #expect(!SettingName.sizeBounds.accepts(text))
    }

    @Test(
        arguments: [
            (.contributionMember, ["0", "9", "9.25", "100"], ["", "-1", "100.01", "9.125", "9 %", "9,5"]),
            (.fourEyes, ["on", "off"], ["", "yes", "On"]), (.changeWarning, ["1", "20", "1000"], ["0", "1001", "020", "2.5"]),
            (.lineLimit, ["1", "1000"], ["0", "-1", "1001", "+1"]),
        ] as [(SettingName, [String], [String])])
    func settingsTakeTheirValuesOnly(name: SettingName, good: [String], bad: [String]) {
        for value in good { #expect(name.accepts(value), "\(value)") }
        for value in bad { #expect(!name.accepts(value), "\(value)") }
    }

    @Test func aPercentageIsExact() {
        #expect(Ratio(percent: "9") == Ratio(9, over: 100))
        #expect(Ratio(percent: "12.5") == Ratio(1, over: 8))
        #expect(Ratio(percent: "9")?.onTop == Ratio(109, over: 100))
        #expect(Ratio(percent: "100.01") == nil && Ratio(percent: "1.005") == nil)
    }
}
