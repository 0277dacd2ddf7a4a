/// A global location number (*EAN-lokationsnummer*): thirteen digits, alternating weights 1 and 3, sum divisible by 10.
///
/// The address of a receiver of e-invoices. A value in hand is valid.
public struct GLN: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Nothing when the digits or the check are wrong.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 13, digits.allSatisfy(\.isDigit) else { return nil }
        let sum = digits.enumerated().reduce(0) { $0 + Int($1.element - UInt8(ascii: "0")) * ($1.offset % 2 == 0 ? 1 : 3) }
        guard sum % 10 == 0 else { return nil }
        description = String(text)
    }
}
