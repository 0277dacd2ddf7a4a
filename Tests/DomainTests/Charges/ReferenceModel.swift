import Domain

/// The charge engine said again from the rules' own words, slowly: day by day, with fractions that are never reduced cleverly and no code of the engine's.
/// It knows one product with one sheet a key, and answers what each organisation owes for each charge of one billing period, and whose sizes that stands on.
struct ReferenceModel {
    /// A fraction of two 128-bit numbers, the bottom above zero.
    struct Exact {
        var top: Int128
        var bottom: Int128

        init(_ top: Int128, _ bottom: Int128 = 1) {
            var (larger, smaller) = (top.magnitude, bottom.magnitude)
            while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
            let common = Int128(max(larger, 1))
            self.top = top / common
            self.bottom = bottom / common
        }

        static func + (left: Exact, right: Exact) -> Exact {
            Exact(left.top * right.bottom + right.top * left.bottom, left.bottom * right.bottom)
        }
        static func * (left: Exact, right: Exact) -> Exact { Exact(left.top * right.top, left.bottom * right.bottom) }

        /// Half away from zero; never negative here.
        var rounded: Int128 { (top * 2 + bottom) / (bottom * 2) }
    }

    struct Participant {
        let id: Int64
        let cvr: String
        let spells: [Spell]
        let memberships: [Term]
        /// As frozen, or else as recorded.
        let inhabitants: Int64
    }

    /// A year's price of one component, in øre.
    enum Price {
        case amount(Int64)
        /// For up to 24,999, 60,000 and 120,000 inhabitants, and for more.
        case byClass([Int64])
        /// From so many active participants on.
        case steps([(from: Int, amount: Int64)])
        /// Millionths of a krone for each inhabitant; in øre at least the floor, then at most the cap.
        case perInhabitant(millionths: Int64, floor: Int64?, cap: Int64?)
        /// So many hundredths of the first component.
        case hundredths(Int64)

        static func sizeClass(_ inhabitants: Int64) -> Int {
            inhabitants < 25_000 ? 0 : inhabitants <= 60_000 ? 1 : inhabitants <= 120_000 ? 2 : 3
        }
    }

    /// What a total is shared by.
    enum ShareKey {
        case equally
        case byInhabitants
        /// Of each class, by the bounds of ``Price/byClass(_:)``.
        case byClass([Int64])
        /// By organisation; who is not named has an unknown weight.
        case given([Int64: Int64])
    }

    let period: BillingPeriod
    let proRata: ProRata
    let late: LateChanges
    /// The rows of each component that is paid by each, and of one that is shared.
    let fees: [[(term: Term, price: Price)]]
    let totals: [(term: Term, total: Int64)]
    let key: ShareKey
    let participants: [Participant]

    /// The period's days, one by one, and the same unit by unit.
    private let days: [CivilDate]
    private let units: [[CivilDate]]
    /// Everybody with a day in the period, and those among them who share a total from its start.
    private let present: [Participant]
    private let set: [Participant]

    init(
        period: BillingPeriod, proRata: ProRata, late: LateChanges, fees: [[(term: Term, price: Price)]],
        totals: [(term: Term, total: Int64)], key: ShareKey, participants: [Participant]
    ) {
        self.period = period
        self.proRata = proRata
        self.late = late
        self.fees = fees
        self.totals = totals
        self.key = key
        self.participants = participants
        var days: [CivilDate] = []
        var day: CivilDate? = period.firstDay
        while let current = day, current <= period.lastDay {
            days.append(current)
            day = current.adding(days: 1)
        }
        self.days = days
        units = ReferenceModel.units(days, of: period, proRata)
        let present = participants.filter { participant in days.contains { day in participant.spells.contains { $0.term.contains(day) } } }
        let opening = days.first { day in present.contains { $0.spells.contains { $0.term.contains(day) } } }
        self.present = present
        set =
            late == .settle
            ? present
            : present.filter { participant in opening.map { day in participant.spells.contains { $0.term.contains(day) } } ?? false }
    }

    private static func units(_ days: [CivilDate], of period: BillingPeriod, _ proRata: ProRata) -> [[CivilDate]] {
        var units: [[CivilDate]] = []
        for day in days {
            let (_, month, number) = day.components
            let begins: Bool
            switch proRata {
            case .none: begins = units.isEmpty
            case .halfYear: begins = number == 1 && (period.half == nil ? month == 1 || month == 7 : [1, 4, 7, 10].contains(month))
            case .startedMonths: begins = number == 1
            case .days: begins = true
            }
            if begins { units.append([]) }
            units[units.count - 1].append(day)
        }
        return units
    }

    private func form(_ spells: [Spell], _ day: CivilDate) -> AgreementForm? {
        spells.first { $0.term.contains(day) }?.forms.form(on: day)
    }

    private func split(_ year: Int128) -> Int128 {
        switch period.half {
        case nil: year
        case .first?: year - year / 2
        case .second?: year / 2
        }
    }

    /// Is there a unit whose day lies between two rows of a component, where nobody has decided what it costs?
    private func isWithoutPrice(_ participant: Participant) -> Bool {
        let counted = units.compactMap { unit in unit.first { form(participant.spells, $0) != nil } }
        return fees.contains { rows in
            counted.contains { day in
                !rows.contains { $0.term.contains(day) } && rows.contains { $0.term.first < day } && rows.contains { $0.term.first > day }
            }
        }
    }

    /// What a fee comes to, with a percentage on top, exact.
    private func fee(_ participant: Participant, percent: Int128) -> Exact {
        var sum = Exact(0)
        // One unit after the other mostly costs the same, which need not be worked out again.
        var last: (rows: [CivilDate], form: AgreementForm, cost: Exact)?
        for unit in units {
            guard let day = unit.first(where: { form(participant.spells, $0) != nil }), let form = form(participant.spells, day) else {
                continue
            }
            let rows = fees.compactMap { $0.first { $0.term.contains(day) } }
            if let last, last.form == form, last.rows == rows.map(\.term.first) {
                sum = sum + last.cost
                continue
            }
            let costs = rows.reduce(Exact(0)) { $0 + amount($1.price, beside: rows.map(\.price), for: participant) }
            var year = costs * Exact(100 + percent, 100)
            if form == .passive { year = year * Exact(1, 3) }
            let whole = period.half == nil ? year : Exact(split(year.rounded))
            let cost = whole * Exact(1, Int128(units.count))
            sum = sum + cost
            last = (rows.map(\.term.first), form, cost)
        }
        return sum
    }

    private func amount(_ price: Price, beside prices: [Price], for participant: Participant) -> Exact {
        switch price {
        case .amount(let amount): return Exact(Int128(amount))
        case .byClass(let amounts):
            return Exact(Int128(amounts[Price.sizeClass(participant.inhabitants)]))
        case .steps(let steps):
            let active = participants.count { form($0.spells, period.firstDay) == .active }
            return Exact(Int128(steps.last { $0.from <= active }?.amount ?? steps[0].amount))
        case .perInhabitant(let millionths, let floor, let cap):
            // 10,000 millionths of a krone are an øre.
            let parts = Int128(millionths) * Int128(participant.inhabitants)
            if let floor, parts < Int128(floor) * 10_000 { return Exact(Int128(floor)) }
            if let cap, parts > Int128(cap) * 10_000 { return Exact(Int128(cap)) }
            return Exact(parts, 10_000)
        case .hundredths(let hundredths):
            return amount(prices[0], beside: [], for: participant) * Exact(Int128(hundredths), 100)
        }
    }

    private func total() -> Int128 {
        var sum = Exact(0)
        for unit in units {
            guard let row = totals.first(where: { $0.term.contains(unit[0]) }) else { continue }
            sum = sum + Exact(split(Int128(row.total)), Int128(units.count))
        }
        return sum.rounded
    }

    /// What a participant counts with before form and time; nothing where that is not known.
    private func measure(_ participant: Participant) -> Int128? {
        switch key {
        case .equally: 1
        case .byInhabitants: Int128(participant.inhabitants)
        case .byClass(let weights): Int128(weights[Price.sizeClass(participant.inhabitants)])
        case .given(let weights): weights[participant.id].map { Int128($0) }
        }
    }

    /// Hamilton's method as a person would do it: whole øre to all, then one each to the largest remainders, ties by CVR number. Nothing for those whose
    /// share cannot be told (rule 9).
    private func shares() -> [Int64: Int128?] {
        var result: [Int64: Int128?] = [:]
        for participant in present { result.updateValue(nil, forKey: participant.id) }
        func counted(_ participant: Participant) -> [CivilDate] {
            units.compactMap { unit in unit.first { form(participant.spells, $0) != nil } }
        }
        /// Passive is a third, so that everything is counted in thirds.
        func thirds(_ day: CivilDate?, of participant: Participant) -> Int128 {
            day.flatMap { form(participant.spells, $0) } == .passive ? 1 : 3
        }
        var weights: [Int64: Int128] = [:]
        for member in set {
            guard let measure = measure(member) else { return result }
            let time =
                late == .nextPeriod
                ? thirds(days.first { form(member.spells, $0) != nil }, of: member)
                : counted(member).reduce(Int128(0)) { $0 + thirds($1, of: member) }
            weights[member.id] = measure * time
        }
        let sum = weights.values.reduce(0, +)
        let total = total()
        var shared: [Int64: Int128] = [:]
        for member in set { shared[member.id] = sum > 0 ? total * (weights[member.id] ?? 0) / sum : 0 }
        if sum > 0 {
            let left = total - shared.values.reduce(0, +)
            let order = set.sorted { one, other in
                let (first, second) = (total * (weights[one.id] ?? 0) % sum, total * (weights[other.id] ?? 0) % sum)
                return first == second ? one.cvr < other.cvr : first > second
            }
            for member in order.prefix(Int(left)) { shared[member.id, default: 0] += 1 }
        }
        for (id, share) in shared { result[id] = share }
        for joiner in present where !set.contains(where: { $0.id == joiner.id }) {
            guard let measure = measure(joiner) else { continue }
            let own = measure * thirds(days.first { form(joiner.spells, $0) != nil }, of: joiner)
            let part = sum + own > 0 ? Exact(total * own, sum + own) * Exact(Int128(counted(joiner).count), Int128(units.count)) : Exact(0)
            result[joiner.id] = part.rounded
        }
        return result
    }

    /// What an organisation owes in øre; a fee without a price and a share that cannot be told park what stands on them.
    struct Owed {
        var fee: Int128? = 0
        var share: Int128? = 0
        var contribution: Int128? = 0
    }

    /// By organisation.
    func owed() -> [Int64: Owed] {
        let shares = totals.isEmpty ? [:] : shares()
        var owed: [Int64: Owed] = [:]
        for participant in participants {
            guard let first = days.first(where: { form(participant.spells, $0) != nil }) else { continue }
            let base = fees.isEmpty ? 0 : isWithoutPrice(participant) ? nil : fee(participant, percent: 0).rounded
            guard let base else {
                owed[participant.id] = Owed(fee: nil, share: shares[participant.id] ?? .some(0), contribution: nil)
                continue
            }
            guard let share = shares[participant.id] ?? .some(0) else {
                owed[participant.id] = Owed(fee: base, share: nil, contribution: nil)
                continue
            }
            let percent: Int128 = participant.memberships.contains { $0.contains(first) } ? 9 : 35
            let raised = (fees.isEmpty ? Exact(0) : fee(participant, percent: percent)) + Exact(share * (100 + percent), 100)
            owed[participant.id] = Owed(fee: base, share: share, contribution: raised.rounded - base - share)
        }
        return owed
    }

    /// Whose sizes a line of an organisation stands on: its own where its class or its inhabitants are asked for, and those of all who share by size where it shares.
    func sizes(behind charge: ChargeKind, of organisation: Int64) -> Set<Int64> {
        // Who is not there any more is owed its money back whatever its size.
        guard present.contains(where: { $0.id == organisation }) else { return [] }
        var found: Set<Int64> = []
        let isBySize = fees.joined().contains { row in
            switch row.price {
            case .byClass, .perInhabitant: row.term.overlap(with: period.days) != nil
            case .amount, .steps, .hundredths: false
            }
        }
        if charge != .sharedCost, isBySize { found.insert(organisation) }
        guard charge != .annualFee, !totals.isEmpty else { return found }
        switch key {
        case .equally, .given: return found
        case .byInhabitants, .byClass: return found.union(set.map(\.id)).union([organisation])
        }
    }
}
