/// Values that hold from a day until the next one's day.
public struct Dated<Value: Sendable>: Sendable {
    private let values: [(from: CivilDate, value: Value)]

    public init(_ values: [(from: CivilDate, value: Value)]) { self.values = values.sorted { $0.from < $1.from } }

    public func value(on day: CivilDate) -> Value? { values.last { $0.from <= day }?.value }
}

/// The association's rules that are settings, and the bounds that keep a run from running away.
public struct ChargePolicies: Sendable {
    /// The classes where a sheet has none of its own.
    public var bounds: Dated<SizeBounds>
    public var memberContribution: Dated<DecidedRatio>
    public var nonMemberContribution: Dated<DecidedRatio>
    /// The most lines one agreement may get in one day.
    public var lineLimit: Int?
    /// A change of a party's total for the year by more than this many percent is a warning to accept.
    public var changeWarning: Int64?

    public init(
        bounds: Dated<SizeBounds>, memberContribution: Dated<DecidedRatio>, nonMemberContribution: Dated<DecidedRatio>,
        lineLimit: Int? = nil,
        changeWarning: Int64? = nil
    ) {
        self.bounds = bounds
        self.memberContribution = memberContribution
        self.nonMemberContribution = nonMemberContribution
        self.lineLimit = lineLimit
        self.changeWarning = changeWarning
    }

    public static let none = ChargePolicies(bounds: Dated([]), memberContribution: Dated([]), nonMemberContribution: Dated([]))
}

/// What a run reads once, for all parties: window, prices, taxes, policies, and what all participants of a product share.
public struct ChargeTerms: Sendable {
    public let window: ChargeWindow
    public let vat: VATRules
    public let policies: ChargePolicies
    /// The window's years, each with its price or the reason there is none.
    let years: [(period: BillingPeriod, price: Result<DuesPrice, DuesPriceMissing>)]
    private let prices: [Subject: SubjectPrices]

    /// - Parameter participants: all who take part in a product or the supplier partnership, in the order that breaks ties.
    public init(
        window: ChargeWindow, tariff: DuesTariff, vat: VATRules, sheets: [RateSheet] = [], policies: ChargePolicies = .none,
        participants: [Subject: [Participant]] = [:]
    ) throws(ArithmeticOverflow) {
        self.window = window
        self.vat = vat
        self.policies = policies
        years = window.years.map { period in
            (period, Result { () throws(DuesPriceMissing) in try tariff.price(of: period.year) })
        }
        var prices: [Subject: SubjectPrices] = [:]
        let bySubject = Dictionary(grouping: sheets, by: \.subject)
        for subject in Set(bySubject.keys).union(participants.keys) where window.scope.contains(subject) {
            prices[subject] = try SubjectPrices(
                subject, bySubject[subject] ?? [], in: window, bounds: policies.bounds, participants: participants[subject] ?? [])
        }
        self.prices = prices
    }

    /// The window's shared totals that nobody shares, by subject, period and component.
    public var unshared: [UnsharedTotal] {
        prices.sorted { $0.key < $1.key }.flatMap { subject, prices in
            prices.periods.flatMap { priced in
                priced.pools.filter(\.isUnshared).map {
                    UnsharedTotal(subject: subject, component: $0.component, period: priced.period, total: $0.total)
                }
            }
        }
    }

    func prices(of subject: Subject) -> SubjectPrices? { prices[subject] }

    /// The contribution's percentage on the first living day of a charged period.
    func contribution(isMember: Bool, on day: CivilDate) -> ContributionRate? {
        let rate = isMember ? policies.memberContribution : policies.nonMemberContribution
        return rate.value(on: day).map { ContributionRate(isMember: isMember, day: day, ratio: $0.ratio, decision: $0.decision) }
    }
}

/// One billing period of one subject with everything its price depends on but the participant.
struct PricedPeriod: Sendable {
    let period: BillingPeriod
    let sheet: RateSheet
    let policies: FeePolicies
    /// The rows of the running fee that hold on some day of the period.
    let rows: [RateRow]
    /// The sheet has fees, and none of them holds on any day of the period.
    let isUnpriced: Bool
    /// Days between two rows of a fee's component, which have no price; they may reach over the period's ends.
    let gaps: [Period]
    let bounds: SizeBounds?
    /// Active participants on the period's first day, where a step depends on it.
    let joined: Int32?
    let pools: [SharePool]

    /// Nothing recurring is priced here, only joining.
    var isEmpty: Bool { rows.isEmpty && pools.isEmpty && !isUnpriced && gaps.isEmpty }

    func size(_ history: SizeHistory, for prices: [PriceModel]) -> SizeUse? {
        let needsClass = prices.contains(where: \.needsClass)
        guard needsClass || prices.contains(where: \.needsInhabitants) else { return nil }
        return SizeUse(year: period.year, fact: history.fact(for: period.year), bounds: needsClass ? bounds : nil)
    }
}

/// The prices of one subject in a window.
struct SubjectPrices: Sendable {
    let periods: [PricedPeriod]
    /// Years, or halves of one, that no sheet covers.
    let gaps: [BillingPeriod]
    /// The sheets that have a joining fee.
    let joining: [RateSheet]

    init(
        _ subject: Subject, _ sheets: [RateSheet], in window: ChargeWindow, bounds: Dated<SizeBounds>, participants: [Participant]
    ) throws(ArithmeticOverflow) {
        var periods: [PricedPeriod] = []
        var covered: Set<BillingPeriod> = []
        for sheet in sheets {
            guard let first = window.calendarYears.first, let last = window.calendarYears.last else { continue }
            for period in sheet.frequency.periods(in: first...last) where sheet.term.contains(period.firstDay) {
                // A year that began before charges do is priced, though nobody is charged for it.
                covered.formUnion(period.half == nil ? period.halves : [period])
                guard window.contains(period) else { continue }
                periods.append(try PricedPeriod(period, sheet, bounds: sheet.bounds ?? bounds.value(on: period.firstDay), participants))
            }
        }
        self.periods = periods.sorted { $0.period < $1.period }
        gaps = window.calendarYears.compactMap { BillingPeriod(year: $0) }.flatMap { year -> [BillingPeriod] in
            let missing = year.halves.filter { !covered.contains($0) && window.contains($0) }
            return missing.count == 2 ? [year] : missing
        }
        joining = sheets.filter { sheet in sheet.rows.contains { $0.charge == .joiningFee } }
    }

    /// The prices at which an agreement that was signed on a day joins: the rows of one sheet that are in force on it, or else on the first later day on
    /// which any are (rule 14). Rows of several sheets may hold on one day: those of the sheet in force then, or else of the newest.
    func joining(signedOn day: CivilDate) -> (sheet: RateSheet, rows: [RateRow])? {
        if let found = joining(on: day) { return found }
        let later = joining.flatMap(\.rows).filter { $0.charge == .joiningFee && $0.term.first > day }.map(\.term.first).min()
        return later.flatMap { joining(on: $0) }
    }

    private func joining(on day: CivilDate) -> (sheet: RateSheet, rows: [RateRow])? {
        let held = joining.compactMap { sheet -> (sheet: RateSheet, rows: [RateRow])? in
            let rows = sheet.rows.filter { $0.charge == .joiningFee && $0.term.contains(day) }
            return rows.isEmpty ? nil : (sheet, rows.sorted { $0.component < $1.component })
        }
        return held.first { $0.sheet.term.contains(day) } ?? held.max { $0.sheet.term.first < $1.sheet.term.first }
    }
}

extension PricedPeriod {
    init(_ period: BillingPeriod, _ sheet: RateSheet, bounds: SizeBounds?, _ participants: [Participant]) throws(ArithmeticOverflow) {
        self.period = period
        self.sheet = sheet
        self.bounds = bounds
        let policies = FeePolicies(sheet: sheet.id, decision: sheet.decision, proRata: sheet.proRata, passive: sheet.passive)
        self.policies = policies
        let fees = sheet.rows.filter { $0.charge == .annualFee || $0.charge == .supplierFee }
        rows = fees.filter { $0.term.overlap(with: period.days) != nil }.sorted {
            ($0.component, $0.term.first) < ($1.component, $1.term.first)
        }
        // A sheet with fees of which none holds in the period has no price, which is not the same as costing nothing.
        isUnpriced = !fees.isEmpty && !fees.contains { $0.term.overlap(with: period.days) != nil }
        gaps = fees.gaps.filter { Term(ordered: $0).overlap(with: period.days) != nil }
        let isStepped = rows.contains { if case .stepDown = $0.price { true } else { false } }
        joined = isStepped ? PricedPeriod.joined(on: period, participants) : nil
        var pools: [SharePool] = []
        let allTotals = sheet.rows.filter { $0.charge == .sharedCost }
        let shared = allTotals.filter { $0.term.overlap(with: period.days) != nil }
        // The same of totals: where none of them holds any more, a pool without rows says that the price is missing.
        let totals =
            shared.isEmpty && fees.isEmpty ? allTotals : shared.isEmpty ? allTotals.filter { $0.term.first < period.firstDay } : shared
        // A total may begin or end inside a period beside other prices; alone, the days without it have no price.
        let isAlone = rows.isEmpty && Set(totals.map(\.component)).count == 1
        for component in Set(totals.map(\.component)).sorted() {
            pools.append(
                try SharePool(
                    component: component, rows: shared.filter { $0.component == component }.sorted { $0.term.first < $1.term.first },
                    gaps: allTotals.filter { $0.component == component }.gaps, isAlone: isAlone, period: period, policies: policies,
                    lateChanges: sheet.lateChanges ?? .settle, bounds: bounds, participants: participants))
        }
        self.pools = pools
    }

    /// Organisations with an active agreement on the period's first day.
    private static func joined(on period: BillingPeriod, _ participants: [Participant]) -> Int32 {
        let count = participants.count { participant in
            let spells = participant.participations.compactMap { $0.spell(in: period) }
            return Attendance(spells, in: period).form(on: period.firstDay) == .active
        }
        return Int32(clamping: count)
    }
}

extension BillingPeriod {
    /// Both halves of the period's year.
    var halves: [BillingPeriod] { [BillingPeriod(year: year, half: .first), BillingPeriod(year: year, half: .second)].compactMap { $0 } }
}

extension [RateRow] {
    /// The days between two rows of a component on which none of them holds.
    fileprivate var gaps: [Period] {
        Dictionary(grouping: self, by: \.component).values.flatMap { rows -> [Period] in
            let ordered = rows.sorted { $0.term.first < $1.term.first }
            return zip(ordered, ordered.dropFirst()).compactMap { row, next in
                row.term.last.flatMap { Period(first: $0.next, last: next.term.first.previous) }
            }
        }
    }
}
