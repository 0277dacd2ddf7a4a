/// What somebody may send who means no good, or whose program is broken: as bytes in a file, and percent-encoded in an address.
public struct HostileText: Sendable, CustomStringConvertible {
    public let description: String
    public let bytes: [UInt8]
    /// As it stands in an address, where the bytes in percent signs are not what is meant.
    private let sent: String?

    private init(_ description: String, _ text: String) {
        self.description = description
        bytes = Array(text.utf8)
        sent = nil
    }

    private init(_ description: String, bytes: [UInt8]) {
        self.description = description
        self.bytes = bytes
        sent = nil
    }

    private init(_ description: String, sent: String) {
        self.description = description
        bytes = Array(sent.utf8)
        self.sent = sent
    }

    /// With every byte in percent signs, so that it is decoded before anybody looks at it.
    public var inAddress: String {
        let digits = Array("0123456789ABCDEF".utf8)
        return sent
            ?? String(decoding: bytes.flatMap { [0x25, digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public static let all: [HostileText] = [
        HostileText("nothing", ""),
        HostileText("a space", " "),
        HostileText("NUL", "\0"),
        HostileText("NUL inside", "Ballerup\0Kommune"),
        HostileText("bytes that are not UTF-8", bytes: [0xFF, 0xFE, 0x41]),
        HostileText("half a character", bytes: [0x42, 0xC3]),
        HostileText("an overlong slash", bytes: [0xC0, 0xAF]),
        HostileText("an overlong NUL", bytes: [0xC0, 0x80]),
        HostileText("a surrogate", bytes: [0xED, 0xA0, 0x80]),
        HostileText("beyond Unicode", bytes: [0xF4, 0x90, 0x80, 0x80]),
        HostileText("a byte order mark", "\u{FEFF}58271713"),
        HostileText("marks from right to left", "\u{202E}pureblaB\u{202C}\u{200F}"),
        HostileText("no width", "Ball\u{200B}erup\u{00AD}"),
        HostileText("combining marks", "e" + String(repeating: "\u{0301}", count: 150)),
        HostileText("emoji", "👩‍👩‍👧‍👦🇩🇰🏳️‍🌈"),
        HostileText("full width", "Ｂａｌｌｅｒｕｐ"),
        HostileText("a private character", "\u{E000}\u{10FFFF}"),
        HostileText("a quote", "'"),
        HostileText("quotes and a comment", "' OR '1'='1' --"),
        HostileText("a second statement", "'; DROP TABLE agreement; SELECT '"),
        HostileText("a union", "1 UNION SELECT digest FROM api_token"),
        HostileText("a dollar quote", "$$; SELECT pg_sleep(60); $$"),
        HostileText("a backslash", "\\"),
        HostileText("a backslash and a quote", "\\'"),
        HostileText("an escape", "E'\\x00'"),
        HostileText("double quotes", "\"agreement\""),
        HostileText("a parameter", "$1"),
        HostileText("everything by LIKE", "%"),
        HostileText("anything by LIKE", "_%_"),
        HostileText("a broken LIKE", "\\%\\"),
        HostileText("a regular expression", "(((((((((a+)+)+)+)+)+)+)+)+)$"),
        HostileText("a broken regular expression", "[["),
        HostileText("a text search", "a & | ! (b:*"),
        HostileText("a path", "../../../../etc/passwd"),
        HostileText("a path of another system", "..\\..\\windows\\win.ini"),
        HostileText("another address", "http://127.0.0.1:9090/metrics"),
        HostileText("another protocol", "${jndi:ldap://127.0.0.1/a}"),
        HostileText("a header", "a\r\nSet-Cookie: session=1\r\n\r\n<html>"),
        HostileText("a line", "a\nb"),
        HostileText("a tab", "\t"),
        HostileText("a bell and an escape", "\u{07}\u{1B}[2J"),
        HostileText("a C1 control character", "\u{85}\u{9B}"),
        HostileText("a script", "<script>alert(1)</script>"),
        HostileText("an entity", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
        HostileText("a template", "{{7*7}}%{7*7}"),
        HostileText("JSON", "{\"a\":[1e400]}"),
        HostileText("a formula", "=HYPERLINK(\"http://127.0.0.1\")"),
        HostileText("a format", "%s%n%x%@"),
        HostileText("zero", "0"),
        HostileText("minus zero", "-0"),
        HostileText("a negative number", "-1"),
        HostileText("a plus", "+1"),
        HostileText("a leading zero", "01"),
        HostileText("the largest number", "9223372036854775807"),
        HostileText("one more", "9223372036854775808"),
        HostileText("the smallest number", "-9223372036854775808"),
        HostileText("a number of thirty digits", String(repeating: "9", count: 30)),
        HostileText("a fraction", "1.5"),
        HostileText("an exponent", "1e3"),
        HostileText("no number", "NaN"),
        HostileText("infinity", "Infinity"),
        HostileText("a hexadecimal number", "0x10"),
        HostileText("other digits", "١٢٣"),
        HostileText("a day that is not", "2026-02-30"),
        HostileText("the year nothing", "0000-01-01"),
        HostileText("the last year", "9999-12-31"),
        HostileText("a year too far", "10000-01-01"),
        HostileText("a year before", "-2000-01-01"),
        HostileText("the first days", "2000-01-01"),
        HostileText("a day of words", "infinity"),
        HostileText("a point in time", "2026-01-01T00:00:00Z"),
        HostileText("two hundred characters", String(repeating: "å", count: 200)),
        HostileText("one more character", String(repeating: "å", count: 201)),
        HostileText("ten thousand bytes", sent: String(repeating: "a", count: 10_000)),
        HostileText("half an escape", sent: "a%"),
        HostileText("half of half an escape", sent: "a%4"),
        HostileText("an escape of no digits", sent: "%zz"),
        HostileText("an escape of an escape", sent: "%2500"),
        HostileText("another pair", sent: "a&lang=da&lang=en"),
        HostileText("no pair", sent: "a&b"),
        HostileText("a fragment", sent: "a#b"),
        HostileText("raw bytes", sent: "æøå"),
        HostileText("a space as it is", sent: "a b"),
        HostileText("dots", sent: ".."),
        HostileText("slashes", sent: "a//b/./../c"),
    ]
}

/// Asks a server with hostile texts and says how it took them.
public enum HostileCalls {
    /// - Parameter targets: complete targets, each with what makes it hostile.
    /// - Parameter header: sent with each.
    /// - Returns: a line for each request that was not answered, or with a mistake of the server's. A server that is gone is complained of once.
    public static func complaints(port: Int, _ targets: [(what: String, target: String)], header: String = "") -> [String] {
        var found: [String] = []
        var wire: Wire?
        for (what, target) in targets {
            var answer: WireAnswer?
            // A refusal may close the connection, so there is a second attempt on a fresh one.
            for _ in 0..<2 where answer == nil {
                let current = wire ?? Wire(port: port)
                wire = current
                guard let current else { return found + ["\(what): nobody listens any more"] }
                current.send("GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(header)\r\n")
                answer = current.answer()
                if answer?.isLast ?? true { wire = nil }
            }
            if let answer, answer.status < 500 { continue }
            found.append("\(what): \(answer.map { String($0.status) } ?? "no answer")")
        }
        return found
    }
}
