import Domain
import Registry
import Testing
import Wording

/// What a person reads of a line: every number in it is said where it comes from.
@Suite struct ExplanationTests {
    private func lines(_ run: ChargeRunResult, of name: String) -> [DraftLine] {
        run.outcomes.filter { $0.outcome.party.name == name }.flatMap(\.outcome.documents).flatMap(\.lines)
    }

    @Test func componentsAreAddedUpInTheOpen() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product(
                "P", rows: [("fee", .annualFee, "1000"), ("support", .annualFee, "500.50")])
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2026-12-01")
            let line = try lines(try await books.run(), of: "Region West").first.orThrow("no line")
            let told = line.derivation.explanation(in: .english)
            #expect(told.filter { $0 == "For a whole year: fee DKK 1,000.00 + support DKK 500.50 = DKK 1,500.50." }.count == 1, "\(told)")
        }
    }

    @Test func aShareSaysWhatItsWeightsAreAndThatOthersCame() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    proRata: "none",
                    rows: [
                        "{ component: Drift, charge: sharedCost, shared: { total: 1200, by: equal } }"
                    ]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            for (index, name) in ["Region West", "Region East"].enumerated() {
                try await books.body(index + 1, name)
                try await books.join(product, name, from: "2026-12-01")
            }
            let first = try lines(try await books.run(), of: "Region West").first.orThrow("no line")
            let told = first.derivation.explanation(in: .english)
            #expect(
                told.last?.hasPrefix(
                    "Drift: 1 is the participant's own measure, times 3 = 3 (active) × 1 period (who is passive counts 1/3 of who is active"
                )
                    == true, "\(told)")
            #expect(told.last?.hasSuffix("6 is the sum of all participants' weights.") == true)

            try await books.body(3, "Region North")
            try await books.join(product, "Region North", from: "2026-12-01")
            let corrected = try lines(try await books.run(), of: "Region West").first.orThrow("no line")
            let reason = corrected.derivation.reason(in: .english)
            #expect(reason.hasSuffix("together their weights were 3 and are 6 now."), "\(reason)")
        }
    }

    /// By inhabitants, by step, by class and as a fraction of another component: each with what it was made of.
    @Test func everyComponentSaysHowItsAmountWasChosen() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    proRata: "none",
                    rows: [
                        "{ component: Base, charge: annualFee, per-inhabitant: { amount: 0.125, floor: 1000 } }",
                        "{ component: Class, charge: annualFee, per-class: { small: 100, medium: 200, large: 300, very-large: 400 } }",
                        "{ component: Step, charge: annualFee, step-down: [{ from: 1, amount: 900 }, { from: 2, amount: 800 }] }",
                        "{ component: Third, charge: annualFee, fraction: { of: Step, share: 1/3 } }",
                    ]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            for (index, name) in ["Small", "Large"].enumerated() {
                let cvr = try await books.body(index + 1, name).cvr.orThrow("no number")
                let count = index == 0 ? 7_000 : 61_235
                try await books.importing([
                    "inhabitants.csv": "organisation,counted_on,inhabitants,source\n\(cvr),2026-01-01,\(count),made up\n"
                ])
                try await books.join(product, name, from: "2026-12-01")
            }
            let run = try await books.run()
            let expected = [
                ("Small", "Base (7,000 × DKK 0.125, at least) DKK 1,000.00 + Class (small) DKK 100.00", "2,166.67"),
                ("Large", "Base (61,235 × DKK 0.125) about DKK 7,654.38 + Class (large) DKK 300.00", "9,021.04"),
            ]
            for (name, sum, total) in expected {
                let line = try lines(run, of: name).first.orThrow("no line")
                let told = line.derivation.explanation(in: .english)
                #expect(
                    told.contains(
                        "For a whole year: \(sum) + Step (from 2 participants) DKK 800.00 + Third (1/3 of Step) about DKK 266.67 = DKK \(total)."
                    ),
                    "\(told)")
            }
        }
    }

    /// Whoever asks for a posted line is told who else shares its totals, and after a change of those who came, went or weigh otherwise, by name.
    @Test func aPostedShareNamesThoseWhoShare() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    proRata: "none",
                    rows: ["{ component: Drift, charge: sharedCost, shared: { total: 1200, by: equal } }"]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            var agreements: [Identifier<Agreement>] = []
            for (index, name) in ["West", "East", "Aarhus"].enumerated() {
                try await books.body(index + 1, name)
                if index < 2 { agreements.append(try await books.join(product, name, from: "2026-12-01")) }
            }
            _ = try await books.run()
            func told(_ kind: DocumentKind, to name: String) async throws -> [String] {
                let work = try await books.work()
                let ids =
                    kind == .invoice
                    ? try await Documents.invoices(in: work).map(\.document) : try await Documents.creditNotes(in: work).map(\.document)
                let number = try ids.last { $0.buyerName == name }.orThrow("no document").number
                let document = try await Documents.tellingWhoShares(try await books.document(kind, number), in: work)
                return try document.lines.first.orThrow("no line").explanation(in: .english)
            }
            #expect(try await told(.invoice, to: "West").last == "Drift is shared by weight among East (1 × 3), West (1 × 3).")
            try await books.join(product, "Aarhus", from: "2027-01-01")
            _ = try await books.run()
            #expect(
                try await told(.creditNote, to: "West").suffix(2) == [
                    "Drift is shared by weight among East (1 × 3), West (1 × 3), Aarhus (1 × 3).",
                    "Among those who share Drift: came: Aarhus (1 × 3).",
                ])
            // The first invoice goes on telling who shared it when it was posted.
            #expect(try await told(.invoice, to: "West").last == "Drift is shared by weight among East (1 × 3), West (1 × 3).")
        }
    }

    /// What lapsed is named, and what it lapsed for: the notice with its day and the last day it gives (rule 6).
    @Test func aCreditAfterANoticeNamesTheNotice() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("P", rows: [("fee", .annualFee, "36500")])
            try await books.body(1, "Region West")
            let terms = AgreementTerms(
                forms: .active, notice: try NoticeTerms(months: 3, to: .halfYear).orThrow("no terms"), minimumLastDay: nil)
            let id = try await books.join(product, "Region West", from: "2026-12-01", terms)
            let member = try await books.member(2, from: "2026-01-01")
            try await books.dues(2028, .fixed(try kroner("26000")))
            _ = try await books.run()
            _ = try await books.run(2028, on: "2027-07-05")
            try await books.notice(id, received: "2027-03-10", on: "2027-07-06")
            try await books.notice(member, received: "2027-12-31", on: "2027-12-31")
            let credits = try await books.run(2028, on: "2027-12-31")
            let west = lines(credits, of: "Region West")
            #expect(west.map(\.net) == [try kroner("18400"), try kroner("36500")])
            for line in west {
                #expect(
                    line.derivation.reason(in: .danish).contains(
                        "Opsigelse af aftale \(id) modtaget 10. marts 2027: sidste dag er 30. juni 2027."),
                    "\(line.derivation.reason(in: .danish))")
                #expect(
                    line.derivation.reason(in: .english).contains(
                        "Notice of agreement \(id) received on 10 March 2027: the last day is 30 June 2027."))
            }
            let dues = lines(credits, of: "Member 2").map { $0.derivation.reason(in: .english) }
            #expect(dues.count == 1 && dues[0].contains("received on 31 December 2027: the last day is 31 December 2027."), "\(dues)")
            #expect(try await Replay.all(in: try await books.work()).differing.isEmpty)
        }
    }

    /// And the succession with its day, its decision and who took the place.
    @Test func aCreditAfterASuccessionNamesTheSuccession() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("P", rows: [("fee", .annualFee, "36500")])
            try await books.body(1, "Region West")
            try await books.body(2, "Region Both")
            let id = try await books.join(product, "Region West", from: "2026-12-01")
            _ = try await books.run(2028, on: "2027-07-05")
            try await Succession.carryOut(
                ["Region West"], by: "Region Both", on: try day("2028-01-01"), decision: "GF-2", in: try await books.work(on: "2027-12-01"))
            let moved = try await books.run(2028, on: "2028-01-05")
            #expect(moved.amounts == ["Region Both": ["36500.00", "-36500.00"]])
            let credit = try lines(moved, of: "Region Both").first { $0.credits != nil }.orThrow("no credit")
            let told = [Language.danish, .english].map { credit.derivation.reason(in: $0) }
            #expect(
                told[0].contains(
                    "Aftale \(id) gik 1. januar 2028 over til Region Both (beslutning GF-2): sidste dag er 31. december 2027."),
                "\(told)")
            #expect(
                told[1].contains(
                    "Agreement \(id) went over to Region Both on 1 January 2028 (decision GF-2): the last day is 31 December 2027."))
        }
    }

    /// Rule 15: the begun period counts to its end, and the explanation says that the agreement itself did not.
    @Test func anInvoiceOfABegunPeriodTellsTheAgreementsRealLastDay() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("P", rows: [("fee", .annualFee, "36500")])
            try await books.body(1, "Region West")
            try await books.body(2, "Region Both")
            let id = try await books.join(product, "Region West", from: "2026-12-01")
            let membership = try await books.join(.association, "Region West", from: "2026-12-01")
            try await Succession.carryOut(
                ["Region West"], by: "Region Both", on: try day("2027-07-01"), decision: "GF-2", in: try await books.work(on: "2027-06-01"))
            let charged = lines(try await books.run(on: "2027-07-02"), of: "Region Both")
            #expect(charged.map(\.net) == [try kroner("25000"), try kroner("36500")])
            let days = "from 1 December 2026 through 30 June 2027, the period it was in counted to 31 December 2027"
            for (line, agreement) in zip(charged, [membership, id]) {
                let told = line.derivation.explanation(in: .english)
                let own = line.key.charge == .dues ? "Member \(days) (agreement \(agreement))." : "Agreement \(agreement) \(days)."
                #expect(told.contains(own), "\(told)")
                let end = "Agreement \(agreement) went over to Region Both on 1 July 2027 (decision GF-2): the last day is 30 June 2027."
                #expect(told.contains(end), "\(told)")
                #expect(line.covers.last == (try day("2027-12-31")))
            }
            // And so does what the receiver's system gets.
            let text = try await books.document(.invoice, 1).lines.map { $0.text(in: .danish).description }
            #expect(
                text.allSatisfy { $0.contains("til og med 30. juni 2027, den begyndte periode regnet til 31. december 2027") }, "\(text)")
            #expect(try await Replay.all(in: try await books.work()).differing.isEmpty)
        }
    }

    /// A year beside the year before names the succession on both sides, and nowhere else.
    @Test func aComparisonNamesTheSuccession() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product(
                "P", frequency: .halfYearly, rows: [("fee", .annualFee, "20000"), ("joining", .joiningFee, "4000")])
            for (index, name) in ["Region West", "Region Both", "Region East"].enumerated() { try await books.body(index + 1, name) }
            try await books.join(product, "Region West", from: "2027-01-01")
            try await books.join(product, "Region East", from: "2027-01-01")
            try await books.join(.association, "Region Both", from: "2027-01-01")
            try await books.dues(2028, .fixed(try kroner("26000")))
            _ = try await books.run()
            try await Succession.carryOut(
                ["Region West"], by: "Region Both", on: try day("2028-07-01"), decision: "GF-2", in: try await books.work(on: "2027-12-01"))
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let told = "Region West was succeeded by Region Both on 1 July 2028 (decision GF-2)."
            func reasons(_ target: BillingPeriod) async throws -> [String: [Bool]] {
                let changes = try await RunComparison.compare(target, .all, in: try await books.work(on: "2027-12-01"))
                return changes.reduce(into: [:]) { reasons, change in
                    reasons["\(change.name) \(change.charge) \(change.kind)", default: []].append(
                        change.reasons(in: .english).first == told)
                }
            }
            #expect(
                try await reasons(year) == [
                    "Region West annualFee changed": [true], "Region Both annualFee new": [true], "Region East annualFee same": [false],
                    "Region Both dues changed": [false], "Region West joiningFee gone": [false], "Region East joiningFee gone": [false],
                ])
            let half = try BillingPeriod(year: 2028, half: .first).orThrow("no half")
            #expect(try await reasons(half)["Region West annualFee same"] == [false])
            _ = try await books.run(2028, on: "2028-07-02")
        }
    }

    @Test func anEndThatTheNextYearDoesNotFeelIsNoCauseThere() async throws {
        try await Books.play { books in
            let first = try await books.member(1, from: "2026-01-01")
            try await books.notice(first, received: "2027-03-10", on: "2027-03-10")
            _ = try await books.run()
            try await books.member(1, from: "2027-10-01")
            try await books.dues(2028, .fixed(try kroner("26000")))
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let changes = try await RunComparison.compare(year, .all, in: try await books.work(on: "2027-12-01"))
            let reasons = changes.flatMap { $0.reasons(in: .english) }
            #expect(!reasons.isEmpty && !reasons.contains { $0.contains("Notice") }, "\(reasons)")
            _ = try await books.run(2028, on: "2027-12-01")
        }
    }

    /// A fall that two invoices feel is two credit notes, and each line says how much of the difference is its own.
    @Test func rule06ACorrectionOnTwoInvoicesSaysWhatEachLineGivesBack() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-05-01")
            for (dues, own) in [("25000", []), ("26000", []), ("23500", ["1.000,00", "1.500,00"])] {
                try await books.dues(2027, .fixed(try kroner(dues)))
                let told = lines(try await books.run(), of: "Member 1").map { $0.explanation(in: .danish).last ?? "" }
                guard !own.isEmpty else {
                    #expect(!told.contains { $0.hasPrefix("Forskellen er ") })
                    continue
                }
                #expect(told.sorted() == own.map { "Forskellen er 2.500,00 kr.; \($0) kr. af den står på denne linje og resten på andre." })
            }
            for (number, own) in [(Int64(1), "1.500,00"), (2, "1.000,00")] {
                let note = try await books.document(.creditNote, number)
                #expect(note.lines.map { $0.explanation(in: .danish).last ?? "" }.allSatisfy { $0.contains(" kr.; \(own) kr. af den") })
                #expect(note.lines.allSatisfy { $0.text(in: .danish).description.contains("Forskellen er 2.500,00 kr.") })
            }
        }
    }

    /// The whole year was posted in January; on 15 October a dearer price from 1 October is recorded. One line names it, and a further run finds nothing.
    @Test func rule06APriceThatIsRecordedAfterPostingIsOneCorrection() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            func rates(_ rows: String) -> String {
                """
                dues: []
                vat: []
                sheets:
                  - product: P
                    from: 2027-01-01
                    frequency: yearly
                    pro-rata: days
                    passive: 1/3
                    contribution: no
                    decision: GF-1
                    rows:
                \(rows)

                """
            }
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": rates("      - { component: Fee, charge: annualFee, amount: 34880 }"),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2026-12-01")
            let january = lines(try await books.run(on: "2027-01-10"), of: "Region West")
            #expect(january.map(\.net.description) == ["34880.00"])
            // What the preview's table gives as the reason has the amount in it.
            #expect(january.first?.derivation.reason(in: .english).contains("= DKK 34,880.00") == true)
            try await books.importing(
                [
                    "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                    "rates.yaml": rates(
                        """
                              - { component: Fee, charge: annualFee, until: 2027-09-30, amount: 34880 }
                              - { component: Fee, charge: annualFee, from: 2027-10-01, amount: 36000, decision: B-1 }
                        """),
                ], on: "2027-10-15")
            let october = lines(try await books.run(on: "2027-10-15"), of: "Region West")
            #expect(october.map(\.net.description) == ["282.30"] && october.allSatisfy(\.isCorrection))
            #expect(october.first?.derivation.reason(in: .english).contains("B-1") == true)
            #expect(try await books.run(on: "2027-10-16").totals.documents == 0)
        }
    }

    /// A contribution stands on a fee and a share, which stand on one agreement and one sheet: each is told once.
    @Test func whatTwoFactsSayAlikeIsToldOnce() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    contribution: "yes",
                    rows: [
                        "{ component: Drift, charge: sharedCost, shared: { total: 36500, by: equal } }",
                        "{ component: Fee, charge: annualFee, amount: 36500 }",
                    ]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2027-07-02")
            let first = lines(try await books.run(), of: "Region West")
            let contribution = try first.first { $0.key.charge == .contribution }.orThrow("no contribution")
            let told = contribution.derivation.explanation(in: .danish)
            #expect(told.filter { $0.hasPrefix("Aftale ") }.count == 1 && Set(told).count == told.count, "\(told)")
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            try await books.dues(2028, .fixed(try kroner("26000")))
            let changes = try await RunComparison.compare(year, .products, in: try await books.work(on: "2027-12-01"))
            #expect(changes.count == 3)
            for change in changes {
                let reasons = change.reasons(in: .english)
                #expect(Set(reasons).count == reasons.count, "\(reasons)")
            }
            let again = try await books.run(2028, on: "2027-12-01")
            #expect(again.documents.count == 1)
        }
    }

    @Test func halfDuesBesideFullOnesAreNamedAsWellAsTheNewPrice() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2027-08-01")
            #expect(try await books.run(on: "2027-09-01").amounts == ["Member 1": ["12500.00"]])
            try await books.dues(2028, .fixed(try kroner("26000")))
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let changes = try await RunComparison.compare(year, .all, in: try await books.work(on: "2027-12-01"))
            let reasons = try changes.first.orThrow("no change").reasons(in: .english)
            #expect(reasons.count == 2 && reasons.first?.contains("26,000.00") == true, "\(reasons)")
            #expect(
                reasons.last
                    == "Changed. Before: A member only after 1 July 2027: half the dues. Now: A member by 1 July 2028: the full year's dues."
            )
            _ = try await books.run(on: "2027-12-01")
        }
    }

    /// The facts are the same where a part of a period stands beside a whole one, or a year has only one of its halves: so that is told.
    @Test(arguments: [
        ("yearly", "2027-07-02", ["Changed. Before: 2027: 183 days of 365 are charged. Now: 2028: 366 days of 366 are charged."]),
        ("yearly", "2027-01-01", []),
        ("halfYearly", "2027-07-01", ["Added: first half of 2028: 182 days of 182 are charged."]),
        (
            "halfYearly", "2027-06-30",
            ["Changed. Before: first half of 2027: 1 day of 181 are charged. Now: first half of 2028: 182 days of 182 are charged."]
        ),
    ])
    func aPartOfAPeriodBesideAWholeOneIsNamed(frequency: String, first: String, expected: [String]) async throws {
        try await Books.play { books in
            try await books.foundProducts()
            _ = try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    frequency: frequency, contribution: "yes",
                    rows: [
                        "{ component: Fee, charge: annualFee, amount: 36500 }",
                        "{ component: Drift, charge: sharedCost, shared: { total: 36500, by: equal } }",
                    ]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: first)
            _ = try await books.run(on: "2027-07-10")
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let changes = try await RunComparison.compare(year, .products, in: try await books.work(on: "2027-12-01"))
            for charge in [ChargeKind.annualFee, .contribution] {
                let change = try changes.first { $0.charge == charge }.orThrow("no change")
                #expect(change.reasons(in: .english) == expected && change.kind == (expected.isEmpty ? .same : .changed), "\(change)")
            }
            _ = try await books.run(2028, on: "2027-12-01")
        }
    }

    /// A half is told against the same half: in the first of 2027 three shared for three months, in the second four, as in 2028.
    @Test func aYearBilledInHalvesIsComparedHalfByHalf() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            _ = try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(
                    frequency: "halfYearly",
                    rows: [
                        "{ component: Drift, charge: sharedCost, shared: { total: 36500, by: equal } }"
                    ]),
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            for (number, first) in ["2026-12-01", "2026-12-01", "2026-12-01", "2027-04-01"].enumerated() {
                try await books.body(number + 1, "Region \(number + 1)")
                try await books.join(product, "Region \(number + 1)", from: first)
            }
            _ = try await books.run(on: "2027-05-01")
            let year = try BillingPeriod(year: 2028).orThrow("no year")
            let changes = try await RunComparison.compare(year, .products, in: try await books.work(on: "2027-12-01"))
            #expect(changes.map(\.kind) == [.changed, .changed, .changed, .changed])
            for change in changes {
                // The second halves have nothing between them, and what is told is no twin of itself.
                #expect(
                    change.causes.count == 1 && change.causes.allSatisfy { $0.from != $0.to },
                    "\(change.name): \(change.reasons(in: .english))")
            }
            _ = try await books.run(2028, on: "2027-12-01")
        }
    }

    @Test func aNewJoiningFeeIsComparedWithItsGrounds() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            let product = try await books.product("P", rows: [("joining", .joiningFee, "4000")])
            try await books.body(1, "Region West")
            try await books.join(product, "Region West", from: "2027-02-01")
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let changes = try await RunComparison.compare(year, .all, in: try await books.work())
            let reasons = try changes.first { $0.charge == .joiningFee }.orThrow("no joining fee").reasons(in: .english)
            #expect(reasons.count == 1 && reasons.first?.contains("signed on 1 February 2027") == true, "\(reasons)")
            _ = try await books.run()
        }
    }
}
