import Domain
import Testing

@Suite struct MoneyTests {
    @Test(
        arguments: [
            ("25000", 2_500_000), ("25000.5", 2_500_050), ("25000.05", 2_500_005), ("0.75", 75), ("-0.75", -75), ("0", 0),
            ("1000000000000.00", 100_000_000_000_000),
        ] as [(String, Int64)])
    func readsKroner(text: String, minor: Int64) throws {
        #expect(try Money(kroner: text).minorUnits == minor)
    }

    @Test(
        arguments: [
            ("", .notAnAmount), ("25.000", .tooPrecise), ("1,5", .notAnAmount), ("1e3", .notAnAmount), (".5", .notAnAmount),
            ("5.", .notAnAmount),
            ("+5", .notAnAmount), (" 5", .notAnAmount), ("٥", .notAnAmount), ("1_000", .notAnAmount), ("0x10", .notAnAmount),
            ("--1", .notAnAmount),
            ("1000000000000.01", .tooLarge), ("99999999999999999999999999", .tooLarge),
        ] as [(String, MoneyTextError)])
    func refusesWhatIsNotAnAmount(text: String, error: MoneyTextError) {
        #expect(throws: error) { try Money(kroner: text) }
    }

    @Test(arguments: [0, 5, 99, 100, -5, -100, -12_345, .max, .min] as [Int64])
    func printsAndReadsBack(minor: Int64) throws {
        let money = Money(minorUnits: minor)
        if minor.magnitude <= Money.largestStated.minorUnits.magnitude { #expect(try Money(kroner: money.description) == money) }
        #expect(money.description.contains("."))
    }

    @Test func overflowIsAnErrorAndNeverATrap() throws {
        let most = Money(minorUnits: .max)
        #expect(throws: ArithmeticOverflow()) { try most + Money(minorUnits: 1) }
        #expect(throws: ArithmeticOverflow()) { try Money(minorUnits: .min) - Money(minorUnits: 1) }
        #expect(throws: ArithmeticOverflow()) { try Money(minorUnits: .min).negated() }
        let threeHalves = try #require(Ratio(3, over: 2))
        #expect(throws: ArithmeticOverflow()) { try most.times(threeHalves) }
        #expect(try most.times(.one) == most)
    }

    @Test(
        arguments: [
            (1, 1, 2, 1, 1), (-1, 1, 2, -1, 0), (3, 1, 2, 2, 2), (-3, 1, 2, -2, -1), (5, 1, 4, 1, 1), (10, 1, 4, 3, 3), (-10, 1, 4, -3, -2),
            (7, 1, 3, 2, 2), (8, 1, 3, 3, 3), (-7, 1, 3, -2, -2), (-8, 1, 3, -3, -3),
        ] as [(Int64, Int64, Int64, Int64, Int64)])
    func roundsHalvesAsThePolicySays(minor: Int64, top: Int64, bottom: Int64, away: Int64, up: Int64) throws {
        let ratio = try #require(Ratio(top, over: bottom))
        #expect(try Money(minorUnits: minor).times(ratio).minorUnits == away)
        #expect(try Money(minorUnits: minor).times(ratio, rounding: .halfUp).minorUnits == up)
    }

    @Test func vatOfSumsRoundsHalfAwayFromZero() throws {
        let rate = try #require(VATRate(.standard, basisPoints: 2500))
        #expect(try rate.tax(on: Money(minorUnits: 2_500_000)).minorUnits == 625_000)
        #expect(try rate.tax(on: Money(minorUnits: 2)).minorUnits == 1)
        #expect(try rate.tax(on: Money(minorUnits: 1)).minorUnits == 0)
        #expect(rate.percentText == "25")
        #expect(VATRate(.standard, basisPoints: 1250)?.percentText == "12.5")
        #expect(VATRate(.exempt, basisPoints: 2500) == nil)
        #expect(VATRate(.standard, basisPoints: 0) == nil)
    }

    @Test func figuresKeepTheirDigits() throws {
        #expect(DecimalFigure("117.4")?.description == "117.4")
        #expect(DecimalFigure("0.05")?.description == "0.05")
        #expect(DecimalFigure("121.30")?.ratio == Ratio(1213, over: 10))
        for text in ["", ".", "1.", ".1", "-1", "1,2", "1234567890123", "1.1234567", "1e2"] {
            #expect(DecimalFigure(text) == nil, "\(text)")
        }
    }
}
