/// A statement of a pipeline and how its result is read.
public struct PipelinedStatement<Output: Sendable>: Sendable {
    let sql: SQL
    let read: @Sendable (borrowing ResultHandle) throws(PostgresError) -> Output
}

extension PipelinedStatement {
    /// Answers how many rows the statement affected.
    public static func execute(_ sql: SQL) -> PipelinedStatement where Output == Int {
        PipelinedStatement(sql: sql) { result throws(PostgresError) in result.affectedRows }
    }

    /// Answers all rows.
    public static func query<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) -> PipelinedStatement where Output == [R] {
        PipelinedStatement(sql: sql) { result throws(PostgresError) in try result.rows(as: type) }
    }

    /// Answers the only row, nil when there is none; two are an error.
    public static func first<R: RowDecodable & Sendable>(_ sql: SQL, as type: R.Type = R.self) -> PipelinedStatement where Output == R? {
        PipelinedStatement(sql: sql) { result throws(PostgresError) in try result.first(as: type) }
    }

    /// Answers the only row; none or two are an error.
    public static func only(_ sql: SQL, as type: Output.Type = Output.self) -> PipelinedStatement where Output: RowDecodable {
        PipelinedStatement(sql: sql) { result throws(PostgresError) in try result.only(as: type) }
    }
}
