import Domain
import Testing

@Suite struct SizeTests {
    private static let years: [(year: Int, inhabitants: Int32)] = [(2024, 100), (2025, 200), (2027, 400)]

    private static func history(frozen: [Int: SizeFact] = [:]) throws -> SizeHistory {
        SizeHistory(
            headcounts: try years.map { Headcount(inhabitants: $0.inhabitants, countedOn: try #require(CivilDate("\($0.year)-01-01"))) },
            frozen: frozen)
    }

    @Test(arguments: [(2025, 100), (2026, 200), (2027, 200), (2028, 400), (2024, nil)] as [(Int, Int32?)])
    func theYearsFigureIsOfTheFirstOfJanuaryBefore(year: Int, inhabitants: Int32?) throws {
        #expect(try Self.history().fact(for: year).headcount?.inhabitants == inhabitants)
    }

    @Test func anOlderFigureInItsPlaceIsStale() throws {
        let history = try Self.history()
        #expect(!history.fact(for: 2026).isStale(in: 2026))
        #expect(history.fact(for: 2027).isStale(in: 2027))
    }

    @Test func whatIsFrozenStaysAndIsReported() throws {
        let fact = SizeFact(headcount: Headcount(inhabitants: 150, countedOn: try #require(CivilDate("2025-01-01"))), placement: nil)
        let history = try Self.history(frozen: [2026: fact])
        #expect(history.fact(for: 2026) == fact && history.isFrozen(2026))
        #expect(history.superseded.map(\.year) == [2026])
        #expect(history.superseded.first?.recorded.headcount?.inhabitants == 200)
    }

    @Test(
        arguments: [
            (24_999, SizeClass.small), (25_000, .medium), (60_000, .medium), (60_001, .large), (120_000, .large), (120_001, .veryLarge),
        ] as [(Int32, SizeClass)])
    func theAssociationsClassesMeetWithoutGapOrOverlap(inhabitants: Int32, expected: SizeClass) throws {
        let bounds = try #require(SizeBounds("24999 60000 120000"))
        #expect(bounds.sizeClass(of: inhabitants) == expected)
    }

    @Test(arguments: ["25000 25000 120000", "0 60000 120000", "60000 25000 120000", "1 2", "1 2 3 4", " 1 2 3", "a b c"])
    func boundsThatOverlapAreNone(text: String) { #expect(SizeBounds(text) == nil) }
}
