/// An exact fraction with a positive denominator, in lowest terms. Percentages, shares and index figures are ratios; nothing near money is a float.
public struct Ratio: Sendable, Hashable {
    public let numerator: Int64
    public let denominator: Int64

    /// Nothing when the denominator is not positive, or when a part is the one number that has no opposite.
    public init?(_ numerator: Int64, over denominator: Int64) {
        guard denominator > 0, numerator > .min else { return nil }
        let divisor = Ratio.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int64(divisor)
        self.denominator = denominator / Int64(divisor)
    }

    private init(reduced numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public static let zero = Ratio(reduced: 0, 1)
    public static let one = Ratio(reduced: 1, 1)
    public static let half = Ratio(reduced: 1, 2)

    /// This divided by another ratio above zero; nothing when the other is not, or when the result does not fit.
    public func divided(by other: Ratio) -> Ratio? {
        guard other.numerator > 0 else { return nil }
        let (top, first) = numerator.multipliedReportingOverflow(by: other.denominator)
        let (bottom, second) = denominator.multipliedReportingOverflow(by: other.numerator)
        return first || second ? nil : Ratio(top, over: bottom)
    }

    private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (larger, smaller) = (left, right)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return max(larger, 1)
    }
}
