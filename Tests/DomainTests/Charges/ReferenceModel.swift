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
    }

    let period: BillingPeriod
    let proRata: ProRata
    let late: LateChanges
    /// The rows of each component that is paid by each, and of one that is shared by inhabitants.
    let fees: [[(term: Term, price: Price)]]
    let totals: [(term: Term, total: Int64)]
    let participants: [Participant]

    private var days: [CivilDate] {
        var days: [CivilDate] = []
        var day: CivilDate? = period.firstDay
        while let current = day, current <= period.lastDay {
            days.append(current)
            day = current.adding(days: 1)
        }
        return days
    }

    /// The period's days, unit by unit.
    private var units: [[CivilDate]] {
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

    /// What a fee comes to, with a percentage on top, exact.
    private func fee(_ participant: Participant, percent: Int128) -> Exact {
        let units = units
        var sum = Exact(0)
        for unit in units {
            guard let day = unit.first(where: { form(participant.spells, $0) != nil }), let form = form(participant.spells, day) else {
                continue
            }
            let rows = fees.compactMap { $0.first { $0.term.contains(day) } }
            let costs = rows.reduce(Int128(0)) { $0 + Int128(amount($1.price, for: participant)) }
            var year = Exact(costs * (100 + percent), 100)
            if form == .passive { year = year * Exact(1, 3) }
            let whole = period.half == nil ? year : Exact(split(year.rounded))
            sum = sum + whole * Exact(1, Int128(units.count))
        }
        return sum
    }

    private func amount(_ price: Price, for participant: Participant) -> Int64 {
        switch price {
        case .amount(let amount): return amount
        case .byClass(let amounts):
            let inhabitants = participant.inhabitants
            return amounts[inhabitants < 25_000 ? 0 : inhabitants <= 60_000 ? 1 : inhabitants <= 120_000 ? 2 : 3]
        case .steps(let steps):
            let active = participants.count { form($0.spells, period.firstDay) == .active }
            return steps.last { $0.from <= active }?.amount ?? steps[0].amount
        }
    }

    private func total() -> Int128 {
        let units = units
        var sum = Exact(0)
        for unit in units {
            guard let row = totals.first(where: { $0.term.contains(unit[0]) }) else { continue }
            sum = sum + Exact(split(Int128(row.total)), Int128(units.count))
        }
        return sum.rounded
    }

    /// Hamilton's method as a person would do it: whole øre to all, then one each to the largest remainders, ties by CVR number.
    private func shares() -> [Int64: Int128] {
        let units = units
        let present = participants.filter { participant in days.contains { form(participant.spells, $0) != nil } }
        guard let opening = days.first(where: { day in present.contains { form($0.spells, day) != nil } }) else { return [:] }
        func counted(_ participant: Participant) -> [CivilDate] {
            units.compactMap { unit in unit.first { form(participant.spells, $0) != nil } }
        }
        func weight(_ participant: Participant) -> Int128 {
            let inhabitants = Int128(participant.inhabitants)
            switch late {
            case .nextPeriod: return inhabitants * (form(participant.spells, opening) == .passive ? 1 : 3)
            case .settle:
                return inhabitants * counted(participant).reduce(Int128(0)) { $0 + (form(participant.spells, $1) == .passive ? 1 : 3) }
            }
        }
        let set = late == .settle ? present : present.filter { form($0.spells, opening) != nil }
        let sum = set.reduce(Int128(0)) { $0 + weight($1) }
        let total = total()
        var result: [Int64: Int128] = [:]
        if sum > 0 {
            for participant in set { result[participant.id] = total * weight(participant) / sum }
            let left = total - result.values.reduce(0, +)
            let order = set.sorted { one, other in
                let (first, second) = (total * weight(one) % sum, total * weight(other) % sum)
                return first == second ? one.cvr < other.cvr : first > second
            }
            for participant in order.prefix(Int(left)) { result[participant.id, default: 0] += 1 }
        }
        for joiner in present where late == .nextPeriod && !set.contains(where: { $0.id == joiner.id }) {
            guard let first = days.first(where: { form(joiner.spells, $0) != nil }) else { continue }
            let own = Int128(joiner.inhabitants) * (form(joiner.spells, first) == .passive ? 1 : 3)
            guard sum + own > 0 else { continue }
            result[joiner.id] = (Exact(total * own, sum + own) * Exact(Int128(counted(joiner).count), Int128(units.count))).rounded
        }
        return result
    }

    /// Owed øre by organisation: annual fee, share and contribution.
    func owed() -> [Int64: (fee: Int128, share: Int128, contribution: Int128)] {
        let shares = totals.isEmpty ? [:] : shares()
        var owed: [Int64: (fee: Int128, share: Int128, contribution: Int128)] = [:]
        for participant in participants {
            guard let first = days.first(where: { form(participant.spells, $0) != nil }) else { continue }
            let base = fees.isEmpty ? 0 : fee(participant, percent: 0).rounded
            let share = shares[participant.id] ?? 0
            let percent: Int128 = participant.memberships.contains { $0.contains(first) } ? 9 : 35
            let raised = (fees.isEmpty ? Exact(0) : fee(participant, percent: percent)) + Exact(share * (100 + percent), 100)
            owed[participant.id] = (base, share, raised.rounded - base - share)
        }
        return owed
    }

    /// Whose sizes a line of an organisation stands on: its own where a class is asked for, and those of all who share where it shares.
    func sizes(behind charge: ChargeKind, of organisation: Int64) -> Set<Int64> {
        let present = participants.filter { participant in days.contains { form(participant.spells, $0) != nil } }
        // Who is not there any more is owed its money back whatever its size.
        guard present.contains(where: { $0.id == organisation }) else { return [] }
        var found: Set<Int64> = []
        let isByClass = fees.joined().contains { if case .byClass = $0.price { $0.term.overlap(with: period.days) != nil } else { false } }
        if charge != .sharedCost, isByClass { found.insert(organisation) }
        guard charge != .annualFee, !totals.isEmpty else { return found }
        guard let opening = days.first(where: { day in present.contains { form($0.spells, day) != nil } }) else { return found }
        let set = late == .settle ? present : present.filter { form($0.spells, opening) != nil }
        return found.union(set.map(\.id)).union([organisation])
    }
}
