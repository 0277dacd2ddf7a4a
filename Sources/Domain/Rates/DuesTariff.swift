/// A decision as money refers to it: its row and the reference people know it by.
public struct DecisionReference: Sendable, Hashable {
    public let id: Identifier<Decision>
    public let reference: String

    public init(id: Identifier<Decision>, reference: String) {
        self.id = id
        self.reference = reference
    }
}

/// Who decided what, when, with a reference (*beslutning*).
public enum Decision {}

/// One year's dues as decided: the association's rate sheet (*takstblad*) has one row a year.
public struct DuesRate: Sendable, Hashable {
    public enum Basis: Sendable, Hashable {
        /// An amount, excluding VAT.
        case fixed(Money)
        /// Last year's amount times `figure / previous` (KL's wage and price estimate). Either figure may be missing still; the amount is the one
        /// published, when it has been.
        case indexed(figure: DecimalFigure?, previous: DecimalFigure?, published: Money?)
    }

    public let id: Identifier<DuesRate>
    public let year: Int
    public let basis: Basis
    public let decision: DecisionReference

    public init(id: Identifier<DuesRate>, year: Int, basis: Basis, decision: DecisionReference) {
        self.id = id
        self.year = year
        self.basis = basis
        self.decision = decision
    }
}

/// The association's dues, year by year.
public struct DuesTariff: Sendable {
    private let rates: [Int: DuesRate]

    public init(_ rates: some Sequence<DuesRate>) { self.rates = Dictionary(rates.map { ($0.year, $0) }) { _, later in later } }

    /// A full year's dues, or why there is no price: a year without a row is `NO_PRICE`, a missing index figure `INDEX_MISSING`, never 0 %.
    public func price(of year: Int) throws(DuesPriceMissing) -> DuesPrice {
        guard let rate = rates[year] else { throw DuesPriceMissing(reason: .noPrice, year: year) }
        switch rate.basis {
        case .fixed(let amount):
            return DuesPrice(rate: rate.id, year: year, decision: rate.decision, amount: amount, index: nil)
        case .indexed(let figure, let previous, let published):
            guard let figure, let previous, let now = figure.ratio, let before = previous.ratio, let growth = now.divided(by: before) else {
                throw DuesPriceMissing(reason: .indexMissing, year: year)
            }
            let base = try price(of: year - 1).amount
            guard let computed = try? DuesPrice.indexed(base, by: growth) else { throw DuesPriceMissing(reason: .noPrice, year: year) }
            let step = IndexStep(from: base, previous: previous, figure: figure, computed: computed)
            return DuesPrice(rate: rate.id, year: year, decision: rate.decision, amount: published ?? computed, index: step)
        }
    }

    /// The indexed years whose published amount is not what the formula gives, with what it gives. A sheet that has any is refused.
    public var mismatches: [(year: Int, published: Money, computed: Money)] {
        rates.values.sorted { $0.year < $1.year }.compactMap { rate in
            guard case .indexed(_, _, let published?) = rate.basis, let step = try? price(of: rate.year).index, step.computed != published
            else {
                return nil
            }
            return (rate.year, published, step.computed)
        }
    }
}

/// A year has no price, and why.
public struct DuesPriceMissing: Error, Sendable, Equatable {
    public let reason: ParkingReason
    /// The year whose row or figure is missing; it may lie before the year asked for, because an indexed year stands on the one before.
    public let year: Int
}

/// A full year's dues and where the figure comes from.
public struct DuesPrice: Sendable, Hashable {
    public let rate: Identifier<DuesRate>
    public let year: Int
    public let decision: DecisionReference
    public let amount: Money
    public let index: IndexStep?

    public init(rate: Identifier<DuesRate>, year: Int, decision: DecisionReference, amount: Money, index: IndexStep?) {
        self.rate = rate
        self.year = year
        self.decision = decision
        self.amount = amount
        self.index = index
    }

    /// Policy *index rounding*: whole kroner, half up (DOMAIN §3).
    static func indexed(_ base: Money, by growth: Ratio) throws(ArithmeticOverflow) -> Money {
        guard let toKroner = growth.divided(by: .hundred) else { throw ArithmeticOverflow() }
        let kroner = try base.times(toKroner, rounding: .halfUp).minorUnits
        let (minor, overflow) = kroner.multipliedReportingOverflow(by: 100)
        if overflow { throw ArithmeticOverflow() }
        return Money(minorUnits: minor)
    }
}

/// One step of the index formula with both figures.
public struct IndexStep: Sendable, Hashable {
    /// The year before's amount.
    public let from: Money
    public let previous: DecimalFigure
    public let figure: DecimalFigure
    /// `from × figure / previous` in whole kroner.
    public let computed: Money

    public init(from: Money, previous: DecimalFigure, figure: DecimalFigure, computed: Money) {
        self.from = from
        self.previous = previous
        self.figure = figure
        self.computed = computed
    }
}

extension Ratio {
    static let hundred = Ratio(100, over: 1) ?? .one
}
