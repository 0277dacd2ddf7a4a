/// A strong validator over the bytes of an answer.
///
/// 128 bits from two multiply-and-fold passes with fixed seeds: the same bytes give the same tag in every process, and different ones collide by accident
/// about never. It need not withstand an attacker, who could at most keep his own old copy, so it is none of the slow ones: 1 GB/s and more on one core.
struct EntityTag: Sendable, Hashable {
    /// With its quotes.
    let text: String

    init(of bytes: [UInt8]) {
        var (a, b): (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03)
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset + 8 <= buffer.count {
                let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                (a, b) = (EntityTag.fold(a ^ word, 0xA076_1D64_78BD_642F), EntityTag.fold(b ^ word, 0xE703_7ED1_A0B4_28DB))
                offset += 8
            }
            // The rest, and the length, which tells a short end from one filled up with zeros.
            var rest: UInt64 = 0
            while offset < buffer.count {
                rest = rest << 8 | UInt64(buffer[offset])
                offset += 1
            }
            let length = UInt64(buffer.count)
            a = EntityTag.fold(a ^ rest, 0x8EBC_6AF0_9C88_C6E3 ^ length)
            b = EntityTag.fold(b ^ rest, 0x5899_65CC_7537_4CC3 ^ length)
        }
        var text: [UInt8] = [0x22]
        text.reserveCapacity(34)
        Hexadecimal.append(a, to: &text)
        Hexadecimal.append(b, to: &text)
        text.append(0x22)
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// Whether a caller's `If-None-Match` names it. A weak mark is looked past, as the comparison for reading asks.
    func isNamed(in header: String) -> Bool {
        if header == text { return true }
        return header.split(separator: ",").contains { part in
            let tag = part.drop { $0 == " " || $0 == "\t" }
            let trimmed = tag.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
            let word = String(trimmed)
            return word == "*" || word == text || word == "W/\(text)"
        }
    }

    /// Both halves of the product together depend on every bit of both factors.
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

/// Sixteen hexadecimal digits.
enum Hexadecimal {
    static func append(_ value: UInt64, to text: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let half = UInt8(value >> UInt64(shift) & 15)
            text.append(half < 10 ? 0x30 + half : 0x57 + half)
        }
    }

    static func text(_ value: UInt64) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(16)
        append(value, to: &text)
        return String(decoding: text, as: UTF8.self)
    }
}
