/// Cuts the byte stream of a binary COPY … TO STDOUT into rows, wherever the stream happens to be divided. A pure value.
struct CopyStream {
    /// Bytes of a row, or of the header, whose end has not come yet.
    private var carried: [UInt8] = []
    private var stage = Stage.header
    private(set) var rows = 0

    private enum Stage { case header, rows, ended }

    private static let signature: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00]

    /// True when the stream's own end mark has been read and nothing came after it.
    var isComplete: Bool { stage == .ended && carried.isEmpty }

    /// Takes the next piece and hands each row that is complete to `row`.
    mutating func take(_ piece: UnsafeRawBufferPointer, row: (inout Row) throws -> Void) throws {
        if carried.isEmpty {
            let used = try consume(piece, row: row)
            carried.append(contentsOf: piece[used...])
        } else {
            var bytes = carried
            carried = []
            bytes.append(contentsOf: piece)
            let used = try bytes.withUnsafeBytes { try consume($0, row: row) }
            carried = Array(bytes[used...])
        }
    }

    /// Answers how many bytes were used up.
    private mutating func consume(_ bytes: UnsafeRawBufferPointer, row: (inout Row) throws -> Void) throws -> Int {
        var used = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[used...])
            switch stage {
            case .header:
                guard let length = try Self.headerLength(rest) else { return used }
                used += length
                stage = .rows
            case .rows:
                guard let extent = try Self.rowExtent(rest) else { return used }
                guard extent.fields >= 0 else {
                    stage = .ended
                    used += extent.length
                    continue
                }
                var next = Row(copyFields: UnsafeRawBufferPointer(rebasing: rest[2..<extent.length]), count: extent.fields)
                try row(&next)
                used += extent.length
                rows += 1
            case .ended:
                return used
            }
        }
    }

    /// The length of the header; nil when it is not all there yet.
    private static func headerLength(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> Int? {
        guard bytes.count >= signature.count + 8 else { return nil }
        let flags = bytes.bigEndian(Int32.self, at: signature.count)
        let extensionLength = Int(bytes.bigEndian(Int32.self, at: signature.count + 4))
        guard bytes.starts(with: signature), flags == 0, extensionLength >= 0 else {
            throw .unexpectedResult("the COPY stream does not begin with the header of the binary format")
        }
        let length = signature.count + 8 + extensionLength
        return bytes.count >= length ? length : nil
    }

    /// How long the row is and how many fields it has, -1 for the end mark; nil when it is not all there yet.
    private static func rowExtent(_ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> (length: Int, fields: Int16)? {
        guard bytes.count >= 2 else { return nil }
        let fields = bytes.bigEndian(Int16.self, at: 0)
        guard fields >= -1 else { throw .unexpectedResult("a row of the COPY stream has \(fields) fields") }
        var length = 2
        for _ in 0..<max(0, fields) {
            guard bytes.count - length >= 4 else { return nil }
            let size = Int(bytes.bigEndian(Int32.self, at: length))
            guard size >= -1 else { throw .unexpectedResult("a field of the COPY stream has \(size) bytes") }
            length += 4
            guard bytes.count - length >= max(0, size) else { return nil }
            length += max(0, size)
        }
        return (length, fields)
    }
}

extension UnsafeRawBufferPointer {
    /// The caller has checked that the integer lies within the bytes.
    fileprivate func bigEndian<Integer: FixedWidthInteger>(_: Integer.Type, at offset: Int) -> Integer {
        Integer(bigEndian: loadUnaligned(fromByteOffset: offset, as: Integer.self))
    }
}
