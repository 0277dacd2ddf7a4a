/// What the components of a fee come to in a year, and together: added up exactly, then rounded once (rule 5).
public struct YearPrice: Sendable, Hashable {
    public let components: [ComponentAmount]
    public let sum: Money
}

/// One component's amount for a participant and a whole year, and how the rate row gives it.
public struct ComponentAmount: Sendable, Hashable {
    public enum Bound: Sendable, Hashable {
        case floor, cap
    }

    public enum Way: Sendable, Hashable {
        /// The row says it.
        case stated
        case sizeClass(SizeClass)
        /// The step that holds, by the number of participants it begins at.
        case step(from: Int32)
        /// - Parameter bound: what held in the place of the product.
        case inhabitants(Int32, figure: DecimalFigure, bound: Bound?)
        case fraction(Ratio, of: String)
    }

    public let component: String
    public let way: Way
    /// In whole øre, half away from zero.
    public let amount: Money
    /// Is it the amount as it is, rather than rounded for the reader?
    public let isExact: Bool

    /// - Throws: ``ArithmeticOverflow``, or what is missing, where the row cannot be priced.
    init(of row: RateRow, beside rows: [RateRow], size: SizeUse?, joined: Int32?) throws {
        let year = try row.price.year(beside: rows, size: size, joined: joined)
        component = row.component
        amount = try year.rounded()
        isExact = ExactAmount(amount) == year
        switch row.price {
        case .perClass: way = size?.sizeClass.map(Way.sizeClass) ?? .stated
        case .stepDown(let steps):
            way = .step(from: (steps.last { $0.from <= joined ?? 0 } ?? steps.first)?.from ?? 1)
        case .perInhabitant(let figure, _, _):
            let product = try PriceModel.perInhabitant(figure, floor: nil, cap: nil).year(beside: [], size: size, joined: nil)
            let bound: Bound? = product == year ? nil : try product < year ? .floor : .cap
            way = .inhabitants(size?.fact.headcount?.inhabitants ?? 0, figure: figure, bound: bound)
        case .fraction(let ratio, let component): way = .fraction(ratio, of: component)
        case .amount, .shared: way = .stated
        }
    }
}
