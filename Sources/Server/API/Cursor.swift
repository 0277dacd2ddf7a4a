/// Where a list goes on: the last row of the page before, in a form that nobody is tempted to take apart.
///
/// It is bound to its list, so that one from another list is a mistake and not a wrong page. It is not a secret: whoever makes one up sees what they may see.
package struct Cursor: Sendable, Hashable {
    package let row: Int64

    package init(row: Int64) { self.row = row }

    /// Nothing for what is no cursor of this list.
    package init?(_ text: String, of operation: String) {
        guard let bytes = Cursor.decode(text), bytes[0] == Cursor.version else { return nil }
        guard bytes[1...4].reduce(0, { $0 << 8 | UInt32($1) }) == Cursor.mark(of: operation) else { return nil }
        row = Int64(bitPattern: bytes[5...].reduce(0) { $0 << 8 | UInt64($1) })
    }

    package func text(of operation: String) -> String {
        let (mark, bits) = (Cursor.mark(of: operation), UInt64(bitPattern: row))
        var bytes = [Cursor.version]
        for shift in stride(from: 24, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: mark >> UInt32(shift))) }
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
        return Cursor.encode(bytes)
    }

    private static let version: UInt8 = 1
    private static let length = 13
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// FNV-1a of 32 bits, the same in every process.
    private static func mark(of operation: String) -> UInt32 {
        operation.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for byte in bytes {
            (bits, count) = (bits << 8 | UInt32(byte), count + 8)
            while count >= 6 {
                count -= 6
                text.append(alphabet[Int(bits >> count & 63)])
            }
        }
        if count > 0 { text.append(alphabet[Int(bits << (6 - count) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count == (length * 8 + 5) / 6 else { return nil }
        var bytes: [UInt8] = []
        var (bits, count): (UInt32, UInt32) = (0, 0)
        for character in text.utf8 {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            (bits, count) = (bits << 6 | UInt32(value), count + 6)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        // One row has one cursor: bits that mean nothing are zero.
        return bits & (1 << count - 1) == 0 ? bytes : nil
    }
}
