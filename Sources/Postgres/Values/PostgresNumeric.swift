/// PostgreSQL's `numeric`: an exact decimal, (−1)^sign × unscaled digits × 10^−scale. NaN and infinities are not numbers here.
///
/// The scale is part of the value, as on the server: 1.0 and 1.00 are printed differently and are not `==`.
public struct PostgresNumeric: Hashable, Sendable {
    /// False for zero.
    public let isNegative: Bool
    /// Decimal digits 0...9, the most significant first, without leading zeros; empty for zero.
    public let unscaledDigits: [UInt8]
    /// Digits after the decimal point, 0...16,383.
    public let scale: Int

    /// The server's bounds: digits before and after the decimal point.
    static let mostIntegerDigits = 131_072
    static let greatestScale = 16_383

    /// Nil when a digit is not 0...9 or the number exceeds PostgreSQL's bounds (131,072 digits before the point, 16,383 after it).
    public init?(isNegative: Bool, unscaledDigits digits: [UInt8], scale: Int) {
        guard digits.allSatisfy({ $0 <= 9 }), (0...Self.greatestScale).contains(scale) else { return nil }
        let significant = Array(digits.drop { $0 == 0 })
        guard significant.count - scale <= Self.mostIntegerDigits else { return nil }
        self.isNegative = isNegative && !significant.isEmpty
        self.unscaledDigits = significant
        self.scale = scale
    }

    /// `unscaled` × 10^−`scale`. Nil for a scale outside 0...16,383.
    public init?(unscaled: Int64, scale: Int) {
        let digits = unscaled.magnitude.description.utf8.map { $0 - UInt8(ascii: "0") }
        self.init(isNegative: unscaled < 0, unscaledDigits: digits, scale: scale)
    }

    /// Reads an optional sign, digits and an optional fraction (`-12.50`): no exponent, no spaces, at least one digit. Nil otherwise.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var digits: [UInt8] = []
        var point: Int?
        for byte in rest {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(byte - UInt8(ascii: "0"))
            case UInt8(ascii: ".") where point == nil: point = digits.count
            default: return nil
            }
        }
        guard !digits.isEmpty else { return nil }
        self.init(isNegative: isNegative, unscaledDigits: digits, scale: digits.count - (point ?? digits.count))
    }

    /// The number × 10^`scale` when that is a whole number that fits, otherwise nil: the way to amounts counted in small units.
    public func unscaledValue(atScale wanted: Int) -> Int64? {
        var value: Int64 = 0
        var digits = unscaledDigits[...]
        if wanted < scale {
            let (difference, overflow) = scale.subtractingReportingOverflow(wanted)
            let surplus = overflow ? Int.max : difference
            guard digits.suffix(surplus).allSatisfy({ $0 == 0 }) else { return nil }
            digits = digits.dropLast(surplus)
        }
        for digit in digits {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (next, overflowAgain) = shifted.subtractingReportingOverflow(Int64(digit))
            if overflow || overflowAgain { return nil }
            value = next
        }
        if value != 0, wanted > scale {
            for _ in scale..<wanted {
                let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
                if overflow { return nil }
                value = shifted
            }
        }
        // Gathered below zero, where Int64 reaches one further.
        return isNegative ? value : Int64(exactly: 0 - Int128(value))
    }
}

extension PostgresNumeric: CustomStringConvertible {
    /// As the server prints it: `-12.50`, `0.05`.
    public var description: String {
        var text: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
        let padded = Array(repeating: 0, count: max(0, scale + 1 - unscaledDigits.count)) + unscaledDigits
        for (index, digit) in padded.enumerated() {
            if index == padded.count - scale { text.append(UInt8(ascii: ".")) }
            text.append(UInt8(ascii: "0") + digit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
