/// PostgreSQL's `uuid`: 16 bytes.
public struct PostgresUUID: Hashable, Sendable {
    /// The first and the last eight bytes, in network order.
    public let high: UInt64, low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// A new random UUID, version 4, from the system's secure generator.
    public static func random() -> PostgresUUID {
        PostgresUUID(
            high: UInt64.random(in: .min ... .max) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000,
            low: UInt64.random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }

    /// Reads `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, in either case. Nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 36 else { return nil }
        var value: UInt128 = 0
        for (index, byte) in text.utf8.enumerated() {
            if [8, 13, 18, 23].contains(index) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            value = value << 4 | UInt128(digit)
        }
        self.init(high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
    }
}

extension PostgresUUID: CustomStringConvertible {
    /// Lower case, with hyphens, as the server prints it.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (position, shift) in stride(from: 120, through: 0, by: -8).enumerated() {
            if [4, 6, 8, 10].contains(position) { text.append(UInt8(ascii: "-")) }
            let byte = UInt8(truncatingIfNeeded: (UInt128(high) << 64 | UInt128(low)) >> UInt128(shift))
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension PostgresUUID: PostgresEncodable, PostgresDecodable {
    public static var postgresType: PostgresType { .uuid }
    public static let postgresTypes = [PostgresType.uuid]
    public static func accepts(_ type: PostgresType) -> Bool { type == .uuid }

    public func encode(into buffer: inout ParameterBuffer) {
        buffer.append(high)
        buffer.append(low)
    }

    public init(from bytes: inout PostgresBytes) throws(DecodingFailure) {
        let high = try bytes.integer(as: UInt64.self)
        self.init(high: high, low: try bytes.integer())
    }
}
