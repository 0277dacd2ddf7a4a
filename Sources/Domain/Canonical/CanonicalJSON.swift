/// Writes JSON bytes in one fixed form: no spaces, members in the order they are written, whole numbers only.
///
/// Stored derivations, the preview's hash and everything the program prints as JSON go through here, so equal content means equal bytes.
public struct CanonicalJSON: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    public init(reserving capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Forgets what was written and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        needsComma = false
    }

    /// Hands over what was written so far. What comes goes on behind it, comma and all, so that the pieces in a row are the whole.
    public mutating func takePiece() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    public mutating func object(_ members: (inout CanonicalJSON) throws -> Void) rethrows { try nested(0x7B, 0x7D, members) }

    public mutating func array(_ elements: (inout CanonicalJSON) throws -> Void) rethrows { try nested(0x5B, 0x5D, elements) }

    public mutating func name(_ name: StaticString) {
        separate()
        bytes.append(0x22)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(0x22)
        bytes.append(0x3A)
        needsComma = false
    }

    public mutating func string(_ value: String) {
        separate()
        bytes.append(0x22)
        var copy = value
        copy.withUTF8 { text in
            // Almost every text needs no escape, so it is looked over once and copied whole.
            if text.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
                bytes.append(contentsOf: text)
            } else {
                for byte in text { escape(byte) }
            }
        }
        bytes.append(0x22)
    }

    /// Writes elements of an array, or members of an object, that were written apart, one after the other and under nothing.
    public mutating func elements(_ written: CanonicalJSON) {
        if written.bytes.isEmpty { return }
        separate()
        bytes.append(contentsOf: written.bytes)
    }

    public mutating func integer(_ value: some BinaryInteger) {
        separate()
        var digits = String(value)
        digits.withUTF8 { bytes.append(contentsOf: $0) }
    }

    public mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

    public mutating func null() { literal("null") }

    private mutating func literal(_ text: StaticString) {
        separate()
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func separate() {
        if needsComma { bytes.append(0x2C) }
        needsComma = true
    }

    private mutating func nested(_ open: UInt8, _ close: UInt8, _ content: (inout CanonicalJSON) throws -> Void) rethrows {
        separate()
        bytes.append(open)
        needsComma = false
        try content(&self)
        bytes.append(close)
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C:
            bytes.append(0x5C)
            bytes.append(byte)
        case 0..<0x20:
            bytes.append(contentsOf: Array("\\u00".utf8))
            for half in [byte >> 4, byte & 15] { bytes.append(half < 10 ? 0x30 + half : 0x57 + half) }
        default: bytes.append(byte)
        }
    }
}

extension CanonicalJSON {
    public mutating func member(_ name: StaticString, _ value: String?) {
        self.name(name)
        if let value { string(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: (some BinaryInteger)?) {
        self.name(name)
        if let value { integer(value) } else { null() }
    }

    public mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        boolean(value)
    }

    public mutating func member(_ name: StaticString, _ value: CivilDate?) { member(name, value?.description) }

    public mutating func member(_ name: StaticString, _ value: Money) { member(name, value.minorUnits) }
}
