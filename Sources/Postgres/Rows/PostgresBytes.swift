/// The binary form of one value, read from front to back. Every read is checked: data that is too short throws.
///
/// Not copyable, because it looks into memory that belongs to the result it came from and must not outlive it.
public struct PostgresBytes: ~Copyable {
    private let all: UnsafeRawBufferPointer
    private var position = 0
    /// The value's type; ``PostgresType/unspecified`` in a COPY stream, which names none.
    public let type: PostgresType

    /// `bytes` must stay valid for as long as this value lives.
    init(_ bytes: UnsafeRawBufferPointer, type: PostgresType) {
        all = bytes
        self.type = type
    }

    /// Bytes not yet read.
    public var remaining: Int { all.count - position }

    /// Reads an integer in network byte order.
    public mutating func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self) throws(DecodingFailure) -> Integer {
        let size = MemoryLayout<Integer>.size
        guard size <= remaining else { throw DecodingFailure(expected: "\(size) bytes", found: "\(remaining) bytes") }
        defer { position += size }
        return Integer(bigEndian: all.loadUnaligned(fromByteOffset: position, as: Integer.self))
    }

    /// Reads `count` bytes; nil means all that remain.
    public mutating func bytes(_ count: Int? = nil) throws(DecodingFailure) -> [UInt8] {
        [UInt8](try take(count ?? remaining))
    }

    /// Reads all that remain as UTF-8 text. Text that is not UTF-8 is refused, not repaired.
    public mutating func text() throws(DecodingFailure) -> String {
        let bytes = try take(remaining)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw DecodingFailure(expected: "UTF-8 text", found: "\(bytes.count) bytes that are not")
        }
        return text
    }

    /// Reads a value that is preceded by its length as Int32, -1 for NULL: an array element, a range bound, a COPY field.
    mutating func sized<Value: PostgresDecodable>(_: Value.Type, type: PostgresType) throws(DecodingFailure) -> Value {
        guard let bytes = try sizedBytes() else {
            guard let value = Value.readingNull else { throw DecodingFailure(expected: "\(Value.self)", found: "NULL") }
            return value
        }
        return try Value(wholly: bytes, type: type)
    }

    /// The bytes of a value preceded by its length; nil for NULL.
    mutating func sizedBytes() throws(DecodingFailure) -> UnsafeRawBufferPointer? {
        let length = try integer(as: Int32.self)
        if length == -1 { return nil }
        return try take(Int(length))
    }

    private mutating func take(_ count: Int) throws(DecodingFailure) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else { throw DecodingFailure(expected: "\(count) bytes", found: "\(remaining) bytes") }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: all[position..<position + count])
    }
}

extension PostgresDecodable {
    /// Reads a value that must use up all of `bytes`.
    init(wholly bytes: UnsafeRawBufferPointer, type: PostgresType) throws(DecodingFailure) {
        var reader = PostgresBytes(bytes, type: type)
        self = try Self(from: &reader)
        guard reader.remaining == 0 else {
            throw DecodingFailure(expected: "\(Self.self) in \(bytes.count - reader.remaining) bytes", found: "\(bytes.count) bytes")
        }
    }
}
