/// Collects the binary forms of values: the parameters of a statement or the fields of COPY rows.
///
/// A value that has no form on the wire is refused here and reported when the statement is executed, since a string interpolation
/// cannot throw.
public struct ParameterBuffer: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var refusal: EncodingFailure?
    private var isNull = false

    init() {}

    var count: Int { bytes.count }

    /// Appends an integer in network byte order.
    public mutating func append<Integer: FixedWidthInteger>(_ integer: Integer) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    public mutating func append(bytes more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Appends text as UTF-8. A NUL character is refused: PostgreSQL's text cannot hold it.
    public mutating func append(text: String) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        if bytes[start...].contains(0) { refuse("text contains a NUL character") }
    }

    /// Makes the value NULL. Nothing else may be appended for it.
    public mutating func appendNull() { isNull = true }

    /// Declares the value impossible to send. The reason must not quote it; the first reason is the one reported.
    public mutating func refuse(_ reason: String) {
        if refusal == nil { refusal = EncodingFailure(reason) }
    }

    /// Appends `value` preceded by its length as Int32, -1 for NULL. Answers true for NULL.
    @discardableResult
    mutating func appendSized<Value: PostgresEncodable>(_ value: Value) -> Bool {
        let start = bytes.count
        append(0 as Int32)
        guard let length = appendValue(value) else {
            overwrite(-1 as Int32, at: start)
            return true
        }
        overwrite(length, at: start)
        return false
    }

    /// Appends `value` and answers its length in bytes, nil for NULL.
    mutating func appendValue<Value: PostgresEncodable>(_ value: Value) -> Int32? {
        let start = bytes.count
        let outer = isNull
        isNull = false
        defer { isNull = outer }
        value.encode(into: &self)
        if isNull {
            // Whatever was appended before NULL was declared would shift all that follows.
            if bytes.count > start { bytes.removeSubrange(start...) }
            return nil
        }
        guard let length = Int32(exactly: bytes.count - start) else {
            refuse("value of \(bytes.count - start) bytes, more than PostgreSQL takes")
            return 0
        }
        return length
    }

    /// Overwrites an integer that was appended earlier. An offset that does not lie within the bytes changes nothing.
    mutating func overwrite<Integer: FixedWidthInteger>(_ integer: Integer, at offset: Int) {
        guard offset >= 0, offset <= bytes.count - MemoryLayout<Integer>.size else { return }
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: integer.bigEndian, toByteOffset: offset, as: Integer.self) }
    }

    /// Appends all of another buffer, refusal included.
    mutating func append(_ other: ParameterBuffer) {
        bytes.append(contentsOf: other.bytes)
        if refusal == nil { refusal = other.refusal }
    }

    mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
