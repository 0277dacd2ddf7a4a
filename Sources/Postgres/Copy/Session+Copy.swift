internal import CLibPQ

extension Session {
    /// Runs a COPY … FROM STDIN. What `write` throws is the failure of the result; the COPY is then aborted and has written nothing.
    mutating func copyIn(_ sql: SQL, _ write: (inout CopyWriter) throws -> Void) throws(PostgresError) -> Result<Int, any Error> {
        let columnCount = try startCopy(sql, status: PGRES_COPY_IN)
        let connection = try connected()
        var writer = CopyWriter(connection: connection, interruption: interruption, columnCount: columnCount)
        do {
            try write(&writer)
            try writer.finish()
        } catch {
            let abort = PQputCopyEnd(connection, "the writer gave up")
            do throws(PostgresError) {
                let result = try finishCopy()
                // Aborted, yet the server reports success: what was written cannot be known.
                if abort == 1 { close() }
                _ = result.affectedRows
            } catch let answer {
                // When libpq or the server broke the COPY off, the answer says why and the writer's error is only a consequence.
                if writer.isBroken || !isOpen { throw answer }
            }
            return .failure(error)
        }
        _ = PQputCopyEnd(connection, nil)
        return .success(try finishCopy().affectedRows)
    }

    /// Runs a COPY … TO STDOUT. What `body` throws is the failure of the result; the rest of the data is then read and dropped.
    mutating func copyOut<R: RowDecodable>(
        _ sql: SQL, as _: R.Type, _ body: (R) throws -> Void
    ) throws(PostgresError) -> Result<Int, any Error> {
        _ = try startCopy(sql, status: PGRES_COPY_OUT)
        let connection = try connected()
        var stream = CopyStream()
        var failure: (any Error)?
        while true {
            var address: UnsafeMutablePointer<CChar>?
            let count = PQgetCopyData(connection, &address, 0)
            // -1: all read; -2: failed. The statement's result tells them apart.
            guard count > 0, let address else { break }
            let data = CopyDataHandle(address, count: Int(count))
            if failure != nil { continue }
            do {
                try stream.take(data.bytes) { row in try body(try Self.decode(R.self, from: &row)) }
            } catch {
                failure = error
            }
        }
        let result = try finishCopy()
        if let failure { return .failure(failure) }
        guard stream.isComplete, stream.rows == result.affectedRows else {
            throw .unexpectedResult("the COPY stream ended after \(stream.rows) rows of \(result.affectedRows)")
        }
        return .success(stream.rows)
    }

    private static func decode<R: RowDecodable>(_: R.Type, from row: inout Row) throws(PostgresError) -> R {
        do throws(DecodingFailure) {
            return try R(wholeOf: &row)
        } catch {
            throw .decoding(error)
        }
    }
}
