import Domain
import Foundation
import Testing

/// The difference as a pure function, on random memberships over random years of changes.
@Suite struct DifferenceTests {
    /// What a year owes, said again from the rule's own words and nothing else: month by month, day by day.
    private static func owedSlowly(_ spells: [Spell], year: Int, price: Money) -> Int64 {
        var livesByJuly = false
        var livesAtAll = false
        var date = CivilDate(year: year, month: 1, day: 1)
        while let current = date, current.year == year {
            if spells.contains(where: { $0.term.contains(current) }) {
                livesAtAll = true
                if current.components.month < 7 || (current.components.month == 7 && current.components.day == 1) { livesByJuly = true }
            }
            date = current.adding(days: 1)
        }
        if livesByJuly { return price.minorUnits }
        return livesAtAll ? (price.minorUnits + 1) / 2 : 0
    }

    @Test(arguments: 0..<60)
    func anyHistoryOfChangesLeavesExactlyWhatIsOwed(round: Int) throws {
        let seed = UInt64(20_270_101 + round)
        var random = SeededGenerator(seed: seed)
        let organisation = Identifier<Organisation>(7)
        let vat = try #require(VATRate(.standard, basisPoints: 2500))
        let rules = VATRules([VATRule(charge: .dues, term: try #require(Term(first: .epoch, last: nil)), rate: vat)])
        let decision = DecisionReference(id: Identifier(1), reference: "D")
        var prices: [Int: Money] = [2027: Money(minorUnits: 2_500_000), 2028: Money(minorUnits: 2_500_001), 2029: Money(minorUnits: 999)]
        var spells: [Spell] = []
        var ledger = Ledger()
        for step in 0..<12 {
            // A random change: a price, or the spells.
            if Bool.random(using: &random) {
                prices[Int.random(in: 2027...2029, using: &random)] = Money(minorUnits: Int64.random(in: 1...5_000_000, using: &random))
            } else {
                spells = try Self.spells(using: &random)
            }
            let rates = prices.map { year, amount in
                DuesRate(id: Identifier(Int64(year)), year: year, basis: .fixed(amount), decision: decision)
            }
            let target = try #require(BillingPeriod(year: 2029))
            let terms = try ChargeTerms(
                window: ChargeWindow(chargesBegin: try #require(CivilDate("2027-01-01")), target: target), tariff: DuesTariff(rates),
                vat: rules)
            for pass in 0..<2 {
                let party = ChargedParty(
                    id: organisation, name: "M", cvr: CVRNumber("41849983"), address: .unknown, billing: BillingContact(reference: "R"),
                    accounts: [
                        ChargedAccount(
                            organisation: organisation, name: "M",
                            participations: spells.map {
                                Participation(agreement: $0.agreement, subject: .association, term: $0.term, signedOn: $0.term.first)
                            }, posted: ledger.posted(of: organisation))
                    ])
                let assessment = try Assessment(of: party, under: terms)
                let outcome = try PartyOutcome(of: party, assessment, history: ledger.history(), under: terms)
                // Run again: nothing.
                if pass == 1 { #expect(outcome.documents.isEmpty, "seed \(seed) step \(step)") }
                try ledger.post(outcome)
                for (year, price) in prices {
                    let key = ChargeKey(organisation: organisation, subject: .association, charge: .dues, period: BillingPeriod(year: year))
                    let owed = Self.owedSlowly(spells, year: year, price: price)
                    #expect((ledger.balances[key] ?? .zero).minorUnits == owed, "seed \(seed) step \(step) year \(year)")
                }
                #expect(ledger.lines.allSatisfy { $0.remaining >= .zero })
            }
        }
    }

    private static func spells(using random: inout SeededGenerator) throws -> [Spell] {
        var spells: [Spell] = []
        var first = try #require(CivilDate("2026-06-01")?.adding(days: Int.random(in: 0...700, using: &random)))
        for index in 0..<Int.random(in: 0...3, using: &random) {
            let last = try #require(first.adding(days: Int.random(in: 0...500, using: &random)))
            let isOpen = index == 2
            spells.append(Spell(agreement: Identifier(Int64(index)), term: try #require(Term(first: first, last: isOpen ? nil : last))))
            first = try #require(last.adding(days: Int.random(in: 1...300, using: &random)))
        }
        return spells
    }

    @Test(arguments: 0..<200)
    func derivationsReadBackAsTheyWereWritten(round: Int) throws {
        var random = SeededGenerator(seed: UInt64(round))
        let decision = DecisionReference(id: Identifier(3), reference: "GF \"2026\" \\ æøå \u{1}")
        let index = IndexStep(
            from: Money(minorUnits: 2_500_000), previous: try #require(DecimalFigure("117.4")),
            figure: try #require(DecimalFigure("121.3")),
            computed: Money(minorUnits: 2_583_000))
        let price = DuesPrice(
            rate: Identifier(9), year: 2027, decision: decision, amount: Money(minorUnits: Int64.random(in: 0...9_000_000, using: &random)),
            index: Bool.random(using: &random) ? index : nil)
        let adjustment = Adjustment(id: Identifier(4), amount: Money(minorUnits: 100), reason: "goodwill\n\"quoted\"", decision: decision)
        let spells = try Self.spells(using: &random)
        let dues = try DuesDerivation(year: try #require(BillingPeriod(year: 2027)), spells: spells, price: price)
        let now = try Derivation(.dues(dues), adjustments: Bool.random(using: &random) ? [adjustment] : [])
        let before = try Derivation(.reversal(run: 4, left: Money(minorUnits: 5)))
        let derivation = LineDerivation(now: now, postedBefore: Money(minorUnits: 5), before: Bool.random(using: &random) ? before : nil)
        var json = CanonicalJSON()
        derivation.write(to: &json)
        #expect(try JSONDecoder().decode(LineDerivation.self, from: Data(json.bytes)) == derivation)
    }

    @Test func aDerivationThatWasTamperedWithDoesNotRead() throws {
        let price = DuesPrice(
            rate: Identifier(9), year: 2027, decision: DecisionReference(id: Identifier(1), reference: "D"),
            amount: Money(minorUnits: 2_500_000),
            index: nil)
        let first = try #require(CivilDate("2026-01-01"))
        let term = try #require(Term(first: first, last: nil))
        let dues = try DuesDerivation(
            year: try #require(BillingPeriod(year: 2027)), spells: [Spell(agreement: Identifier(1), term: term)], price: price)
        var json = CanonicalJSON()
        LineDerivation(now: try Derivation(.dues(dues)), postedBefore: .zero, before: nil).write(to: &json)
        let text = String(decoding: json.bytes, as: UTF8.self)
        let tampered = try #require(text.range(of: "\"owedMinor\":2500000")).lowerBound
        let changed = text[..<tampered] + "\"owedMinor\":2500001" + text[text.index(tampered, offsetBy: 19)...]
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LineDerivation.self, from: Data(changed.utf8)) }
    }
}
