import Domain
import Testing

/// A small ledger kept by hand: what the database would hold of posted documents.
struct Ledger {
    struct Line {
        let invoice: Int64
        let number: Int32
        let key: ChargeKey
        let revision: Int32
        let part: Int32
        let covers: Period
        let vat: VATTreatment
        var remaining: Money
    }

    private(set) var lines: [Line] = []
    private var left: [Int64: [VATRate: (net: Money, tax: Money)]] = [:]
    private var latest: [ChargeKey: LineDerivation] = [:]
    private var postings: [ChargeKey: Int32] = [:]
    private var firstCovers: [ChargeKey: Period] = [:]
    private(set) var balances: [ChargeKey: Money] = [:]
    private var number: Int64 = 0

    func posted(of organisation: Identifier<Organisation>) -> [ChargeKey: PostedBalance] {
        var posted: [ChargeKey: PostedBalance] = [:]
        for (key, balance) in balances where key.organisation == organisation {
            guard let covers = firstCovers[key] else { continue }
            posted[key] = PostedBalance(balance: balance, postings: postings[key] ?? 0, covers: covers)
        }
        return posted
    }

    func history() -> PartyHistory {
        var keys: [ChargeKey: KeyHistory] = [:]
        for (key, derivation) in latest {
            let open = lines.filter { $0.key == key && $0.remaining > .zero }.sorted { ($0.revision, $0.part) > ($1.revision, $1.part) }
            keys[key] = KeyHistory(
                key: key, latest: derivation,
                open: open.map {
                    OpenLine(
                        invoice: $0.invoice, line: $0.number, revision: $0.revision, part: $0.part, covers: $0.covers, vat: $0.vat,
                        remaining: $0.remaining)
                })
        }
        let invoices = left.map { number, rates in
            let taxes = rates.sorted { $0.key < $1.key }.map { OpenTax(rate: $0.key, net: $0.value.net, tax: $0.value.tax) }
            return (number, OpenInvoice(number: number, issuedOn: .epoch, taxes: taxes))
        }
        return PartyHistory(keys: keys, invoices: Dictionary(invoices) { first, _ in first })
    }

    mutating func post(_ outcome: PartyOutcome) throws {
        for document in outcome.documents {
            number += 1
            for (index, line) in document.lines.enumerated() {
                #expect(line.net > .zero)
                let sign: Int64 = document.kind == .invoice ? 1 : -1
                balances[line.key] = Money(minorUnits: (balances[line.key] ?? .zero).minorUnits + sign * line.net.minorUnits)
                latest[line.key] = line.derivation
                postings[line.key] = line.revision + 1
                if line.revision == 0 {
                    let known = firstCovers[line.key] ?? line.covers
                    firstCovers[line.key] = Period(first: min(known.first, line.covers.first), last: max(known.last, line.covers.last))
                }
                if let credited = line.credits {
                    let place = try #require(lines.firstIndex { $0.invoice == credited.invoice && $0.number == credited.line })
                    #expect(lines[place].key == line.key && lines[place].vat == line.vat)
                    lines[place].remaining = try lines[place].remaining - line.net
                    #expect(lines[place].remaining >= .zero)
                } else {
                    lines.append(
                        Line(
                            invoice: number, number: Int32(index + 1), key: line.key, revision: line.revision, part: line.part,
                            covers: line.covers, vat: line.vat, remaining: line.net))
                }
            }
            guard let credited = document.credits else {
                left[number] = Dictionary(document.taxes.map { ($0.rate, ($0.base, $0.tax)) }) { first, _ in first }
                continue
            }
            for tax in document.taxes {
                let before = try #require(left[credited.number]?[tax.rate])
                let after = (net: try before.net - tax.base, tax: try before.tax - tax.tax)
                // Never more VAT back than was charged, and all of it once nothing is left (rule 8).
                #expect(after.tax >= .zero)
                #expect(after.net > .zero || after.tax == .zero)
                left[credited.number]?[tax.rate] = after
            }
        }
    }
}
