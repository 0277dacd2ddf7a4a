/// A personal API token: `os2m_` and 43 characters of base64url, which are 256 random bits. It is shown once; the register keeps its SHA-256.
///
/// A value in hand has the form of a token; whether it is one, only the register knows. It never prints itself.
public struct AccessToken: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The whole token, to be sent to the database as a parameter and nowhere else.
    public let secret: String

    /// Nothing for a text of another form.
    public init?(_ text: String) {
        guard text.utf8.count == AccessToken.length, text.hasPrefix(AccessToken.scheme),
            text.utf8.dropFirst(AccessToken.scheme.utf8.count).allSatisfy(AccessToken.isOfAlphabet)
        else { return nil }
        secret = text
    }

    /// Writes 32 random bytes as a token; nothing for another number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        var text = AccessToken.scheme
        var (bits, count): (UInt32, UInt32) = (0, 0)
        // Two zero bits fill the last character.
        for byte in bytes + [0] {
            (bits, count) = (bits << 8 | UInt32(byte), count + 8)
            while count >= 6 {
                count -= 6
                text.unicodeScalars.append(Unicode.Scalar(AccessToken.alphabet[Int(bits >> count & 63)]))
            }
        }
        secret = String(text.prefix(AccessToken.length))
    }

    /// What people tell tokens apart by: the scheme and the first eight characters, 48 bits of the 256.
    public var prefix: String { String(secret.prefix(AccessToken.scheme.count + 8)) }

    public var description: String { "\(prefix)…" }
    public var debugDescription: String { description }

    private static let scheme = "os2m_"
    private static let length = 48
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private static func isOfAlphabet(_ byte: UInt8) -> Bool { alphabet.contains(byte) }
}
