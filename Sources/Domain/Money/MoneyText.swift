extension Money: CustomStringConvertible {
    /// What an amount in a file may be at most, either way: a thousand billion kroner. Sums of millions of such amounts still fit.
    public static let largestStated = Money(minorUnits: 100_000_000_000_000)

    /// Reads kroner with at most two decimals and a point, as in `25000`, `25000.5` and `-0.75`. No thousands separators, no exponents.
    ///
    /// - Throws: ``MoneyTextError`` that says what is wrong with the text.
    public init(kroner text: some StringProtocol) throws(MoneyTextError) {
        var digits = text.utf8[...]
        let negative = digits.first == UInt8(ascii: "-")
        if negative { digits.removeFirst() }
        let halves = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first, !whole.isEmpty, whole.allSatisfy(\.isDigit) else { throw .notAnAmount }
        var fraction: [UInt8] = []
        if halves.count == 2 {
            fraction = Array(halves[1])
            guard !fraction.isEmpty, fraction.allSatisfy(\.isDigit) else { throw .notAnAmount }
            guard fraction.count <= 2 else { throw .tooPrecise }
        }
        while fraction.count < 2 { fraction.append(UInt8(ascii: "0")) }
        var minor: Int64 = 0
        for digit in Array(whole) + fraction {
            minor = minor * 10 + Int64(digit - UInt8(ascii: "0"))
            if minor > Money.largestStated.minorUnits { throw .tooLarge }
        }
        self.init(minorUnits: negative ? -minor : minor)
    }

    /// Kroner with two decimals and a point, as in `25000.00`: the form of files and e-invoices.
    public var description: String {
        let magnitude = minorUnits.magnitude
        let ore = magnitude % 100
        return "\(minorUnits < 0 ? "-" : "")\(magnitude / 100).\(ore < 10 ? "0" : "")\(ore)"
    }
}

/// Why a text is not an amount.
public enum MoneyTextError: Error, Sendable, Equatable {
    case notAnAmount
    /// More than two decimals: an øre is not divisible in a price.
    case tooPrecise
    /// Above ``Money/largestStated``.
    case tooLarge
}

extension UInt8 {
    package var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}
