import Domain
import Testing

/// "n months to the end of P" (DOMAIN §2).
@Suite struct NoticeTermsTests {
    /// Months, the kind of period, the day of receipt, and the end it reaches.
    private static let table: [(Int, NoticePeriodEnd, String, String)] = [
        (3, .halfYear, "2027-03-31", "2027-06-30"), (3, .halfYear, "2027-04-01", "2027-12-31"), (3, .halfYear, "2027-03-30", "2027-06-30"),
        (3, .halfYear, "2027-09-30", "2027-12-31"), (3, .halfYear, "2027-10-01", "2028-06-30"),
        (6, .year, "2027-06-30", "2027-12-31"), (6, .year, "2027-07-01", "2028-12-31"), (6, .year, "2027-01-01", "2027-12-31"),
        // The last day of February, in years with and without a 29th.
        (4, .halfYear, "2027-02-28", "2027-06-30"), (4, .halfYear, "2027-03-01", "2027-12-31"),
        (4, .halfYear, "2028-02-28", "2028-06-30"), (4, .halfYear, "2028-02-29", "2028-06-30"), (4, .halfYear, "2028-03-01", "2028-12-31"),
        (4, .halfYear, "2100-02-28", "2100-06-30"), (4, .halfYear, "2100-03-01", "2100-12-31"),
        (1, .month, "2027-01-31", "2027-02-28"), (1, .month, "2028-01-31", "2028-02-29"), (1, .month, "2028-02-29", "2028-03-31"),
        (1, .month, "2027-03-01", "2027-04-30"), (1, .quarter, "2027-02-28", "2027-03-31"), (1, .quarter, "2027-03-01", "2027-06-30"),
        // Without any months, the very last day is in time.
        (0, .month, "2027-02-28", "2027-02-28"), (0, .year, "2027-12-31", "2027-12-31"),
        (12, .year, "2027-12-31", "2028-12-31"), (12, .year, "2028-01-01", "2029-12-31"), (60, .year, "2027-05-05", "2032-12-31"),
    ]

    @Test(arguments: table.indices)
    func noticeReachesThePeriodsEnd(index: Int) throws {
        let (months, to, received, end) = Self.table[index]
        let terms = try #require(NoticeTerms(months: months, to: to))
        #expect(terms.firstEnd(noticeReceivedOn: try day(received), minimumLastDay: nil) == (try day(end)))
    }

    @Test(arguments: [
        (3, "2027-06-30", "2027-03-31"), (3, "2027-12-31", "2027-09-30"), (6, "2027-12-31", "2027-06-30"), (4, "2027-06-30", "2027-02-28"),
        (4, "2028-06-30", "2028-02-29"), (1, "2028-02-29", "2028-01-31"), (0, "2027-02-28", "2027-02-28"), (60, "2027-12-31", "2022-12-31"),
        (60, "0001-12-31", "0001-01-01"),
    ])
    func theLatestDayIsAMonthsLast(months: Int, end: String, latest: String) throws {
        #expect(try #require(NoticeTerms(months: months, to: .halfYear)).latestDay(for: try day(end)) == (try day(latest)))
    }

    /// The end is the first possible one on or after the minimum term's last day (DOMAIN §3, rule 17).
    @Test(arguments: [
        ("2027-01-15", "2028-06-30", "2028-06-30"), ("2027-01-15", "2028-07-01", "2028-12-31"), ("2027-01-15", "2026-12-31", "2027-06-30"),
        ("2027-01-15", "2028-06-29", "2028-06-30"), ("2028-04-01", "2028-06-30", "2028-12-31"),
    ])
    func aMinimumTermPutsTheEndOff(received: String, minimum: String, end: String) throws {
        let terms = try #require(NoticeTerms(months: 3, to: .halfYear))
        #expect(terms.firstEnd(noticeReceivedOn: try day(received), minimumLastDay: try day(minimum)) == (try day(end)))
    }

    @Test func theNextEndsFollowOneAnother() throws {
        let terms = try #require(NoticeTerms(months: 3, to: .halfYear))
        let ends = terms.ends(from: try day("2027-04-01"), minimumLastDay: nil, count: 2)
        #expect(
            ends == [
                PossibleEnd(end: try day("2027-12-31"), latestNotice: try day("2027-09-30")),
                PossibleEnd(end: try day("2028-06-30"), latestNotice: try day("2028-03-31")),
            ])
        #expect(terms.ends(from: try day("2027-04-01"), minimumLastDay: nil, count: 0).isEmpty)
    }

    @Test func theCalendarEnds() throws {
        let terms = try #require(NoticeTerms(months: 6, to: .year))
        #expect(terms.firstEnd(noticeReceivedOn: try day("9999-07-01"), minimumLastDay: nil) == nil)
        #expect(terms.ends(from: try day("9998-07-01"), minimumLastDay: nil, count: 2).map(\.end) == [try day("9999-12-31")])
        #expect(NoticeTerms(months: 61, to: .year) == nil && NoticeTerms(months: -1, to: .year) == nil)
    }

    /// Against a search that walks the calendar day by day and knows nothing of months' numbers.
    @Test func randomNoticesAgreeWithASlowSearch() throws {
        let seed: UInt64 = 0x0E_2027
        var generator = SeededGenerator(seed: seed)
        for round in 0..<2_000 {
            let terms = try #require(
                NoticeTerms(
                    months: Int.random(in: 0...24, using: &generator),
                    to: NoticePeriodEnd.allCases.randomElement(using: &generator) ?? .year))
            let received = try #require(CivilDate.epoch.adding(days: Int.random(in: 0...40_000, using: &generator)))
            let minimum = Bool.random(using: &generator) ? received.adding(days: Int.random(in: -800...1_500, using: &generator)) : nil
            let expected = try Self.searchedEnd(terms, received, minimum)
            #expect(
                terms.firstEnd(noticeReceivedOn: received, minimumLastDay: minimum) == expected,
                "seed \(seed), round \(round): \(terms) \(received) \(String(describing: minimum))")
        }
    }

    /// The first day that ends a period, whose latest day of notice is not past, and that keeps the minimum term.
    private static func searchedEnd(_ terms: NoticeTerms, _ received: CivilDate, _ minimum: CivilDate?) throws -> CivilDate {
        let ends: Set<Int> =
            switch terms.to {
            case .month: Set(1...12)
            case .quarter: [3, 6, 9, 12]
            case .halfYear: [6, 12]
            case .year: [12]
            }
        var candidate = received
        while true {
            let tomorrow = try #require(candidate.adding(days: 1))
            if tomorrow.components.day == 1, ends.contains(candidate.components.month), candidate >= minimum ?? candidate {
                // Back over as many month beginnings as there are months of notice: the day before the last of them is the latest.
                var latest = candidate
                for _ in 0..<terms.months {
                    repeat { latest = try #require(latest.adding(days: -1)) } while latest.adding(days: 1)?.components.day != 1
                }
                if received <= latest { return candidate }
            }
            candidate = tomorrow
        }
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}
