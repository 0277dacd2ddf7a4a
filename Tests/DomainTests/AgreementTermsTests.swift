import Domain
import Testing

/// Forms, terms, and what they make of a notice.
@Suite struct AgreementTermsTests {
    private static let half = NoticeTerms(months: 3, to: .halfYear)

    @Test func theFormHoldsFromItsDay() throws {
        let history = FormHistory(
            .passive, changes: [.init(from: try day("2028-01-01"), form: .active), .init(from: try day("2026-01-01"), form: .active)])
        #expect(history.changes.map(\.from) == [try day("2026-01-01"), try day("2028-01-01")])
        #expect(history.form(on: try day("2025-12-31")) == .passive)
        #expect(history.form(on: try day("2026-01-01")) == .active)
        #expect(history.isEverPassive && !FormHistory(.active).isEverPassive)
    }

    @Test(
        arguments: [
            ("2020-03-01", nil, "2028-01-01"), ("2020-03-01", "2027-12-31", nil), ("2020-03-01", "2028-01-01", "2028-01-01"),
            ("2028-01-01", nil, "2028-01-01"), ("2029-05-05", nil, "2029-05-05"),
        ] as [(String, String?, String?)])
    func theFirstActiveDayLiesInTheTerm(first: String, last: String?, expected: String?) throws {
        let history = FormHistory(.passive, changes: [.init(from: try day("2028-01-01"), form: .active)])
        let term = try #require(Term(first: try day(first), last: try last.map(day)))
        #expect(history.firstActiveDay(in: term) == (try expected.map(day)))
    }

    @Test func aChangeLiesInTheTerm() throws {
        let term = try #require(Term(first: try day("2027-01-01"), last: try day("2027-12-31")))
        let passive = FormHistory(.passive)
        for outside in ["2026-12-31", "2028-01-01"] {
            let refusal = #expect(throws: Refusal.self) { try passive.changing(to: .active, from: try day(outside), in: term) }
            #expect(refusal?.rule == .formOutsideTerm)
        }
        let active = try passive.changing(to: .active, from: try day("2027-07-01"), in: term)
        #expect(active == FormHistory(.passive, changes: [.init(from: try day("2027-07-01"), form: .active)]))
        #expect(try active.changing(to: .active, from: try day("2027-08-01"), in: term) == active)
        // On the first day it corrects how the agreement begins.
        #expect(try passive.changing(to: .active, from: try day("2027-01-01"), in: term) == FormHistory(.active))
    }

    @Test func noticeOnAProductEndsWithThePeriod() throws {
        let rule = NoticeRule.byTerms(try #require(Self.half), minimumLastDay: nil)
        let active = try Self.active(from: try day("2026-01-01"))
        for (received, last) in [("2027-03-31", "2027-06-30"), ("2027-04-01", "2027-12-31")] {
            let life = try active.after(.giveNotice(receivedOn: try day(received)), ending: rule)
            #expect(life.state == .noticeGiven && life.endReason == .notice)
            #expect(try life.noticeReceivedOn == day(received))
            #expect(try life.term?.last == day(last))
        }
        let early = #expect(throws: Refusal.self) { try active.after(.giveNotice(receivedOn: try day("2025-12-31")), ending: rule) }
        #expect(early?.rule == .noticeBeforeStart && early?.facts == ["2025-12-31", "2026-01-01"])
        let late = #expect(throws: Refusal.self) { try active.after(.giveNotice(receivedOn: try day("9999-12-31")), ending: rule) }
        #expect(late?.rule == .dateInvalid)
        // An end that a decision removed may be notified anew.
        let again = try active.after(.giveNotice(receivedOn: try day("2027-03-31")), ending: rule).after(.removeEnd)
        #expect(try again.after(.giveNotice(receivedOn: try day("2027-10-01")), ending: rule).term?.last == (try day("2028-06-30")))
    }

    @Test func onlyProductsHaveFormsAndOnlyMembershipsHaveNoNotice() throws {
        let product = Subject.product(Identifier(1))
        var passive = AgreementTerms.ordinary
        passive.forms = FormHistory(.passive)
        var noticed = AgreementTerms.ordinary
        noticed.notice = try #require(Self.half)
        try passive.check(for: product)
        try noticed.check(for: product)
        try noticed.check(for: .supplier)
        #expect(#expect(throws: Refusal.self) { try passive.check(for: .supplier) }?.rule == .passiveOnlyOnProducts)
        #expect(#expect(throws: Refusal.self) { try passive.check(for: .association) }?.rule == .passiveOnlyOnProducts)
        #expect(#expect(throws: Refusal.self) { try noticed.check(for: .association) }?.rule == .noticeAnyDay)
        #expect(noticed.ending(.association) == .onReceipt)
        #expect(noticed.ending(product) == .byTerms(noticed.notice, minimumLastDay: nil))
    }

    @Test func aBlankCellChangesNothing() throws {
        let known = AgreementTerms(
            forms: FormHistory(.passive, changes: [.init(from: try day("2028-01-01"), form: .active)]), notice: try #require(Self.half),
            minimumLastDay: try day("2028-12-31"))
        #expect(AgreementTermsDraft().applied(to: known) == known)
        #expect(AgreementTermsDraft(noticeMonths: 4).applied(to: known).notice == NoticeTerms(months: 4, to: .halfYear))
        // Another day moves the change; the same one is there already.
        let moved = AgreementTermsDraft(form: .passive, activeFrom: try day("2029-01-01")).applied(to: known)
        #expect(moved.forms.changes == [.init(from: try day("2029-01-01"), form: .active)])
        #expect(AgreementTermsDraft(form: .passive, activeFrom: try day("2028-01-01")).applied(to: known) == known)
    }

    @Test func productNamesAreNotWordsOfTheSubject() throws {
        for name in ["association", "Supplier", "product:1", "PROJECT:x"] {
            #expect(#expect(throws: Refusal.self) { try ProductName(name) }?.rule == .productNameReserved)
        }
        for name in ["", "  ", "a\u{7}b", String(repeating: "x", count: 101)] {
            #expect(#expect(throws: Refusal.self) { try ProductName(name) }?.rule == .textInvalid)
        }
        #expect(try ProductName("OS2udoglær").description == "OS2udoglær")
        #expect(GovernanceLevel("3") == .three && GovernanceLevel("4") == nil && GovernanceLevel("03") == nil)
    }

    private static func active(from first: CivilDate) throws -> AgreementLife {
        let signature = Signature(name: "S", title: "T", date: CivilDate("2025-11-01") ?? .epoch)
        let moves: [AgreementMove] = [.send(signature.date), .sign(signature), .countersign(signature, firstDay: first)]
        return try moves.reduce(AgreementLife.draft) { try $0.after($1) }
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}
