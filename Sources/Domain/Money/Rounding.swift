/// How an exact amount becomes whole units.
public enum Rounding: Sendable, Hashable {
    /// To the nearest, exact halves away from zero: øre on a line and VAT (DOMAIN §3).
    case halfAwayFromZero
    /// To the nearest, exact halves upwards: policy *index rounding*.
    case halfUp

    /// `dividend / divisor` in whole units. The divisor is positive; both stay far inside 128 bits because they are products of 64-bit parts.
    func divide(_ dividend: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        if twice < divisor.magnitude { return quotient }
        let isHalf = twice == divisor.magnitude
        switch self {
        case .halfAwayFromZero: return dividend < 0 ? quotient - 1 : quotient + 1
        case .halfUp: return dividend < 0 ? (isHalf ? quotient : quotient - 1) : quotient + 1
        }
    }
}
