/// An exact fraction of an øre: what an amount is before it becomes a line (rule 5). Checked 128-bit arithmetic in lowest terms.
struct ExactAmount: Sendable, Hashable {
    private let numerator: Int128
    /// Above zero.
    private let denominator: Int128

    private init(_ numerator: Int128, over denominator: Int128) {
        let divisor = ExactAmount.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int128(divisor)
        self.denominator = denominator / Int128(divisor)
    }

    init(_ money: Money) {
        numerator = Int128(money.minorUnits)
        denominator = 1
    }

    static let zero = ExactAmount(.zero)

    static func + (left: ExactAmount, right: ExactAmount) throws(ArithmeticOverflow) -> ExactAmount {
        if left.denominator == right.denominator {
            return ExactAmount(try sum(left.numerator, right.numerator), over: left.denominator)
        }
        return ExactAmount(
            try sum(try product(left.numerator, right.denominator), try product(right.numerator, left.denominator)),
            over: try product(left.denominator, right.denominator))
    }

    static func < (left: ExactAmount, right: ExactAmount) throws(ArithmeticOverflow) -> Bool {
        try product(left.numerator, right.denominator) < product(right.numerator, left.denominator)
    }

    func times(_ ratio: Ratio) throws(ArithmeticOverflow) -> ExactAmount {
        try times(ratio.numerator, over: ratio.denominator)
    }

    /// Times `top / bottom`; `bottom` is above zero.
    func times(_ top: Int64, over bottom: Int64) throws(ArithmeticOverflow) -> ExactAmount {
        ExactAmount(try ExactAmount.product(numerator, Int128(top)), over: try ExactAmount.product(denominator, Int128(bottom)))
    }

    /// In whole øre, half away from zero.
    func rounded() throws(ArithmeticOverflow) -> Money {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let isNearerNext = remainder.magnitude >= denominator.magnitude - remainder.magnitude && remainder != 0
        // A quotient with a remainder is at most half of what 128 bits hold, so the step away from zero fits.
        let whole = isNearerNext ? quotient + (numerator < 0 ? -1 : 1) : quotient
        guard let minor = Int64(exactly: whole) else { throw ArithmeticOverflow() }
        return Money(minorUnits: minor)
    }

    private static func product(_ left: Int128, _ right: Int128) throws(ArithmeticOverflow) -> Int128 {
        let (result, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { throw ArithmeticOverflow() }
        return result
    }

    private static func sum(_ left: Int128, _ right: Int128) throws(ArithmeticOverflow) -> Int128 {
        let (result, overflow) = left.addingReportingOverflow(right)
        if overflow { throw ArithmeticOverflow() }
        return result
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger == 0 ? 1 : larger
    }
}
