public import Domain
public import Postgres

extension AccessLog {
    /// Removes reads that are older than the setting `access-retention` says (a year where it says nothing), for good. The database decides which those are, by its own
    /// clock and on its own: nothing younger can be removed by anybody. Who did it, when, and how many there were is in the audit log.
    public static func forget(in work: Work) async throws -> ForgottenReads {
        try await work.transaction.only("SELECT \(ForgottenReads.columns) FROM forget_accesses() AS f", as: ForgottenReads.self)
    }
}

extension ForgottenReads: RowDecodable {
    public static var columns: SQL { "f.forgotten, f.kept_since" }

    public init(row: inout Row) throws(DecodingFailure) { self.init(count: try row.next(), keptSince: try row.date()) }
}
