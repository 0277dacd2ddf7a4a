import Domain
import Interchange
import Postgres
import Registry
import Testing
import Wording

/// What keeps a run within bounds, and two people in it; and the database's own word on prices and prepared runs.
@Suite struct RunSafetyTests {
    private static func setting(_ name: SettingName, _ value: String, from: String = "2020-01-01", in books: Books) async throws {
        var draft = ImportDraft()
        draft.settings = [SettingDraft(location: Books.place, name: name, from: try day(from), value: value, decision: nil)]
        _ = try await ImportStore.store(draft, in: try await books.work())
    }

    @Test func linesOfEarlierRunsOfTheDayCountAgainstTheLimit() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("P", frequency: .halfYearly, rows: [("fee", .annualFee, "1000")])
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2026-12-01")
            try await Self.setting(.lineLimit, "1", in: books)
            let first = try BillingPeriod(year: 2027, half: .first).orThrow("no half")
            #expect(try await ChargeRun.post(first, in: try await books.work()).totals.lines == 1)
            // The second half is a second line for the same agreement on the same day.
            #expect(try await books.refused { _ = try await books.run() } == .lineLimit)
            #expect(try await books.run(on: "2027-01-11").totals.lines == 1)
        }
    }

    /// What is given back is no charge, looking is never refused, and the refusal names the product and the ways out.
    @Test func theLimitOfLinesCountsChargesAndRefusesPostingOnly() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("Produktet", rows: [("fee", .annualFee, "1000")])
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2026-12-01")
            try await Self.setting(.lineLimit, "2", in: books)
            for _ in 0..<2 {
                let run = try await books.run()
                #expect(run.totals.lines == 1 && run.crowded == [])
                _ = try await Reversal.post(try run.run.orThrow("no run"), in: try await books.work())
            }
            let preview = try await books.preview()
            #expect(preview.crowded.map { "\($0.name) \($0.lines) \($0.limit)" } == ["Region West 3 2"])
            #expect(preview.totals.warnings[.lineLimit] == 1)
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            #expect(try await RunComparison.compare(year, .all, in: try await books.work()).count == 1)
            let refusal = try await #require(throws: Refusal.self) {
                try await books.transaction.savepoint { _ in _ = try await books.run() }
            }
            #expect(refusal.rule == .lineLimit)
            let sentence = refusal.sentence(in: .english)
            #expect(sentence.contains("Produktet") && sentence.contains("another day") && sentence.contains("association.yaml"))
            // The day is no part of what was seen.
            let tomorrow = try await books.preview(on: "2027-01-11")
            #expect(tomorrow.crowded == [] && tomorrow.hash == preview.hash)
            #expect(try await books.run(on: "2027-01-11").totals.lines == 1)
        }
    }

    /// Whoever takes the outcomes as they come is given all that the result would have held, in its order, and with its numbers where it was posted.
    @Test func whatIsTakenOnTheWayIsNotKept() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("Produktet", rows: [("fee", .annualFee, "1000")])
            for (number, name) in ["Region West", "Region East", "Region North", "Region South"].enumerated() {
                try await books.body(number + 1, name, cvr: number < 3)
                try await books.join(product, name, from: "2026-12-01")
            }
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let kept = try await books.preview()
            var taken: [RunOutcome] = []
            let told = try await ChargeRun.preview(
                year,
                taking: { run, names in
                    #expect(names[product] == "Produktet" && run.numbers.isEmpty)
                    taken.append(run)
                }, in: try await books.work())
            #expect(
                told.outcomes.isEmpty && told.hash == kept.hash && taken.count == 4
                    && taken.map(\.outcome.party.name) == kept.outcomes.map(\.outcome.party.name))
            #expect(
                taken.flatMap(\.outcome.documents) == kept.documents
                    && taken.map(\.outcome.warnings) == kept.outcomes.map(\.outcome.warnings))
            // Whoever has no number is parked, and comes along all the same.
            #expect(
                taken.flatMap(\.outcome.parked) == kept.outcomes.flatMap(\.outcome.parked)
                    && taken.flatMap(\.outcome.parked).map(\.reason) == [.noReceiver])
            #expect(told.subtotals == kept.subtotals && told.breakdown.members == kept.breakdown.members)
            #expect(try Money.sum(told.subtotals.map(\.net)) == told.totals.net && told.subtotals.map(\.lines) == [3])
            #expect(try Money.sum(told.breakdown.members.map(\.gross)) == told.totals.gross())
            var numbers: [Int64] = []
            let posted = try await ChargeRun.post(year, taking: { run, _ in numbers += run.numbers }, in: try await books.work())
            #expect(numbers == [1, 2, 3] && posted.outcomes.isEmpty && posted.subtotals == kept.subtotals)
            let run = try posted.run.orThrow("no run")
            numbers = []
            let reversed = try await Reversal.post(run, taking: { run, _ in numbers += run.numbers }, in: try await books.work())
            #expect(numbers == [1, 2, 3] && reversed.outcomes.isEmpty)
            #expect(try Money.sum(reversed.subtotals.map(\.net)) == reversed.totals.net)
            #expect(try await books.run().totals.net == kept.totals.net)
        }
    }

    /// Twice last year's total needs somebody to have read it, for a run and for its preparation, and is the receiver's by name.
    @Test func aLargeChangeWaitsForSomebodyToAcceptIt() async throws {
        try await Books.play { books in
            try await books.dues(2027, .fixed(try kroner("25000")))
            try await books.dues(2028, .fixed(try kroner("50000")))
            try await books.body(1, "Region West")
            try await books.join(.association, "Region West", from: "2026-12-01")
            try await Self.setting(.changeWarning, "20", in: books)
            #expect(try await books.run(on: "2027-09-10").totals.warnings[.largeChange] == nil)
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let work = try await books.work(on: "2028-01-10")
            let preview = try await books.preview(2028, on: "2028-01-10")
            #expect(preview.totals.warnings[.largeChange] == 1 && preview.totals.concerned[.largeChange]?.map(\.name) == ["Region West"])
            let change = try preview.totals.concerned[.largeChange]?.first?.change.orThrow("no change")
            #expect(change?.before == 2_500_000 && change?.now == 5_000_000 && change?.percent == 100)
            #expect(try await books.refused { _ = try await ChargeRun.post(year, in: work) } == .warningNotAccepted)
            #expect(
                try await books.refused { _ = try await PreparedRuns.prepare(year, .all, accepting: ["STALE_POPULATION"], in: work) }
                    == .warningNotAccepted)
            // Whatever waits is named at once.
            let early = try await books.work(on: "2027-09-09")
            let facts = await #expect(throws: Refusal.self) { _ = try await ChargeRun.post(year, in: early) }
            #expect(facts?.facts == ["LARGE_CHANGE, EARLIER_DATE", "--accept LARGE_CHANGE --accept EARLIER_DATE"])
            #expect(try await ChargeRun.post(year, accepting: ["LARGE_CHANGE"], in: work).hash == preview.hash)
        }
    }

    /// Numbers follow the dates unless somebody has seen that they do not; and nothing is given back before it was invoiced.
    @Test func aRunDatedBeforeWhatIsPostedWaitsAndCreditsNothing() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            let run = try await books.run(on: "2027-02-10").run.orThrow("no run")
            try await books.member(2, from: "2026-05-01")
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            for day in ["2027-02-09", "2027-02-10"] {
                let preview = try await books.preview(2027, on: day)
                #expect(preview.totals.warnings[.earlierDate] == (day == "2027-02-10" ? nil : 1))
                #expect(preview.earlier?.newest.description == (day == "2027-02-10" ? nil : "2027-02-10"))
            }
            let early = try await books.work(on: "2027-02-09")
            #expect(try await books.refused { _ = try await ChargeRun.post(year, in: early) } == .warningNotAccepted)
            #expect(
                try await books.refused { _ = try await PreparedRuns.prepare(year, .all, accepting: [], in: early) } == .warningNotAccepted)
            #expect(try await books.refused { _ = try await Reversal.post(run, in: early) } == .creditBeforeInvoice)
            let line = LineReference(invoice: 1, line: 1)
            let goodwill = try kroner("100")
            #expect(
                try await books.refused { _ = try await CreditByHand.post(goodwill, on: line, because: "late", decision: "B-1", in: early) }
                    == .creditBeforeInvoice)
            #expect(try await ChargeRun.post(year, accepting: ["EARLIER_DATE"], in: early).totals.invoices == 1)
            #expect(try await Reversal.post(run, in: try await books.work(on: "2027-02-10")).totals.creditNotes == 1)
            #expect(try await ChargeRun.post(year, in: try await books.work(on: "2027-02-10")).totals.invoices == 1)
        }
    }

    /// A year and a half, by months whose last day stands for the last of any.
    @Test(arguments: [("2027-06-30", true), ("2027-06-29", false), ("2027-07-01", true), ("2027-05-31", false)])
    func aRunLooksEighteenMonthsAhead(today: String, isAllowed: Bool) async throws {
        try await Books.play { books in
            try await books.dues(2028, .fixed(try kroner("25000")))
            let rule = try await books.refused { _ = try await books.preview(2028, on: today) }
            #expect(rule == (isAllowed ? nil : .targetTooFar))
        }
    }

    @Test func aReversalTakesTwoPeopleWhereFourEyesAreAskedFor() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            let run = try await books.run().run.orThrow("no run")
            try await Self.setting(.fourEyes, "on", in: books)
            #expect(try await books.refused { _ = try await Reversal.post(run, in: try await books.work()) } == .fourEyes)
            let (prepared, preview) = try await PreparedRuns.prepare(reversing: run, in: try await books.work())
            #expect(prepared.reverses == run && preview.run == nil && preview.totals.creditNotes == 1)
            #expect(
                try await books.refused { _ = try await PreparedRuns.approve(prepared.id, in: try await books.work()) }
                    == .approvedByPreparer)
            let other = try await Work.begin(
                "approve", as: try Actor("another").orThrow("no actor"), on: try day("2027-01-10"), in: books.transaction)
            _ = try await PreparedRuns.approve(prepared.id, in: other)
            // What was seen is what may be posted: a credit in between makes it another outcome.
            let stale = try await books.refused {
                _ = try await books.credit("1000", on: 1)
                _ = try await PreparedRuns.post(prepared.id, in: try await books.work())
            }
            #expect(stale == .stalePreview)
            let reversed = try await PreparedRuns.post(prepared.id, in: try await books.work())
            #expect(reversed.amounts["Member 1"] == ["-25000.00"])
            try await Self.setting(.fourEyes, "off", from: "2027-01-01", in: books)
            #expect(try await books.run().amounts["Member 1"] == ["25000.00"])
        }
    }

    /// Two persons are asked for since a day that is over by any clock; a day before it is none to hide behind.
    @Test func aDayOfBeforeFourEyesLetsNobodyPostAlone() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            try await Self.setting(.fourEyes, "on", from: "2026-11-01", in: books)
            #expect(try await books.refused { _ = try await books.run(on: "2026-10-31") } == .fourEyes)
            try await Self.setting(.fourEyes, "off", from: "2027-01-01", in: books)
            _ = try await books.run()
        }
    }

    @Test func whatIsStaleIsNotApproved() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let (prepared, _) = try await PreparedRuns.prepare(year, .all, accepting: [], in: try await books.work())
            try await books.member(2, from: "2026-05-01")
            let other = try await Work.begin(
                "approve", as: try Actor("another").orThrow("no actor"), on: try day("2027-01-10"), in: books.transaction)
            #expect(try await books.refused { _ = try await PreparedRuns.approve(prepared.id, in: other) } == .stalePreview)
            #expect(try await PreparedRuns.find(prepared.id, in: other).approvedBy == nil)
            _ = try await books.run()
        }
    }

    @Test func onlyARunThatInvoicedIsReversed() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            let first = try await books.run()
            let number = try (first.outcomes.first?.numbers.first).orThrow("no number")
            _ = try await books.credit("1000", on: number)
            _ = try await Reversal.post(try first.run.orThrow("no run"), in: try await books.work(on: "2027-02-02"))
            let others = try await InvoiceRuns.list(in: try await books.work()).filter { $0.kind != .charges }
            #expect(others.map(\.kind) == [.reversal, .creditByHand])
            for (run, kind) in others.map({ ($0.id, $0.kind) }) {
                let refusal = try await #require(throws: Refusal.self) {
                    try await books.transaction.savepoint { _ in _ = try await Reversal.post(run, in: try await books.work()) }
                }
                #expect(refusal == Refusal(.runNotReversible, String(run), kind.rawValue))
            }
            #expect(try await books.run(on: "2027-02-03").totals.invoices == 1)
        }
    }

    @Test(arguments: [
        "UPDATE prepared_run SET inputs = decode(repeat('00', 32), 'hex')", "UPDATE prepared_run SET prepared_by = 'nobody'",
        "UPDATE prepared_run SET approved_by = 'third', approved_on = '2027-01-10'",
        "UPDATE prepared_run SET approved_by = NULL, approved_on = NULL",
        "UPDATE prepared_run SET reverses = NULL, scope = 'dues'",
    ])
    func whatWasPreparedIsApprovedOnceAndNeverChanged(statement: String) async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let (prepared, _) = try await PreparedRuns.prepare(year, .all, accepting: [], in: try await books.work())
            let unapproved = "UPDATE prepared_run SET run_id = 1"
            #expect(try await books.refused { try await books.transaction.run(script: unapproved) } == .preparedIsFinal)
            let other = try await Work.begin(
                "approve", as: try Actor("another").orThrow("no actor"), on: try day("2027-01-10"), in: books.transaction)
            _ = try await PreparedRuns.approve(prepared.id, in: other)
            #expect(try await books.refused { try await books.transaction.run(script: statement) } == .preparedIsFinal)
            #expect(try await PreparedRuns.post(prepared.id, in: try await books.work()).totals.documents == 1)
            let again = "UPDATE prepared_run SET run_id = run_id + 1"
            #expect(try await books.refused { try await books.transaction.run(script: again) } == .preparedIsFinal)
        }
    }

    @Test func aSharedTotalWithNobodyIsSaidInTheHashAndInTheResult() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let before = try await books.preview().hash
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(rows: ["{ component: Drift, charge: sharedCost, shared: { total: 1000, by: equal } }"]),
            ])
            let preview = try await books.preview()
            #expect(preview.unshared.map { "\($0.component) \($0.period) \($0.total)" } == ["Drift 2027 1000.00"])
            #expect(preview.totals.warnings == [.noParticipants: 1] && preview.hash != before)
            #expect(try await books.run().totals.documents == 0)
            try await books.body(1, "Region West")
            try await books.join(try await Products.subject(named: "P", in: try await books.work()), "Region West", from: "2026-12-01")
            let run = try await books.run()
            #expect(run.unshared == [] && run.amounts["Region West"] == ["1000.00"])
        }
    }

    /// The database keeps rule 1 whatever the program checks: an amount may change any day, the model only where a billing period begins.
    @Test(arguments: [
        ("2027-04-01", #"{"model": "amount", "amountMinor": 7}"#, false),
        ("2027-07-01", #"{"model": "perClass", "amountsMinor": {"small": 7}}"#, false),
        ("2027-04-01", #"{"model": "perClass", "amountsMinor": {"small": 7}}"#, true),
    ])
    func rule01AModelChangesOnlyWhereABillingPeriodBegins(from: String, price: String, isRefused: Bool) async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.product("P", frequency: .halfYearly, rows: [("fee", .annualFee, "1000")])
            let rule = try await books.refused {
                try await books.transaction.run(
                    script: """
                        UPDATE rate_row SET during = daterange(lower(during), '\(from)');
                        INSERT INTO rate_row (sheet_id, charge, component, during, price, decision_id)
                        SELECT sheet_id, charge, component, daterange('\(from)', NULL), '\(price)', decision_id FROM rate_row;
                        SET CONSTRAINTS ALL IMMEDIATE;
                        """)
            }
            #expect(rule == (isRefused ? .priceModelChangesInside : nil))
            if !isRefused { try await books.transaction.run(script: "SET CONSTRAINTS ALL DEFERRED") }
        }
    }
}
