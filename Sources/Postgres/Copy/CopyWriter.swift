internal import CLibPQ

/// Writes the rows of a binary COPY … FROM STDIN, in slices of at most 64 KiB.
///
/// Each field must have exactly its column's type (an `Int64` for an `int8` column): in COPY the server casts nothing. A value of another
/// length is refused by the server; one of equal length but another meaning cannot be noticed.
public struct CopyWriter: ~Copyable {
    private let connection: OpaquePointer
    private let interruption: Interruption
    private let columnCount: Int16
    private var fields = CopyFields()
    /// Set when libpq takes no more; the server's answer will say why.
    private(set) var isBroken = false

    private static let sliceSize = 65_536
    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    /// Thrown through the caller's closure to end it once writing has become pointless; never seen outside the module.
    struct Broken: Error {}

    /// `connection` must be in a binary COPY IN for as long as this value lives.
    init(connection: OpaquePointer, interruption: Interruption, columnCount: Int16) {
        self.connection = connection
        self.interruption = interruption
        self.columnCount = columnCount
        fields.buffer.reserve(2 * Self.sliceSize)
        fields.buffer.append(bytes: Self.signature)
        fields.buffer.append(0 as Int32)
        fields.buffer.append(0 as Int32)
    }

    /// Writes one row: `fill` writes each column's value in order.
    ///
    /// Throws what `fill` throws, and ``PostgresError`` when the number of fields is not the COPY's or a value cannot be sent.
    public mutating func row(_ fill: (inout CopyFields) throws -> Void) throws {
        begin()
        try fill(&fields)
        try end()
    }

    /// Writes one row of these values.
    public mutating func row<each Value: PostgresEncodable>(_ value: repeat each Value) throws {
        begin()
        repeat fields.write(each value)
        try end()
    }

    private mutating func begin() {
        fields.count = 0
        fields.buffer.append(columnCount)
    }

    private mutating func end() throws {
        if let refusal = fields.buffer.refusal { throw PostgresError.encoding(refusal) }
        guard fields.count == Int(columnCount) else {
            throw PostgresError.encoding(EncodingFailure("\(fields.count) fields for the \(columnCount) columns of the COPY"))
        }
        if fields.buffer.count >= Self.sliceSize { try flush() }
    }

    /// Writes what ends the data.
    mutating func finish() throws {
        fields.buffer.append(-1 as Int16)
        try flush()
    }

    private mutating func flush() throws {
        fields.buffer.bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty, !isBroken {
                let slice = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.sliceSize))
                isBroken = PQputCopyData(connection, slice.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(slice.count)) != 1
                rest = rest.dropFirst(slice.count)
            }
        }
        fields.buffer.removeAll()
        // The server, told to stop, takes in whatever is sent and throws it away.
        if interruption.isInterrupted { isBroken = true }
        if isBroken { throw Broken() }
    }
}

/// The fields of one COPY row while it is being written.
public struct CopyFields: ~Copyable {
    var buffer = ParameterBuffer()
    var count = 0

    /// Writes the next column's value.
    public mutating func write<Value: PostgresEncodable>(_ value: Value) {
        count += 1
        buffer.appendSized(value)
    }
}
