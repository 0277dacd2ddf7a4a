import Domain
import Testing

/// What becomes of a key that was posted when its facts change (DOMAIN §3, rules 6, 7 and 8).
@Suite struct CorrectionRuleTests {
    @Test func rule06TheSameChangeAfterPostingIsOneCorrectionThatNamesIt() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("34880"))])
        try world.body(1, from: "2020-01-01")
        #expect(try world.run("2026") == ["1 annualFee 34880.00"])
        world.sheets = []
        let rows = [
            try world.row(try World.amount("34880"), until: "2026-09-30"), try world.row(try World.amount("36000"), from: "2026-10-01"),
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

    @Test func rule06ARiseAfterAFallAndTheNewestLineFirst() throws {
        var world = World()
        try world.body(1, from: "2020-01-01")
        for (price, lines) in [
            ("1000", ["1 annualFee 1000.00"]), ("900", ["1 annualFee -100.00"]), ("950", ["1 annualFee 50.00"]),
            ("800", ["1 annualFee -100.00", "1 annualFee -50.00"]),
        ] {
            world.sheets = []
            try world.sheet([try world.row(try World.amount(price))])
            #expect(try world.run("2026") == lines)
        }
    }

    @Test func rule06ClassAndPriceChangedTogetherAreBothNamed() throws {
        var world = World()
        try world.sheet([try world.row(try World.classes("100", "200", "300", "400"))])
        try world.body(1, from: "2020-01-01", inhabitants: 10_000)
        try world.run("2026")
        world.sheets = []
        try world.sheet([try world.row(try World.classes("110", "220", "330", "440"))])
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

    /// The ends that a run's lines name as new, line by line.
    private static func newEnds(_ world: World) throws -> [[AgreementEnd]] {
        try world.outcomes("2027").flatMap(\.documents).flatMap(\.lines).map { line in
            line.derivation.causes.compactMap { cause in if case .end(let end)? = cause.to { end } else { nil } }
        }
    }

    /// The product's agreement of body 1, as it ends.
    private static func end(
        _ world: inout World, on day: String, _ ending: Participation.Ending, notified: Participation.NotifiedEnd? = nil
    ) throws -> Identifier<Agreement> {
        let id = Identifier<Organisation>(1)
        let last = world.bodies[id]?.participations.popLast()
        let old = try #require(last)
        world.bodies[id]?.participations.append(
            Participation(
                agreement: old.agreement, subject: old.subject, term: try #require(Term(first: old.term.first, last: World.day(day))),
                signedOn: old.signedOn, ending: ending, notified: notified))
        return old.agreement
    }

    @Test func rule06ACorrectionNamesTheNoticeBehindItInEveryPeriodThatFeelsIt() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2020-01-01")
        try world.run("2027")
        let received = try World.day("2026-03-10")
        let id = try Self.end(&world, on: "2026-06-30", .init(.notice, noticeReceivedOn: received))
        let end = AgreementEnd(agreement: id, lastDay: try World.day("2026-06-30"), reason: .notice, noticeReceivedOn: received)
        // The year it ends in, and the next, in which nothing lives any more.
        #expect(try Self.newEnds(world) == [[end], [end]])
        try world.run("2027")
        // A later change is another cause, and the notice none any more.
        world.sheets = []
        try world.sheet([try world.row(try World.amount("38000"))])
        #expect(try Self.newEnds(world) == [[]])
    }

    @Test func rule15ABegunPeriodFeelsTheEndThatHadBeenNotifiedAndTheNextTheSuccession() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2020-01-01")
        try world.run("2027")
        let received = try World.day("2026-03-10")
        let id = try Self.end(
            &world, on: "2026-06-30",
            .init(.succeeded, noticeReceivedOn: received, decision: World.decision, successor: "Body 2"),
            notified: .init(lastDay: try World.day("2026-09-30"), .init(.notice, noticeReceivedOn: received)))
        let notice = AgreementEnd(agreement: id, lastDay: try World.day("2026-09-30"), reason: .notice, noticeReceivedOn: received)
        let succession = AgreementEnd(
            agreement: id, lastDay: try World.day("2026-06-30"), reason: .succeeded, decision: World.decision, successor: "Body 2")
        // What ends the begun period is the notice; that the agreement went over before is told beside it.
        #expect(try Self.newEnds(world) == [[notice, succession], [succession]])
        try world.run("2027")
    }

    /// Nobody gave notice: what ended the begun period is told as what it was, with the decision it stands on and not that of the succession.
    @Test func rule15AnExclusionBeforeASuccessionIsToldAsOne() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2020-01-01")
        try world.run("2027")
        let excluded = DecisionReference(id: Identifier(77), reference: "B-77")
        let last = try World.day("2026-09-30")
        let id = try Self.end(
            &world, on: "2026-06-30", .init(.succeeded, decision: World.decision, successor: "Body 2"),
            // An exclusion after a notice: the notice is not what ended it.
            notified: .init(lastDay: last, .init(.exclusion, noticeReceivedOn: try World.day("2026-03-10"), decision: excluded)))
        let exclusion = AgreementEnd(agreement: id, lastDay: last, reason: .exclusion, decision: excluded)
        #expect(try Self.newEnds(world).first?.first == exclusion)
    }

    @Test func rule16ACreditHasTheKeysPeriodWhateverItGivesBackFor() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("36500"))])
        try world.body(1, from: "2026-07-02")
        let charged = try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines)
        #expect(charged.map(\.covers) == [Period(first: try World.day("2026-07-02"), last: try World.day("2026-12-31"))])
        try world.run("2026")
        let year = try World.period("2026").days
        let party = try #require(world.outcomes("2026").first).party
        let reversed = try PartyOutcome(reversing: 1, [1], of: party, history: world.ledger.history())
        #expect(reversed.documents.flatMap(\.lines).map(\.covers) == [year])
        // By hand as well, and where the facts change.
        let key = try #require(charged.first).key
        world.bodies[Identifier(1)]?.adjustments[key] = [
            Adjustment(id: Identifier(1), amount: try World.kroner("100"), reason: "goodwill", decision: World.decision)
        ]
        #expect(try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines).map(\.covers) == [year])
    }

    @Test func aLargeChangeIsAWarningToAccept() throws {
        var world = World()
        world.changeWarning = 20
        try world.sheet([
            try world.row(try World.amount("1000"), until: "2026-12-31"),
            try world.row(try World.amount("1200"), from: "2027-01-01", until: "2027-12-31"),
            try world.row(try World.amount("1441"), from: "2028-01-01"),
        ])
        try world.body(1, from: "2020-01-01")
        try world.run("2026")
        #expect(try world.outcomes("2027").flatMap(\.warnings) == [.noAddress])
        try world.run("2027")
        #expect(try world.outcomes("2028").flatMap(\.warnings) == [.noAddress, .largeChange])
    }

    @Test func theOrderInWhichThingsWereRecordedChangesNothing() throws {
        for round in 0..<1_000 {
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
    }

    /// The fee that a share is, and the contribution on it, are told by the same facts.
    @Test func rule06AContributionOnAShareNamesTheShare() throws {
        var world = World()
        func sheet(_ total: String) throws {
            world.sheets = []
            try world.sheet(
                [try world.row(.shared(try World.kroner(total), by: .equal), charge: .sharedCost, component: "total")], late: .settle,
                contribution: true)
        }
        try sheet("1000")
        try world.body(1, from: "2020-01-01")
        try world.body(2, from: "2020-01-01")
        #expect(
            try world.run("2026") == ["1 sharedCost 500.00", "1 contribution 45.00", "2 sharedCost 500.00", "2 contribution 45.00"])
        try sheet("1200")
        let lines = try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines)
        #expect(lines.map(\.key.charge) == [.sharedCost, .contribution, .sharedCost, .contribution])
        for line in lines {
            let slices = line.derivation.causes.filter { if case .slice? = $0.to { true } else { false } }
            #expect(slices.count == 1 && line.derivation.causes.count == 1)
            #expect(line.derivation.now.basis.agreements.count == 1)
        }
        // A third who joins changes everybody's share, and each line names it.
        try world.run("2026")
        try world.body(3, from: "2026-01-01")
        #expect(try world.causes("2026").contains { if case .slice? = $0.to { true } else { false } })
        #expect(
            try world.run("2026").filter { $0.hasPrefix("1 ") } == [
                "1 sharedCost -100.00", "1 contribution -9.00", "1 sharedCost -100.00", "1 contribution -9.00",
            ])
    }

    @Test func rule07ACreditByHandIsNotInvoicedAgainAndAReversedRunIs() throws {
        var world = World()
        try world.sheet([try world.row(try World.amount("100"))])
        try world.body(1, from: "2020-01-01")
        try world.body(2, from: "2020-01-01")
        try world.run("2026")
        let key = ChargeKey(organisation: Identifier(1), subject: World.product, charge: .annualFee, period: try World.period("2026"))
        world.bodies[Identifier(1)]?.adjustments[key] = [
            Adjustment(id: Identifier(1), amount: try World.kroner("30"), reason: "goodwill", decision: World.decision)
        ]
        #expect(try world.run("2026") == ["1 annualFee -30.00"])
        #expect(try world.run("2026") == [])
        #expect(try world.reverse(invoices: [1, 2], target: "2026") == ["1 annualFee -70.00", "2 annualFee -100.00"])
        #expect(try world.run("2026") == ["1 annualFee 70.00", "2 annualFee 100.00"])
    }

    /// 100.01, 100.01 and 100.01 at 25 % are 75.01; credited in three steps, the last note takes what remains.
    @Test func rule08PartialCreditsOfAProductInvoiceGiveBackItsTaxExactly() throws {
        var world = World()
        let subjects = (1...3).map { Subject.product(Identifier($0)) }
        func sheets(_ price: String) throws {
            world.sheets = []
            for subject in subjects { try world.sheet([try world.row(try World.amount(price))], subject: subject) }
        }
        try sheets("100.01")
        for subject in subjects { try world.body(1, from: "2020-01-01", subject: subject) }
        let invoice = try #require(try world.outcomes("2026").flatMap(\.documents).first)
        #expect([invoice.net, invoice.tax].map(\.description) == ["300.03", "75.01"])
        try world.run("2026")
        var taxes: [Money] = []
        for price in ["66.68", "33.35", "0"] {
            try sheets(price)
            taxes.append(try #require(try world.outcomes("2026").flatMap(\.documents).first).tax)
            try world.run("2026")
        }
        #expect(try Money.sum(taxes) == invoice.tax)
        #expect(taxes.map(\.description) == ["25.00", "25.00", "25.01"])
    }

    /// A line keeps the decision behind its tax, and a credit that of the line it takes from, whatever the rules say by then.
    @Test func rule08ACreditIsTaxedByTheDecisionThatItsLineWas() throws {
        var world = World()
        let (ruled, own) = (Subject.product(Identifier(1)), Subject.product(Identifier(2)))
        let exempt = try #require(VATRate(.exempt, basisPoints: 0))
        func sheets(_ price: String) throws {
            world.sheets = []
            try world.sheet([try world.row(try World.amount(price))], subject: ruled)
            try world.sheet([try world.row(try World.amount(price))], subject: own, vat: exempt)
        }
        func lines() throws -> [DraftLine] { try world.outcomes("2026").flatMap(\.documents).flatMap(\.lines) }
        try sheets("100")
        for subject in [ruled, own] { try world.body(1, from: "2020-01-01", subject: subject) }
        #expect(try lines().map(\.vat.decision) == ["V", "D"])
        try world.run("2026")
        world.vatDecision = "V2"
        try sheets("40")
        let credited = try lines()
        #expect(credited.count == 2 && credited.allSatisfy { $0.credits != nil })
        #expect(credited.map(\.vat.decision) == ["V", "D"])
        try sheets("140")
        #expect(try lines().map(\.vat.decision) == ["V2", "D"])
    }

    /// Nothing that a document prints or explains changes behind an approval.
    @Test func rule13TheHashCoversRateAndDecisionOfTheTax() throws {
        func bytes(_ change: (inout World) throws -> Void) throws -> [UInt8] {
            var world = World()
            try world.sheet([try world.row(try World.amount("100"))])
            try world.body(1, from: "2020-01-01")
            try change(&world)
            var json = CanonicalJSON()
            for outcome in try world.outcomes("2026") { outcome.writeCanonical(to: &json) }
            return json.bytes
        }
        let plain = try bytes { _ in }
        #expect(try bytes { _ in } == plain)
        #expect(try bytes { $0.vatDecision = "V2" } != plain)
        let exempt = try #require(VATRate(.exempt, basisPoints: 0))
        // By the sheet's own treatment, under the reference that the rule had.
        let own = try bytes { world in
            world.sheets = []
            try world.sheet([try world.row(try World.amount("100"))], vat: exempt)
        }
        #expect(own != plain)
    }

    @Test func aHalfIsComparedWithTheSameHalfAndOneOffFeesCount() throws {
        var world = World()
        world.changeWarning = 20
        try world.sheet(
            [
                try world.row(try World.amount("1000")),
                try world.row(try World.amount("500"), charge: .joiningFee, component: "join"),
            ], frequency: .halfYearly)
        try world.body(1, from: "2026-01-01", signed: "2026-01-01")
        try world.run("2026H1")
        try world.run("2026")
        // 1,500 in 2026, 1,000 in 2027: the fee for joining is gone. The first halves are 1,000 and 500.
        #expect(try world.outcomes("2027H1").flatMap(\.warnings).contains(.largeChange))
        try world.body(2, from: "2020-01-01", signed: "2010-01-01")
        world.chargesBegin = "2026-01-01"
        try world.run("2026H1")
        try world.run("2026")
        let second = try #require(try world.outcomes("2027H1").first { $0.party.id == Identifier(2) })
        #expect(!second.warnings.contains(.largeChange))
    }
}
