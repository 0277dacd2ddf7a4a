import Domain
import Foundation
import Testing

/// The difference as a pure function, on random memberships over random years of changes.
@Suite struct DifferenceTests {
    /// A small ledger kept by hand: what the database would hold.
    private struct Ledger {
        struct Line {
            let invoice: Int64
            let key: ChargeKey
            let revision: Int32
            let covers: Period
            var remaining: Money
            let derivation: LineDerivation
            let vat: VATRate
        }
        var lines: [Line] = []
        /// What is left of each invoice, net and tax.
        var left: [Int64: (net: Money, tax: Money)] = [:]
        var latest: [ChargeKey: LineDerivation] = [:]
        var postings: [ChargeKey: Int32] = [:]
        var balances: [ChargeKey: Money] = [:]

        func posted() -> [PostedBalance] {
            balances.compactMap { key, balance in
                key.period.map { PostedBalance(period: $0, balance: balance, postings: postings[key] ?? 0) }
            }
        }

        func history() -> PartyHistory {
            var keys: [ChargeKey: KeyHistory] = [:]
            var invoices: [Int64: OpenInvoice] = [:]
            for (key, derivation) in latest {
                let open = lines.filter { $0.key == key && $0.remaining > .zero }.sorted { $0.revision > $1.revision }.map {
                    OpenLine(
                        invoice: $0.invoice, line: 1, revision: $0.revision, part: 1, covers: $0.covers, vat: $0.vat,
                        remaining: $0.remaining)
                }
                keys[key] = KeyHistory(key: key, latest: derivation, open: open)
            }
            for line in lines {
                let rest = left[line.invoice] ?? (.zero, .zero)
                invoices[line.invoice] = OpenInvoice(
                    number: line.invoice, issuedOn: .epoch, taxes: [OpenTax(rate: line.vat, net: rest.net, tax: rest.tax)])
            }
            return PartyHistory(keys: keys, invoices: invoices)
        }

        mutating func post(_ outcome: PartyOutcome, number: inout Int64) throws {
            for document in outcome.documents {
                number += 1
                for line in document.lines {
                    let sign: Int64 = document.kind == .invoice ? 1 : -1
                    balances[line.key] = Money(minorUnits: (balances[line.key] ?? .zero).minorUnits + sign * line.net.minorUnits)
                    latest[line.key] = line.derivation
                    postings[line.key] = line.revision + 1
                    if let credited = line.credits {
                        let index = try #require(lines.firstIndex { $0.invoice == credited.invoice && $0.key == line.key })
                        lines[index].remaining = try lines[index].remaining - line.net
                    } else {
                        lines.append(
                            Line(
                                invoice: number, key: line.key, revision: line.revision, covers: line.covers, remaining: line.net,
                                derivation: line.derivation, vat: line.vat))
                    }
                }
                guard let credited = document.credits else {
                    left[number] = (document.net, document.tax)
                    continue
                }
                let before = try #require(left[credited.number])
                let after = (net: try before.net - document.net, tax: try before.tax - document.tax)
                // Never more VAT back than was charged, and all of it once nothing is left.
                #expect(after.tax >= .zero)
                #expect(after.net > .zero || after.tax == .zero)
                left[credited.number] = after
            }
        }
    }

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
        var number: Int64 = 0
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
            let terms = ChargeTerms(
                window: ChargeWindow(chargesBegin: try #require(CivilDate("2027-01-01")), target: target), tariff: DuesTariff(rates),
                vat: rules)
            for pass in 0..<2 {
                let party = ChargedParty(
                    id: organisation, name: "M", cvr: CVRNumber("41849983"), address: .unknown, billing: BillingContact(reference: "R"),
                    memberships: spells, adjustments: [], posted: ledger.posted())
                let assessment = try Assessment(of: party, under: terms)
                let outcome = try PartyOutcome(of: party, assessment, history: ledger.history(), under: terms)
                // Run again: nothing.
                if pass == 1 { #expect(outcome.documents.isEmpty, "seed \(seed) step \(step)") }
                try ledger.post(outcome, number: &number)
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
        let dues = try DuesDerivation(
            year: try #require(BillingPeriod(year: 2027)), spells: spells, price: price,
            adjustments: Bool.random(using: &random) ? [adjustment] : [])
        let causes: [Cause] = [
            .priceChanged(from: price, to: price), .adjusted(adjustment), .adjustmentWithdrawn(adjustment),
            .spellChanged(agreement: Identifier(1), from: spells.first?.term, to: nil),
        ]
        let derivation = LineDerivation(dues: dues, postedBefore: Money(minorUnits: 5), causes: causes)
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
            year: try #require(BillingPeriod(year: 2027)), spells: [Spell(agreement: Identifier(1), term: term)], price: price,
            adjustments: [])
        var json = CanonicalJSON()
        LineDerivation(dues: dues, postedBefore: .zero, causes: []).write(to: &json)
        let text = String(decoding: json.bytes, as: UTF8.self)
        let tampered = try #require(text.range(of: "\"owedMinor\":2500000")).lowerBound
        let changed = text[..<tampered] + "\"owedMinor\":2500001" + text[text.index(tampered, offsetBy: 19)...]
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(LineDerivation.self, from: Data(changed.utf8)) }
    }
}
