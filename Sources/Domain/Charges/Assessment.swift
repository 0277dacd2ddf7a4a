/// One key whose owed amount and posted balance differ.
public struct Difference: Sendable, Hashable {
    public let key: ChargeKey
    public let derivation: Derivation
    /// What stands posted; zero when nothing does.
    public let posted: Money
    /// How often the key was posted before (rule 12).
    public let revision: Int32
    /// Owed less posted, never zero.
    public let amount: Money
    /// How a rise is taxed; nothing when no rule is recorded.
    public let vat: VATTreatment?
    /// The days of the key's first posting, where there was one.
    public let postedCovers: Period?
    /// The sizes the amount stands on, which posting freezes.
    public let sizes: UsedSizes

    /// A key that was posted before needs its lines to be corrected: the newest derivation, and what is left to credit.
    public var needsHistory: Bool { revision > 0 }

    /// It was posted before and nothing of it stands, as after a reversal.
    var isAfresh: Bool { revision > 0 && posted == .zero }
}

/// One party's keys in the window: which differ, which are parked. The first half of a run; nothing is decided about documents yet.
public struct Assessment: Sendable {
    public var differences: [Difference] = []
    public var parked: [Parking] = []
    public var waived: [Waiver] = []

    /// Nothing differs and nothing is parked: the usual case of a second run.
    public var isEmpty: Bool { differences.isEmpty && parked.isEmpty && waived.isEmpty }

    /// Compares what a party owes with what stands posted, key by key.
    ///
    /// - Parameter addressed: is a party that no document can be addressed to parked?
    public init(of party: ChargedParty, under terms: ChargeTerms, addressed: Bool = true) throws(ArithmeticOverflow) {
        for account in party.accounts {
            var assessing = AccountAssessment(account, terms)
            try assessing.assess()
            differences += assessing.differences
            parked += assessing.parked
            waived += assessing.waived
        }
        // A party is parked only where there is something it would get, or where that cannot be told.
        if addressed, !(differences.isEmpty && parked.isEmpty), !party.obstacles.isEmpty {
            parked += party.obstacles.map { Parking(organisation: party.id, reason: $0, key: nil) }
            differences = []
        }
    }
}

/// One account's keys under assessment, in the order of their subjects.
struct AccountAssessment {
    let account: ChargedAccount
    let terms: ChargeTerms
    private(set) var differences: [Difference] = []
    private(set) var parked: [Parking] = []
    private(set) var waived: [Waiver] = []
    private var visited: Set<ChargeKey> = []

    init(_ account: ChargedAccount, _ terms: ChargeTerms) {
        self.account = account
        self.terms = terms
    }

    mutating func assess() throws(ArithmeticOverflow) {
        if terms.window.scope.contains(.association) { try assessDues() }
        for subject in Set(account.participations.map(\.subject)).sorted()
        where subject != .association && terms.window.scope.contains(subject) {
            try assessProduct(subject)
        }
        if !account.pledges.isEmpty { try assessPledges() }
        // What stands posted and nothing gives any more is owed no longer.
        if account.posted.count > visited.count || !account.posted.keys.allSatisfy(visited.contains) {
            for (key, posted) in account.posted.sorted(by: { $0.key < $1.key }) where !visited.contains(key) {
                let inWindow = key.period.map { terms.window.contains($0) } ?? terms.window.contains(posted.covers.first)
                guard inWindow, terms.window.scope.contains(key.subject) else { continue }
                try compare(key, .nothing, vat: nil)
            }
        }
    }

    func key(_ subject: Subject, _ charge: ChargeKind, _ period: BillingPeriod?) -> ChargeKey {
        ChargeKey(organisation: account.organisation, subject: subject, charge: charge, period: period)
    }

    /// Is a key without a period in the window: by the day it falls due, or by the day it was posted for (rule 3)?
    func isInWindow(_ key: ChargeKey, dueOn: CivilDate) -> Bool {
        terms.window.contains(dueOn) || (account.posted[key].map { terms.window.contains($0.covers.first) } ?? false)
    }

    /// Sets what a key owes against what stands posted on it.
    mutating func compare(_ key: ChargeKey, _ basis: ChargeBasis, vat: VATTreatment?, sizes: UsedSizes = .none) throws(ArithmeticOverflow) {
        visited.insert(key)
        let posted = account.posted[key]
        let derivation = try Derivation(basis, adjustments: account.adjustments[key] ?? [], ends: ends(of: key))
        let balance = posted?.balance ?? .zero
        let amount = try derivation.owed - balance
        if amount == .zero { return }
        differences.append(
            Difference(
                key: key, derivation: derivation, posted: balance, revision: posted?.postings ?? 0, amount: amount, vat: vat,
                postedCovers: posted?.covers, sizes: sizes))
    }

    private func ends(of key: ChargeKey) -> [AgreementEnd] {
        // Most agreements have no end, and what has no period is owed once.
        guard let period = key.period, account.participations.contains(where: { $0.ending != nil }) else { return [] }
        return account.participations.filter { $0.subject == key.subject }.ends(in: period)
    }

    mutating func park(_ key: ChargeKey, _ reason: ParkingReason, missingYear: Int? = nil, missing: [String] = []) {
        visited.insert(key)
        parked.append(
            Parking(organisation: account.organisation, reason: reason, key: key, missingYear: missingYear, missing: missing))
    }

    /// Sets a key against what stands posted, or parks it by the fact that is missing: what cannot be told is never taken for what is owed no longer.
    /// Where the rules give the key nothing at all, it is left to that.
    mutating func settle(
        _ key: ChargeKey, _ found: Result<ChargeBasis?, Unpriced>, vat: VATTreatment?, sizes: UsedSizes
    ) throws(ArithmeticOverflow) {
        switch found {
        case .success(nil): break
        case .success(let basis?): try compare(key, basis, vat: vat, sizes: sizes)
        case .failure(.noPrice): park(key, .noPrice)
        case .failure(.noSizeClass): park(key, .noSizeClass)
        case .failure(.noInhabitants): park(key, .noInhabitants)
        case .failure(.shareIncomplete(let missing)): park(key, .shareIncomplete, missing: missing)
        case .failure(.overflow): throw ArithmeticOverflow()
        }
    }

    mutating func waive(_ key: ChargeKey, _ derivation: JoiningFeeDerivation) { waived.append(Waiver(key: key, derivation: derivation)) }

    private mutating func assessDues() throws(ArithmeticOverflow) {
        let memberships = account.participations.filter { $0.subject == .association }
        for (period, priced) in terms.years {
            let key = key(.association, .dues, period)
            let spells = memberships.compactMap { $0.spell(in: period) }
            // A year in which nobody was a member and nothing stands posted is not even a key.
            if spells.isEmpty && account.posted[key] == nil { continue }
            var price: DuesPrice?
            switch priced {
            case .success(let found): price = spells.isEmpty ? nil : found
            case .failure(let missing):
                guard spells.isEmpty else {
                    park(key, missing.reason, missingYear: missing.year)
                    continue
                }
            }
            let dues = try DuesDerivation(year: period, spells: spells, price: price)
            try compare(key, .dues(dues), vat: terms.vat.treatment(of: .dues, on: period.firstDay))
        }
    }

    private mutating func assessPledges() throws(ArithmeticOverflow) {
        for pledge in account.pledges {
            let subject = Subject.project(pledge.project)
            guard let due = pledge.reachedOn, terms.window.scope.contains(subject) else { continue }
            let key = key(subject, .pledge, nil)
            guard isInWindow(key, dueOn: due) else { continue }
            let basis = PledgeDerivation(
                pledge: pledge.id, project: pledge.projectName, dueOn: due, decision: pledge.decision, amount: pledge.amount)
            try compare(key, .pledge(basis), vat: terms.vat.treatment(of: .pledge, on: due))
        }
    }
}

extension ChargeKey: Comparable {
    /// The order of lines on a document: by subject, period and charge.
    public static func < (left: ChargeKey, right: ChargeKey) -> Bool {
        if left.organisation != right.organisation { return left.organisation < right.organisation }
        if left.subject != right.subject { return left.subject < right.subject }
        if left.period != right.period {
            guard let one = left.period, let other = right.period else { return left.period == nil }
            return one < other
        }
        return left.charge.place < right.charge.place
    }
}

extension ChargeKind {
    var place: Int { ChargeKind.allCases.firstIndex(of: self) ?? 0 }
}
