/// A number in Denmark's central business register (*CVR-nummer*): eight digits, the first not zero, weights 2 7 6 5 4 3 2 1, sum divisible by 11.
///
/// Source: DOMAIN §8. A value in hand is valid.
public struct CVRNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let description: String

    /// Nothing when the digits or the check are wrong.
    public init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 8, digits.allSatisfy(\.isDigit), digits[0] != UInt8(ascii: "0") else { return nil }
        let weights = [2, 7, 6, 5, 4, 3, 2, 1]
        let sum = zip(digits, weights).reduce(0) { $0 + Int($1.0 - UInt8(ascii: "0")) * $1.1 }
        guard sum % 11 == 0 else { return nil }
        description = String(text)
    }

    public static func < (left: CVRNumber, right: CVRNumber) -> Bool { left.description < right.description }
}
