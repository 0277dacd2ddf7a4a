internal import CLibPQ

/// One row while it is being read: columns come in the order the statement selects them, each exactly once.
///
/// Not copyable, because it looks into the result's memory: what is to outlive it is read out of it.
public struct Row: ~Copyable {
    private var source: Source
    private var position: Int32 = 0
    private let columnCount: Int32

    private enum Source {
        /// A row of a PGresult that outlives this value.
        case result(OpaquePointer?, row: Int32)
        /// The fields of one binary COPY row that lie in memory outliving this value, those already read removed.
        case copy(UnsafeRawBufferPointer)
    }

    /// `result` must stay alive, and have `row`, for as long as this value lives.
    init(result: OpaquePointer?, row: Int32) {
        source = .result(result, row: row)
        columnCount = PQnfields(result)
    }

    /// `fields` must stay alive for as long as this value lives.
    init(copyFields fields: UnsafeRawBufferPointer, count: Int16) {
        source = .copy(fields)
        columnCount = Int32(count)
    }

    /// Reads the next column. `T` may be optional; then NULL reads as nil.
    ///
    /// Throws when there is no further column, when the column has another type, when it is NULL and `T` is not optional, and when its
    /// bytes are not exactly one `T`.
    public mutating func next<T: PostgresDecodable>(_: T.Type = T.self) throws(DecodingFailure) -> T { try read() }

    private mutating func read<T: PostgresDecodable>() throws(DecodingFailure) -> T {
        // Read or refused, the column is done with.
        defer { if position < columnCount { position += 1 } }
        do throws(DecodingFailure) {
            return try decode(T.self)
        } catch {
            throw located(error)
        }
    }

    private mutating func decode<T: PostgresDecodable>(_: T.Type) throws(DecodingFailure) -> T {
        guard position < columnCount else {
            throw DecodingFailure(expected: "\(T.self)", found: "only \(columnCount) columns")
        }
        let field: UnsafeRawBufferPointer?
        let type: PostgresType
        switch source {
        case .result(let result, let row):
            type = PostgresType(rawValue: PQftype(result, position))
            field =
                PQgetisnull(result, row, position) == 1
                ? nil
                : UnsafeRawBufferPointer(start: PQgetvalue(result, row, position), count: Int(PQgetlength(result, row, position)))
            guard T.accepts(type) else {
                throw DecodingFailure(expected: "\(T.self) (\(T.expectation))", found: "\(type)")
            }
        case .copy(let rest):
            type = .unspecified
            var bytes = PostgresBytes(rest, type: type)
            field = try bytes.sizedBytes()
            source = .copy(UnsafeRawBufferPointer(rebasing: rest[(rest.count - bytes.remaining)...]))
        }
        guard let field else {
            guard let null = T.readingNull else { throw DecodingFailure(expected: "\(T.self)", found: "NULL") }
            return null
        }
        return try T(wholly: field, type: type)
    }

    // What nearly every row holds. Other modules cannot look into this one, so a generic call from there is carried out by looking everything about the type
    // up; these are compiled for theirs.

    public mutating func next(_: Int64.Type = Int64.self) throws(DecodingFailure) -> Int64 { try read() }
    public mutating func next(_: Int64?.Type = Int64?.self) throws(DecodingFailure) -> Int64? { try read() }
    public mutating func next(_: Int32.Type = Int32.self) throws(DecodingFailure) -> Int32 { try read() }
    public mutating func next(_: Int32?.Type = Int32?.self) throws(DecodingFailure) -> Int32? { try read() }
    public mutating func next(_: String.Type = String.self) throws(DecodingFailure) -> String { try read() }
    public mutating func next(_: String?.Type = String?.self) throws(DecodingFailure) -> String? { try read() }
    public mutating func next(_: Bool.Type = Bool.self) throws(DecodingFailure) -> Bool { try read() }
    public mutating func next(_: [Int64].Type = [Int64].self) throws(DecodingFailure) -> [Int64] { try read() }
    public mutating func next(_: [String].Type = [String].self) throws(DecodingFailure) -> [String] { try read() }
    public mutating func next(_: [Int32].Type = [Int32].self) throws(DecodingFailure) -> [Int32] { try read() }
    public mutating func next(_: [String?].Type = [String?].self) throws(DecodingFailure) -> [String?] { try read() }
    public mutating func next(_: [PostgresDate].Type = [PostgresDate].self) throws(DecodingFailure) -> [PostgresDate] { try read() }
    public mutating func next(_: [PostgresDateRange].Type = [PostgresDateRange].self) throws(DecodingFailure) -> [PostgresDateRange] {
        try read()
    }
    public mutating func next(_: PostgresDate.Type = PostgresDate.self) throws(DecodingFailure) -> PostgresDate { try read() }
    public mutating func next(_: PostgresDate?.Type = PostgresDate?.self) throws(DecodingFailure) -> PostgresDate? { try read() }
    public mutating func next(_: PostgresDateRange.Type = PostgresDateRange.self) throws(DecodingFailure) -> PostgresDateRange {
        try read()
    }

    /// Throws when columns are left over.
    func finish() throws(DecodingFailure) {
        guard position == columnCount else {
            throw located(DecodingFailure(expected: "\(position) columns", found: "\(columnCount)"))
        }
    }

    private func located(_ failure: DecodingFailure) -> DecodingFailure {
        guard failure.column.isEmpty else { return failure }
        var located = failure
        located.column = "\(position + 1)"
        if case .result(let result, _) = source, let name = PQfname(result, position) {
            located.column = "\(String(cString: name)) (\(position + 1))"
        }
        return located
    }
}
