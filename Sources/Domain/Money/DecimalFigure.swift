/// A decimal number as people print it, kept exactly: `117.4` is 1174 with one decimal. Index figures come in this form.
public struct DecimalFigure: Sendable, Hashable, CustomStringConvertible {
    /// The digits without the point.
    public let unscaled: Int64
    /// Digits after the point, 0…6.
    public let decimals: Int

    /// Reads `117.4`; at most 12 digits, at most six of them after the point, no sign. Nothing for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count == 1 || !parts[1].isEmpty else { return nil }
        let fraction = parts.count == 2 ? Array(parts[1]) : []
        let digits = Array(whole) + fraction
        guard digits.count <= 12, fraction.count <= 6, digits.allSatisfy(\.isDigit) else { return nil }
        unscaled = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        decimals = fraction.count
    }

    public var ratio: Ratio? {
        var scale: Int64 = 1
        for _ in 0..<decimals { scale *= 10 }
        return Ratio(unscaled, over: scale)
    }

    public var description: String {
        guard decimals > 0 else { return String(unscaled) }
        var digits = String(unscaled)
        while digits.utf8.count <= decimals { digits = "0" + digits }
        let point = digits.index(digits.endIndex, offsetBy: -decimals)
        return digits[..<point] + "." + digits[point...]
    }
}
