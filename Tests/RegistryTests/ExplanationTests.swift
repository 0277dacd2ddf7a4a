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
            #expect(told.filter { $0 == "The components come to DKK 1,500.50 a year together." }.count == 1, "\(told)")
        }
    }

    @Test func aShareSaysWhatItsWeightsAreAndThatOthersCame() async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": """
                dues: []
                vat: []
                sheets:
                  - product: P
                    from: 2027-01-01
                    frequency: yearly
                    pro-rata: none
                    passive: 1/3
                    late-changes: settle
                    contribution: no
                    decision: GF-1
                    rows:
                      - { component: Drift, charge: sharedCost, shared: { total: 1200, by: equal } }

                """,
            ])
            let product = try await Products.subject(named: "P", in: try await books.work())
            for (index, name) in ["Region West", "Region East"].enumerated() {
                try await books.body(index + 1, name)
                try await books.join(product, name, from: "2026-12-01")
            }
            let first = try lines(try await books.run(), of: "Region West").first.orThrow("no line")
            let told = first.derivation.explanation(in: .english)
            #expect(told.last?.hasPrefix("Drift: 1 is the participant's own measure, times 3 for form and time") == true, "\(told)")
            #expect(told.last?.hasSuffix("6 is the sum of all participants' weights.") == true)

            try await books.body(3, "Region North")
            try await books.join(product, "Region North", from: "2026-12-01")
            let corrected = try lines(try await books.run(), of: "Region West").first.orThrow("no line")
            let reason = corrected.derivation.reason(in: .english)
            #expect(reason.hasSuffix("together their weights were 3 and are 6 now."), "\(reason)")
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
