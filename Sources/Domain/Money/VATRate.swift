/// How a charge is taxed (*moms*): a category of EN 16931 and its rate.
public struct VATRate: Sendable, Hashable, Comparable {
    public enum Category: String, Sendable, CaseIterable {
        /// Standard rated.
        case standard = "S"
        /// Exempt; the rate is zero and the invoice says why.
        case exempt = "E"
    }

    public let category: Category
    /// Hundredths of a percent: 25 % is 2500. 0…10000; zero exactly when exempt.
    public let basisPoints: Int32

    public init?(_ category: Category, basisPoints: Int32) {
        guard (0...10_000).contains(basisPoints), (category == .exempt) == (basisPoints == 0) else { return nil }
        self.category = category
        self.basisPoints = basisPoints
    }

    /// VAT of a net amount at this rate, half away from zero to the øre (DOMAIN §3).
    public func tax(on net: Money) throws(ArithmeticOverflow) -> Money {
        guard let ratio = Ratio(Int64(basisPoints), over: 10_000) else { throw ArithmeticOverflow() }
        return try net.times(ratio)
    }

    public static func < (left: VATRate, right: VATRate) -> Bool {
        (left.category.rawValue, left.basisPoints) < (right.category.rawValue, right.basisPoints)
    }

    /// The rate in percent as it is printed: `25`, `12.5`, `0`.
    public var percentText: String {
        let (whole, hundredths) = (basisPoints / 100, basisPoints % 100)
        if hundredths == 0 { return String(whole) }
        if hundredths % 10 == 0 { return "\(whole).\(hundredths / 10)" }
        return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}
