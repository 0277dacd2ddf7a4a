internal import CLibPQ

extension ServerError {
    /// Reads the fields of an error result; nil when it did not come from the server but from libpq itself.
    init?(_ result: borrowing ResultHandle) {
        let pointer = result.pointer
        let field = { (code: Int32) in PQresultErrorField(pointer, code).map { String(cString: $0) } }
        guard let sqlState = field(ErrorField.sqlState) else { return nil }
        self.init(
            severity: field(ErrorField.severity) ?? "ERROR", sqlState: sqlState, message: field(ErrorField.message) ?? "",
            detail: field(ErrorField.detail), hint: field(ErrorField.hint), constraint: field(ErrorField.constraint),
            table: field(ErrorField.table), column: field(ErrorField.column), schema: field(ErrorField.schema),
            position: field(ErrorField.position).flatMap { Int($0) })
        routine = field(ErrorField.routine)
    }
}

extension ResultHandle {
    /// How many rows the statement inserted, updated, deleted, selected or copied; 0 for those that count none.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// What the server did, in its words: `COMMIT`, `INSERT 0 1` …
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    /// Whether the statement opened a transaction that does not end by itself.
    var beginsTransaction: Bool {
        guard PQresultStatus(pointer) == PGRES_COMMAND_OK else { return false }
        return ["BEGIN", "START TRANSACTION"].contains(commandTag)
    }

    /// All rows.
    func rows<R: RowDecodable>(as _: R.Type) throws(PostgresError) -> [R] {
        guard PQresultStatus(pointer) == PGRES_TUPLES_OK else { throw .unexpectedResult("the statement returns no rows") }
        let count = PQntuples(pointer)
        var rows: [R] = []
        rows.reserveCapacity(Int(count))
        for index in 0..<count {
            var row = Row(result: pointer, row: index)
            do throws(DecodingFailure) {
                rows.append(try R(wholeOf: &row))
            } catch {
                throw .decoding(error)
            }
        }
        return rows
    }

    /// The only row, or nil when there is none. Two rows are an error.
    func first<R: RowDecodable>(as _: R.Type) throws(PostgresError) -> R? {
        let count = PQntuples(pointer)
        guard count <= 1 else { throw .rowCount(expected: "at most one row", found: Int(count)) }
        return try rows(as: R.self).first
    }

    /// The only row. None or two are an error.
    func only<R: RowDecodable>(as _: R.Type) throws(PostgresError) -> R {
        let rows = try rows(as: R.self)
        guard let only = rows.first, rows.count == 1 else { throw .rowCount(expected: "exactly one row", found: rows.count) }
        return only
    }
}
