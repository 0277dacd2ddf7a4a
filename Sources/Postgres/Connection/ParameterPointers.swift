extension SQL {
    /// PostgreSQL counts parameters in 16 bits.
    static let mostParameters = 65_535

    /// Throws when a parameter was refused or there are too many: nothing of such a statement is sent.
    func checkSendable() throws(PostgresError) {
        if let refusal = parameters.buffer.refusal { throw .encoding(refusal) }
        guard parameters.count <= Self.mostParameters else {
            throw .encoding(EncodingFailure("\(parameters.count) parameters, more than \(Self.mostParameters)"))
        }
        guard !text.utf8.contains(0) else { throw .encoding(EncodingFailure("the statement contains a NUL character")) }
    }

    var key: StatementCache.Key { StatementCache.Key(text: text, types: parameters.types) }
}

/// The parallel arrays in which libpq takes parameters; valid within ``SQL/Parameters/withPointers(_:)``.
struct ParameterPointers {
    var count: Int32
    var values: UnsafePointer<UnsafePointer<CChar>?>?
    var lengths: UnsafePointer<Int32>?
    /// All 1: binary.
    var formats: UnsafePointer<Int32>?
}

extension SQL.Parameters {
    /// Lends the parameters in libpq's form. At most ``SQL/mostParameters``, which `checkSendable` has seen to.
    func withPointers<Answer>(_ body: (ParameterPointers) -> Answer) -> Answer {
        guard count > 0 else { return body(ParameterPointers(count: 0)) }
        return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { numbers in
                buffer.bytes.withUnsafeBytes { bytes in
                    var offset = 0
                    for (index, length) in lengths.enumerated() {
                        var value: UnsafePointer<CChar>?
                        if let length {
                            // An empty value must not look like NULL; its address is never read, so any does.
                            let address = bytes.baseAddress.map { $0 + offset } ?? UnsafeRawPointer(values.baseAddress)
                            value = address?.assumingMemoryBound(to: CChar.self)
                            offset += Int(length)
                        }
                        values.initializeElement(at: index, to: value)
                        numbers.initializeElement(at: index, to: length ?? 0)
                        numbers.initializeElement(at: count + index, to: 1)
                    }
                    return body(
                        ParameterPointers(
                            count: Int32(count), values: UnsafePointer(values.baseAddress), lengths: UnsafePointer(numbers.baseAddress),
                            formats: numbers.baseAddress.map { UnsafePointer($0 + count) }))
                }
            }
        }
    }
}
