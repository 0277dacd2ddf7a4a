// The binary form of `numeric`: groups of four decimal digits (base 10,000), counted from the decimal point in both directions. `weight`
// is the place of the first group, 0 for the one just before the point; groups of zeros at either end are left out.
extension PostgresNumeric: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .numeric }
    public static let postgresTypes = [PostgresType.numeric]
    public static func accepts(_ type: PostgresType) -> Bool { type == .numeric }

    private static let negative: UInt16 = 0x4000

    public func encode(into buffer: inout ParameterBuffer) {
        let integerDigits = unscaledDigits.count - scale
        // Zeros before the first digit that make the point fall between two groups; then the place of the first group.
        let lead = (4 - integerDigits % 4) % 4
        let weight = (integerDigits + lead) / 4 - 1
        var groups: [Int16] = []
        var group: Int16 = 0
        var filled = lead
        for digit in unscaledDigits {
            group = group * 10 + Int16(digit)
            filled += 1
            if filled % 4 == 0 {
                groups.append(group)
                group = 0
            }
        }
        while filled % 4 != 0 {
            group *= 10
            filled += 1
            if filled % 4 == 0 { groups.append(group) }
        }
        while groups.last == 0 { groups.removeLast() }
        // The initialiser's bounds keep all of these within 16 bits; a number that still did not fit would be refused, not wrapped.
        guard let count = UInt16(exactly: groups.count), let place = Int16(exactly: groups.isEmpty ? 0 : weight),
            let scale = UInt16(exactly: scale)
        else { return buffer.refuse("a numeric beyond PostgreSQL's bounds") }
        buffer.append(count)
        buffer.append(place)
        buffer.append(isNegative ? Self.negative : 0)
        buffer.append(scale)
        for group in groups { buffer.append(group) }
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        let count = Int(try bytes.integer(as: UInt16.self))
        let weight = Int(try bytes.integer(as: Int16.self))
        let sign = try bytes.integer(as: UInt16.self)
        let scale = Int(try bytes.integer(as: UInt16.self))
        guard sign == 0 || sign == Self.negative else { throw DecodingFailure(expected: "a number", found: "NaN or infinity") }
        guard count <= bytes.remaining / 2, scale <= Self.greatestScale, count <= weight + 1 + (scale + 3) / 4 || count == 0
        else { throw DecodingFailure(expected: "numeric", found: "\(count) groups of digits at scale \(scale)") }

        var digits: [UInt8] = []
        if count > 0 {
            digits.reserveCapacity(max(0, 4 * (weight + 1)) + scale + 4)
            // Groups that the fraction leaves out between the point and its first digit carry no information: leading zeros.
            for _ in 0..<count {
                var group = try bytes.integer(as: Int16.self)
                guard (0...9999).contains(group) else { throw DecodingFailure(expected: "group 0...9999", found: "\(group)") }
                for power in [1000, 100, 10, 1] as [Int16] {
                    digits.append(UInt8(group / power))
                    group %= power
                }
            }
            // The digits so far end 4 × (count − 1 − weight) places after the point; the scale says where they should end.
            let places = 4 * (count - 1 - weight)
            if places < scale {
                digits.append(contentsOf: repeatElement(0, count: scale - places))
            } else {
                guard digits.suffix(places - scale).allSatisfy({ $0 == 0 }) else {
                    throw DecodingFailure(expected: "\(scale) decimals", found: "more")
                }
                digits.removeLast(min(digits.count, places - scale))
            }
        }
        guard let value = Self(isNegative: sign == Self.negative, unscaledDigits: digits, scale: scale) else {
            throw DecodingFailure(expected: "numeric within bounds", found: "a number beyond them")
        }
        self = value
    }
}
