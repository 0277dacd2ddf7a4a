/// What a run reads once, for all parties: the tariff, the taxes and the window.
public struct ChargeTerms: Sendable {
    public let window: ChargeWindow
    public let vat: VATRules
    /// The window's years, each with its price or the reason there is none.
    let years: [(period: BillingPeriod, price: Result<DuesPrice, DuesPriceMissing>)]

    public init(window: ChargeWindow, tariff: DuesTariff, vat: VATRules) {
        self.window = window
        self.vat = vat
        years = window.years.map { period in
            (period, Result { () throws(DuesPriceMissing) in try tariff.price(of: period.year) })
        }
    }
}

/// One key whose owed amount and posted balance differ.
public struct Difference: Sendable, Hashable {
    public let key: ChargeKey
    public let derivation: DuesDerivation
    /// What stands posted; zero when nothing does.
    public let posted: Money
    /// How often the key was posted before (rule 12).
    public let revision: Int32

    /// Owed less posted, never zero.
    public let amount: Money

    /// A key that was posted before needs its lines to be corrected: the newest derivation, and what is left to credit.
    public var needsHistory: Bool { revision > 0 }
}

/// One party's keys in the window: which differ, which are parked. The first half of a run; nothing is decided about documents yet.
public struct Assessment: Sendable {
    public var differences: [Difference] = []
    public var parked: [Parking] = []

    /// Nothing differs and nothing is parked: the usual case of a second run.
    public var isEmpty: Bool { differences.isEmpty && parked.isEmpty }

    /// Compares what a party owes with what stands posted, key by key.
    public init(of party: ChargedParty, under terms: ChargeTerms) throws(ArithmeticOverflow) {
        for (period, priced) in terms.years {
            let posted = party.posted.first { $0.period == period }
            let key = ChargeKey(organisation: party.id, subject: .association, charge: .dues, period: period)
            let spells = party.memberships.filter { $0.term.overlap(with: period.days) != nil }
            // A year in which nobody was a member and nothing stands posted is not even a key.
            if spells.isEmpty && posted == nil { continue }
            let price: DuesPrice?
            switch priced {
            case .success(let found): price = found
            case .failure(let missing):
                guard spells.isEmpty else {
                    parked.append(Parking(organisation: party.id, reason: missing.reason, key: key, missingYear: missing.year))
                    continue
                }
                price = nil
            }
            let derivation = try DuesDerivation(
                year: period, spells: spells, price: spells.isEmpty ? nil : price,
                adjustments: party.adjustments.filter { $0.year == period }.map(\.adjustment))
            let balance = posted?.balance ?? .zero
            let amount = try derivation.owed - balance
            if amount == .zero { continue }
            differences.append(
                Difference(key: key, derivation: derivation, posted: balance, revision: posted?.postings ?? 0, amount: amount))
        }
        // A party is parked only where there is something it would get, or where that cannot be told.
        if !isEmpty, !party.obstacles.isEmpty {
            parked += party.obstacles.map { Parking(organisation: party.id, reason: $0, key: nil) }
            differences = []
        }
    }
}
