import Domain
import Postgres
import Registry
import TestSupport
import Testing

/// Owed is a function of what is recorded (DOMAIN §3, rule 2): in which order it came in, and how often a run looked on the way, changes no balance.
@Suite struct RecordingOrderTests {
    /// Facts that do not need each other, recorded one use case after the other.
    private typealias Fact = @Sendable (Books) async throws -> Void

    private static let facts: [Fact] = [
        { try await $0.join(.association, "Region West", from: "2026-03-01") },
        { try await $0.join(.association, "Region East", from: "2027-08-01") },
        { try await $0.join(try await product(in: $0), "Region West", from: "2027-02-01") },
        { books in
            let terms = AgreementTerms(
                forms: .active, notice: try NoticeTerms(months: 3, to: .halfYear).orThrow("no terms"), minimumLastDay: nil)
            let agreement = try await books.join(try await product(in: books), "Region East", from: "2027-01-15", terms)
            try await books.notice(agreement, received: "2027-03-10", on: "2027-07-06")
        },
        { books in
            let forms = FormHistory(.passive, changes: [.init(from: try day("2027-05-01"), form: .active)])
            let terms = AgreementTerms(
                forms: forms, notice: try NoticeTerms(months: 6, to: .year).orThrow("no terms"), minimumLastDay: nil)
            try await books.join(try await product(in: books), "Region North", from: "2027-01-01", terms)
        },
        { try await $0.dues(2027, .fixed(try kroner("26000"))) },
        { try await sheet(in: $0, fee: "48000.50") },
        { try await place("Region West", .large, in: $0) }, { try await place("Region North", .small, in: $0) },
        { try await pledge("60000", by: "Region West", on: "2027-01-05", in: $0) },
        { try await pledge("40000", by: "Region East", on: "2027-01-20", in: $0) },
    ]

    private static func product(in books: Books) async throws -> Subject {
        try await Products.subject(named: "P", in: try await books.work())
    }

    private static func sheet(in books: Books, fee: String) async throws {
        try await books.importing([
            "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
            "rates.yaml": Books.sheet(
                frequency: "halfYearly", proRata: "startedMonths", contribution: "yes",
                rows: [
                    "{ component: Fee, charge: annualFee, amount: \(fee) }",
                    "{ component: Shared, charge: sharedCost, shared: { total: 10000, by: class, weights: { small: 1, medium: 2, large: 3, very-large: 5 } } }",
                    "{ component: Join, charge: joiningFee, from: 2012-01-01, amount: 7000 }",
                ]),
        ])
    }

    private static func place(_ organisation: String, _ sizeClass: SizeClass, in books: Books) async throws {
        let work = try await books.work()
        _ = try await SizeStore.place(
            try await Organisations.find(organisation, in: work).id, in: sizeClass, because: "no inhabitants", decision: "B-1", from: 2027,
            through: nil, in: work)
    }

    private static func pledge(_ amount: String, by organisation: String, on pledgedOn: String, in books: Books) async throws {
        let facts = PledgeFacts(amount: try kroner(amount), pledgedOn: try day(pledgedOn))
        try await Pledges.add(
            facts, to: "Project", by: organisation, decision: "B-1", in: try await books.work(recording: try day(pledgedOn)))
    }

    /// Records the facts in an order, with runs on the way where they are asked for, and tells what a last run leaves.
    private static func record(_ order: [Int], runningAfter stops: Set<Int> = []) async throws -> (lines: [String], balances: [String]) {
        try await Books.play { books in
            try await books.foundProducts()
            for (index, name) in ["Region West", "Region East", "Region North"].enumerated() { try await books.body(index + 1, name) }
            try await sheet(in: books, fee: "36000")
            try await books.importing(["projects.csv": "name,product,target,deadline,decision\nProject,,100000,2027-06-30,GF-1\n"])
            // Who shares by size has one before any run.
            try await place("Region East", .medium, in: books)
            for (position, fact) in order.enumerated() {
                try await facts[fact](books)
                if stops.contains(position) { _ = try await books.run(on: "2027-08-01") }
            }
            _ = try await books.run(on: "2027-08-02")
            return (
                try await tell("d.kind || ' ' || d.number || ' ' || l.line || ' ' || l.covers || ' ' || l.net_minor", in: books),
                try await tell("sum(CASE d.kind WHEN 'invoice' THEN l.net_minor ELSE -l.net_minor END)", in: books, grouped: true)
            )
        }
    }

    /// What is posted, key by key, by names: numbers of records are not facts.
    private static func tell(_ what: SQL, in books: Books, grouped: Bool = false) async throws -> [String] {
        let group: SQL = grouped ? "GROUP BY o.name, l.subject_name, l.charge, l.billing_period HAVING \(what) <> 0" : ""
        return try await books.transaction.query(
            """
            SELECT concat_ws(' ', o.name, l.subject_name, l.charge, l.billing_period, \(what)) AS told
            FROM document_line AS l JOIN document AS d USING (kind, number) JOIN organisation AS o ON o.id = l.organisation_id
            \(group) ORDER BY told
            """, as: String.self)
    }

    @Test func theOrderInWhichFactsAreRecordedChangesNoPostedLine() async throws {
        let stated = try await Self.record(Array(Self.facts.indices))
        #expect(stated.lines.count > 15 && stated.balances.count > 10, "\(stated)")
        for seed in UInt64(1)...20 {
            var random = SeededGenerator(seed: seed)
            let order = Self.facts.indices.shuffled(using: &random)
            let other = try await Self.record(order)
            #expect(other.lines == stated.lines, "seed \(seed): \(order)")
            // And with runs on the way there are corrections, which come to the same.
            let stops = Set(order.indices.shuffled(using: &random).prefix(3))
            #expect(
                try await Self.record(order, runningAfter: stops).balances == stated.balances, "seed \(seed): \(order), runs after \(stops)"
            )
        }
    }

    /// Equal remainders go by CVR number, those without one last (DOMAIN §3), and not by who was registered first: 100.02 among four leaves two øre.
    @Test(arguments: [[1, 2, 3, 4], [4, 3, 2, 1], [3, 4, 1, 2]])
    func theOddOereGoesByCVRNumber(registered order: [Int]) async throws {
        try await Books.play { books in
            try await books.foundProducts()
            for number in order { try await books.body(number, "Region \(number)", cvr: number != 4) }
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nP,,,,\n",
                "rates.yaml": Books.sheet(rows: [
                    "{ component: Shared, charge: sharedCost, shared: { total: 100.02, by: equal } }"
                ]),
            ])
            for number in order { try await books.join(try await Self.product(in: books), "Region \(number)", from: "2026-12-01") }
            let run = try await books.run()
            let shares = run.breakdown.members.map { "\($0.name) \($0.net)" }
            #expect(shares == ["Region 1 25.01", "Region 2 25.01", "Region 3 25.00"])
            // The fourth cannot be invoiced, and has its share all the same.
            #expect(run.outcomes.flatMap(\.outcome.parked).map(\.reason) == [.noReceiver])
        }
    }
}
