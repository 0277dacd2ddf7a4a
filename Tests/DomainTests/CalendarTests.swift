import Domain
import Testing

@Suite struct CalendarTests {
    @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
        var expected = (year: 1899, month: 12, day: 31)
        let start = try #require(CivilDate(year: 1899, month: 12, day: 31))
        for offset in 0...146_097 {
            let date = try #require(start.adding(days: offset))
            let (year, month, day) = date.components
            #expect(year == expected.year && month == expected.month && day == expected.day)
            #expect(CivilDate(year: year, month: month, day: day) == date)
            // The next day by counting, which no arithmetic here shares.
            let lengths = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            expected = (year, month, day + 1)
            if expected.day > lengths[month - 1] { expected = (year, month + 1, 1) }
            if expected.month > 12 { expected = (year + 1, 1, 1) }
        }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "0000-01-01", "2026/01/01", "20260101", "２026-01-01", "",
    ])
    func impossibleDatesAreNoDates(text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func datesReadAndPrintAtTheEnds() {
        for text in ["0001-01-01", "1999-12-31", "2000-01-01", "2000-02-29", "2028-02-29", "9999-12-31"] {
            #expect(CivilDate(text)?.description == text)
        }
        #expect(CivilDate("2000-01-01")?.daysSince2000 == 0)
        #expect(CivilDate("9999-12-31")?.adding(days: 1) == nil)
        #expect(CivilDate("0001-01-01")?.adding(days: -1) == nil)
        #expect(CivilDate("2000-01-01")?.adding(days: .max) == nil)
    }

    @Test func termsOverlapWhereTheyShareADay() throws {
        let spring = try #require(Term(first: day("2027-01-01"), last: day("2027-03-15")))
        let open = try #require(Term(first: day("2027-03-15"), last: nil))
        let later = try #require(Term(first: day("2027-03-16"), last: nil))
        #expect(spring.overlaps(open) && open.overlaps(spring))
        #expect(!spring.overlaps(later) && !later.overlaps(spring))
        #expect(open.overlaps(later))
        #expect(Term(first: day("2027-01-02"), last: day("2027-01-01")) == nil)
    }

    @Test func billingPeriodsPrintAndReadBack() throws {
        for text in ["2027", "2027H1", "2027H2"] { #expect(BillingPeriod(text)?.description == text) }
        for text in ["", "27", "2027H3", "2027H", "H1", "1999", "9999", "2027H1 "] { #expect(BillingPeriod(text) == nil, "\(text)") }
        #expect(try #require(BillingPeriod("2027H1")).lastDay == day("2027-06-30"))
        #expect(try #require(BillingPeriod("2027H2")).firstDay == day("2027-07-01"))
    }

    private func day(_ text: String) -> CivilDate { CivilDate(text) ?? .epoch }
}
