/// An amount of Danish money in whole øre.
///
/// Arithmetic is checked: what does not fit in 64 bits is an ``ArithmeticOverflow``, never a trap, because amounts arrive from files and people.
public struct Money: Sendable, Hashable, Comparable {
    /// Whole øre; 100 øre are one krone. Negative amounts are differences, never prices.
    public let minorUnits: Int64

    public init(minorUnits: Int64) { self.minorUnits = minorUnits }

    public static let zero = Money(minorUnits: 0)

    public static func < (left: Money, right: Money) -> Bool { left.minorUnits < right.minorUnits }

    public static func + (left: Money, right: Money) throws(ArithmeticOverflow) -> Money {
        let (sum, overflow) = left.minorUnits.addingReportingOverflow(right.minorUnits)
        if overflow { throw ArithmeticOverflow() }
        return Money(minorUnits: sum)
    }

    public static func - (left: Money, right: Money) throws(ArithmeticOverflow) -> Money {
        let (difference, overflow) = left.minorUnits.subtractingReportingOverflow(right.minorUnits)
        if overflow { throw ArithmeticOverflow() }
        return Money(minorUnits: difference)
    }

    public func negated() throws(ArithmeticOverflow) -> Money { try .zero - self }

    /// The amount times an exact ratio, rounded once as the rule says.
    public func times(_ ratio: Ratio, rounding: Rounding = .halfAwayFromZero) throws(ArithmeticOverflow) -> Money {
        let exact = Int128(minorUnits) * Int128(ratio.numerator)
        let rounded = rounding.divide(exact, by: Int128(ratio.denominator))
        guard let minor = Int64(exactly: rounded) else { throw ArithmeticOverflow() }
        return Money(minorUnits: minor)
    }

    /// The sum of some amounts.
    public static func sum(_ amounts: some Sequence<Money>) throws(ArithmeticOverflow) -> Money {
        var total = Money.zero
        for amount in amounts { total = try total + amount }
        return total
    }
}

/// A result that does not fit in 64 bits. Amounts that real invoices hold never come near.
public struct ArithmeticOverflow: Error, Sendable, Equatable {
    public init() {}
}
