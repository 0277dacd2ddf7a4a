/// The path and query of a request as they were sent, looked over once: what is not the text of a URL goes no further.
struct RequestTarget: Sendable, Hashable {
    /// Begins with a slash.
    let path: Substring
    /// Empty where there is none.
    let query: Substring

    /// - Throws: ``RequestFault/targetTooLong``, ``RequestFault/malformedTarget``.
    init(_ text: String, longest: Int) throws(RequestFault) {
        guard text.utf8.count <= longest else { throw .targetTooLong }
        guard text.utf8.first == 0x2F else { throw .malformedTarget }
        guard text.utf8.allSatisfy(RequestTarget.mayStand) else { throw .malformedTarget }
        if let mark = text.utf8.firstIndex(of: 0x3F) {
            path = text[..<mark]
            query = text[text.utf8.index(after: mark)...]
        } else {
            path = text[...]
            query = ""
        }
        // What a path says in percent signs need not be understood, as no path here has any, but it must be sound.
        if path.utf8.contains(0x25), RequestTarget.decode(path) == nil { throw .malformedTarget }
    }

    /// As it was sent.
    var text: String { query.isEmpty ? String(path) : "\(path)?\(query)" }

    /// A path with an empty part, which no operation has, though the router would look past it.
    var hasEmptyPart: Bool { path.utf8.count > 1 && (path.utf8.last == 0x2F || path.contains("//")) }

    /// The name and value of each pair of the query, decoded. A plus is a space, as in forms.
    func pairs() throws(RequestFault) -> [(name: String, value: String)] {
        if query.isEmpty { return [] }
        var pairs: [(name: String, value: String)] = []
        for pair in query.split(separator: "&", omittingEmptySubsequences: false) {
            guard let equals = pair.utf8.firstIndex(of: 0x3D), let name = RequestTarget.decode(pair[..<equals], form: true),
                let value = RequestTarget.decode(pair[pair.utf8.index(after: equals)...], form: true)
            else { throw .malformedTarget }
            pairs.append((name, value))
        }
        return pairs
    }

    /// Nothing for a percent sign without two hexadecimal digits, for NUL, and for what is not UTF-8.
    static func decode(_ text: Substring, form: Bool = false) -> String? {
        guard text.utf8.contains(where: { $0 == 0x25 || (form && $0 == 0x2B) }) else { return String(text) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case 0x25:
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit), high | low != 0 else { return nil }
                bytes.append(high << 4 | low)
            case 0x2B where form: bytes.append(0x20)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// The characters of RFC 3986, without the number sign: a fragment is never sent.
    private static func mayStand(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x24...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: true
        default: false
        }
    }
}
