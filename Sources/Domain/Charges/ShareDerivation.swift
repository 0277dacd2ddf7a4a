/// A row's total as a share refers to it: the given weights of all others stay out of it.
public struct SharedTotal: Sendable, Hashable {
    public let row: Identifier<RateRow>
    public let term: Term
    /// A year's.
    public let total: Money
    public let decision: DecisionReference

    public init(row: Identifier<RateRow>, term: Term, total: Money, decision: DecisionReference) {
        self.row = row
        self.term = term
        self.total = total
        self.decision = decision
    }
}

/// How a participant came by its part of a shared total (rule 9).
public enum ShareMethod: Sendable, Hashable {
    /// One of those who share the total.
    case part(Share)
    /// Joined later under `nextPeriod`: the total × weight / (weights there + weight) × units / all units; nobody else's line changes.
    case joinedLater(weight: Int64, weightSum: Int64, units: Int64, of: Int64)
}

/// One shared component of a key.
public struct ShareSlice: Sendable, Hashable {
    public let component: String
    public let totals: [SharedTotal]
    /// The day whose set, form and weight hold.
    public let day: CivilDate
    public let form: AgreementForm
    /// The participant's own measure, before form and time: 1, inhabitants, or a weight.
    public let measure: Int64
    public let method: ShareMethod
    /// What the period shares out: the sum over its units, rounded once.
    public let total: Money
    public let amount: Money

    init(
        component: String, totals: [SharedTotal], in period: BillingPeriod, _ policies: FeePolicies, day: CivilDate, form: AgreementForm,
        measure: Int64, method: ShareMethod
    ) throws(Unpriced) {
        self.component = component
        self.totals = totals
        self.day = day
        self.form = form
        self.measure = measure
        self.method = method
        let total = try ShareSlice.total(of: totals, in: period, policies)
        self.total = total
        do {
            switch method {
            case .part(let share): amount = try share.amount(of: total)
            case .joinedLater(let weight, let others, let units, let all):
                let (sum, overflow) = others.addingReportingOverflow(weight)
                if overflow || sum < 0 || weight < 0 || all < 1 { throw ArithmeticOverflow() }
                amount = sum == 0 ? .zero : try ExactAmount(total).times(weight, over: sum).times(units, over: all).rounded()
            }
        } catch {
            throw .overflow
        }
    }

    /// A period's total: over all its units 1/n of the row in force on the unit's first day; a half's is the year's split before it is shared.
    ///
    /// - Parameter isWhole: must every unit have a row? Otherwise units before the first and after the last of them add nothing.
    static func total(
        of totals: [SharedTotal], in period: BillingPeriod, _ policies: FeePolicies, isWhole: Bool = false
    ) throws(Unpriced) -> Money {
        let units = Units(period: period, policy: policies.proRata)
        let changes = Set(totals.flatMap { [$0.term.first, $0.term.last?.next].compactMap { $0 } })
        do {
            var sum = ExactAmount.zero
            for run in units.runs(changes: changes) {
                guard let row = totals.first(where: { $0.term.contains(run.day) }) else {
                    let isOutside =
                        totals.allSatisfy { $0.term.first > run.day } || totals.allSatisfy { $0.term.last.map { $0 < run.day } ?? false }
                    if isWhole || totals.isEmpty || !isOutside { throw Unpriced.noPrice }
                    continue
                }
                let whole = period.half.map { row.total.half($0) } ?? row.total
                sum = try sum + ExactAmount(whole).times(run.count, over: units.total)
            }
            return try sum.rounded()
        } catch let reason as Unpriced {
            throw reason
        } catch {
            throw .overflow
        }
    }
}

/// A participant's part of all shared totals of one sheet and billing period.
public struct ShareDerivation: Sendable, Hashable {
    public let period: BillingPeriod
    public let policies: FeePolicies
    public let lateChanges: LateChanges
    public let spells: [Spell]
    public let size: SizeUse?
    public let slices: [ShareSlice]
    public let amount: Money

    init(
        period: BillingPeriod, policies: FeePolicies, lateChanges: LateChanges, spells: [Spell], size: SizeUse?, slices: [ShareSlice]
    ) throws(Unpriced) {
        self.period = period
        self.policies = policies
        self.lateChanges = lateChanges
        self.spells = spells
        self.size = size
        self.slices = slices
        do { amount = try Money.sum(slices.map(\.amount)) } catch { throw .overflow }
    }

    var livingDays: Period? { Attendance(spells, in: period).span }
}

/// What a form multiplies a measure by, and for how long.
public struct WeighedTime: Sendable, Hashable {
    public let form: AgreementForm
    public let weight: Int64
    /// Nothing where time does not count.
    public let units: Int64?
}

extension ShareDerivation {
    /// What a slice's measure is multiplied by to give its weight, added up: each form's weight, and under `settle` the units lived in it (rule 9).
    public func weighedTime(of slice: ShareSlice) -> [WeighedTime] {
        guard lateChanges == .settle, case .part = slice.method else {
            return [WeighedTime(form: slice.form, weight: policies.passive.weight(of: slice.form), units: nil)]
        }
        return Units(period: period, policy: policies.proRata).byForm(Attendance(spells, in: period)).map { form, units in
            WeighedTime(form: form, weight: policies.passive.weight(of: form), units: units)
        }
    }
}
