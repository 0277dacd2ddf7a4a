/// The payment reference on a Danish payment slip of type `+71`: fifteen digits, the last a modulus-10 check digit.
///
/// The payload is the invoice number. Source: EINVOICING §5, DOMAIN §8.
public struct FIKReference: Sendable, Hashable, CustomStringConvertible {
    /// Fifteen digits.
    public let description: String

    /// Nothing when the number is not 1…99,999,999,999,999.
    public init?(invoiceNumber: Int64) {
        guard (1...99_999_999_999_999).contains(invoiceNumber) else { return nil }
        let digits = String(invoiceNumber)
        let payload = String(repeating: "0", count: 14 - digits.utf8.count) + digits
        description = payload + String(FIKReference.checkDigit(of: payload.utf8))
    }

    /// Nothing when the digits or the check are wrong.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 15, digits.allSatisfy(\.isDigit),
            FIKReference.checkDigit(of: digits.dropLast()) == Int(digits[14] - UInt8(ascii: "0"))
        else { return nil }
        description = String(text)
    }

    /// Every second digit from the right is doubled, nine taken off above nine; the check fills the sum up to a ten, and a full ten is zero.
    private static func checkDigit(of payload: some BidirectionalCollection<UInt8>) -> Int {
        var sum = 0
        for (position, digit) in payload.reversed().enumerated() {
            let value = Int(digit - UInt8(ascii: "0")) * (position % 2 == 0 ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return (10 - sum % 10) % 10
    }
}
