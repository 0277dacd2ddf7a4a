/// What of a rate sheet a key's fee is computed with, besides its rows.
public struct FeePolicies: Sendable, Hashable {
    public let sheet: Identifier<RateSheet>
    public let decision: DecisionReference
    public let proRata: ProRata
    /// What a passive participant pays.
    public let passive: Ratio

    public init(sheet: Identifier<RateSheet>, decision: DecisionReference, proRata: ProRata, passive: Ratio) {
        self.sheet = sheet
        self.decision = decision
        self.proRata = proRata
        self.passive = passive
    }
}

/// The size of an organisation as a key used it: the fact, the bounds and the class they give.
public struct SizeUse: Sendable, Hashable {
    public let year: Int
    public let fact: SizeFact
    /// Nothing where only the number of inhabitants is asked for.
    public let bounds: SizeBounds?

    public init(year: Int, fact: SizeFact, bounds: SizeBounds?) {
        self.year = year
        self.fact = fact
        self.bounds = bounds
    }

    public var sizeClass: SizeClass? { bounds.flatMap { fact.sizeClass(by: $0) } }
}

/// Why a key cannot be priced.
enum Unpriced: Error, Equatable {
    case noPrice
    case noSizeClass
    case noInhabitants
    /// The names of the participants of a shared total whose weight is not known.
    case shareIncomplete([String])
    case overflow
}

/// A part of a fee: units in a row with the same rows and form.
public struct FeePart: Sendable, Hashable {
    public let covers: Period
    public let units: Int64
    public let form: AgreementForm
    public let rows: [Identifier<RateRow>]
    /// This part's amount, by cumulative rounding (rule 5).
    public let amount: Money
}

/// Everything a product's annual fee of one key was computed from (rules 4 and 5). It gives the same øre again.
public struct FeeDerivation: Sendable, Hashable {
    public let period: BillingPeriod
    public let policies: FeePolicies
    /// By first day; all with a day in the period.
    public let spells: [Spell]
    /// The rows of the charge that hold on some day of the period, by component and first day.
    public let rows: [RateRow]
    public let size: SizeUse?
    /// Active participants on the period's first day, where a step depends on it.
    public let joined: Int32?
    public let parts: [FeePart]
    public let amount: Money
    private let pieces: [Piece]

    init(
        period: BillingPeriod, policies: FeePolicies, spells: [Spell], rows: [RateRow], size: SizeUse?, joined: Int32?
    ) throws(Unpriced) {
        self.period = period
        self.policies = policies
        self.spells = spells
        self.rows = rows
        self.size = size
        self.joined = joined
        pieces = try FeeDerivation.pieces(period, policies, spells, rows)
        var parts: [FeePart] = []
        do {
            var cumulated = ExactAmount.zero
            var billed = Money.zero
            for piece in pieces {
                let year = try FeeDerivation.year(of: piece.rows, form: piece.form, policies, size, joined)
                cumulated = try cumulated + FeeDerivation.unit(year, in: period).times(piece.count, over: piece.total)
                let rounded = try cumulated.rounded()
                parts.append(
                    FeePart(
                        covers: piece.covers, units: piece.count, form: piece.form, rows: piece.rows.map(\.id), amount: try rounded - billed
                    ))
                billed = rounded
            }
            amount = billed
        } catch let reason as Unpriced {
            throw reason
        } catch {
            throw .overflow
        }
        self.parts = parts
    }

    /// The same fee with a percentage on top, exact: what a contribution is the difference of.
    func exact(surcharge: Ratio) throws(Unpriced) -> ExactAmount {
        do {
            var sum = ExactAmount.zero
            for piece in pieces {
                let year = try FeeDerivation.year(of: piece.rows, form: piece.form, policies, size, joined)
                let raised = try year + year.times(surcharge)
                sum = try sum + FeeDerivation.unit(raised, in: period).times(piece.count, over: piece.total)
            }
            return sum
        } catch let reason as Unpriced {
            throw reason
        } catch {
            throw .overflow
        }
    }

    /// What the components that hold in a part come to in a year, before form and time.
    ///
    /// - Throws: as the derivation's own initialiser, which has computed the same before.
    public func yearPrice(of part: FeePart) throws -> YearPrice {
        let held = rows.filter { part.rows.contains($0.id) }
        return YearPrice(
            components: try held.map { try ComponentAmount(of: $0, beside: held, size: size, joined: joined) },
            sum: try FeeDerivation.year(of: held, form: .active, policies, size, joined).rounded())
    }

    /// From the first to the last living day.
    var livingDays: Period? { Attendance(spells, in: period).span }

    /// Units in a row that are priced alike. A gap between two spells does not part them: a line runs from the first to the last living day (rule 16).
    private struct Piece: Sendable, Hashable {
        var covers: Period
        var count: Int64
        let total: Int64
        let form: AgreementForm
        let rows: [RateRow]
    }

    /// The units that count, put together where rows and form are the same.
    private static func pieces(
        _ period: BillingPeriod, _ policies: FeePolicies, _ spells: [Spell], _ rows: [RateRow]
    ) throws(Unpriced) -> [Piece] {
        let attendance = Attendance(spells, in: period)
        let units = Units(period: period, policy: policies.proRata)
        var changes = Set(rows.flatMap { [$0.term.first, $0.term.last?.next].compactMap { $0 } })
        for spell in spells { changes.formUnion(spell.forms.changes.map(\.from)) }
        var pieces: [Piece] = []
        for run in units.runs(attendance, changes: changes) {
            let held = try FeeDerivation.rows(rows, on: run.day)
            let form = attendance.form(on: run.day) ?? .active
            if let last = pieces.last, last.form == form, last.rows == held {
                pieces[pieces.count - 1].covers = Period(ordered: last.covers.first, run.covers.last)
                pieces[pieces.count - 1].count += run.count
            } else {
                pieces.append(Piece(covers: run.covers, count: run.count, total: units.total, form: form, rows: held))
            }
        }
        return pieces
    }

    /// The rows in force on a day, one a component. A day without any, or inside a component's gap, has no price.
    private static func rows(_ rows: [RateRow], on day: CivilDate) throws(Unpriced) -> [RateRow] {
        let held = rows.filter { $0.term.contains(day) }
        if held.isEmpty { throw .noPrice }
        for row in rows where row.term.first < day && !held.contains(where: { $0.component == row.component }) {
            if rows.contains(where: { $0.component == row.component && $0.term.first > day }) { throw .noPrice }
        }
        return held
    }

    /// A year's exact amount: the components added, times the fraction of a passive participant.
    private static func year(
        of rows: [RateRow], form: AgreementForm, _ policies: FeePolicies, _ size: SizeUse?, _ joined: Int32?
    ) throws -> ExactAmount {
        var sum = ExactAmount.zero
        for row in rows { sum = try sum + row.price.year(beside: rows, size: size, joined: joined) }
        return form == .passive ? try sum.times(policies.passive) : sum
    }

    /// What one period of the year comes to: the year itself, or the year in øre split in two, the odd øre to the first half (rule 5).
    private static func unit(_ year: ExactAmount, in period: BillingPeriod) throws(ArithmeticOverflow) -> ExactAmount {
        guard let half = period.half else { return year }
        return ExactAmount(try year.rounded().half(half))
    }
}

extension PriceModel {
    /// One participant's exact amount of a year.
    ///
    /// - Throws: ``Unpriced`` by the fact that is missing; ``ArithmeticOverflow``.
    func year(beside rows: [RateRow], size: SizeUse?, joined: Int32?) throws -> ExactAmount {
        switch self {
        case .amount(let amount): return ExactAmount(amount)
        case .perClass(let amounts):
            guard let sizeClass = size?.sizeClass else { throw Unpriced.noSizeClass }
            guard let amount = amounts[sizeClass] else { throw Unpriced.noPrice }
            return ExactAmount(amount)
        case .perInhabitant(let figure, let floor, let cap):
            guard let inhabitants = size?.fact.headcount?.inhabitants else { throw Unpriced.noInhabitants }
            guard let kroner = figure.ratio else { throw Unpriced.noPrice }
            let amount = try ExactAmount(Money(minorUnits: 100)).times(kroner).times(Int64(inhabitants), over: 1)
            if let floor, try amount < ExactAmount(floor) { return ExactAmount(floor) }
            if let cap, try ExactAmount(cap) < amount { return ExactAmount(cap) }
            return amount
        case .stepDown(let steps):
            guard let joined, let first = steps.first else { throw Unpriced.noPrice }
            // Nobody there yet: the first step holds.
            return ExactAmount((steps.last { $0.from <= joined } ?? first).amount)
        case .fraction(let ratio, let component):
            guard let other = rows.first(where: { $0.component == component }) else { throw Unpriced.noPrice }
            if case .fraction = other.price { throw Unpriced.noPrice }
            return try other.price.year(beside: [], size: size, joined: joined).times(ratio)
        case .shared: throw Unpriced.noPrice
        }
    }
}
