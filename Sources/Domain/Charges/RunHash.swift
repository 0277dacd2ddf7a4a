/// The SHA-256 of a run's canonical outcome (DOMAIN §3, rule 13): what a preview shows and a run is held to.
public struct RunHash: Sendable, Hashable, CustomStringConvertible {
    /// 64 hexadecimal digits, lower case.
    public let description: String

    /// Nothing for anything but 64 hexadecimal digits.
    public init?(_ text: String) {
        let digits = text.lowercased()
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }) else {
            return nil
        }
        description = digits
    }

    /// The 32 bytes of a digest.
    package init(digest: some Sequence<UInt8>) {
        description = digest.reduce(into: "") { text, byte in
            text += String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
    }

    package var bytes: [UInt8] {
        let digits = Array(description.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
