public import Domain
import Postgres

/// What products and projects are called.
public enum SubjectNames {
    public static func load(in work: Work) async throws -> [Subject: String] {
        let rows = try await work.transaction.query(
            "SELECT 'product:' || id, name FROM product UNION ALL SELECT 'project:' || id, name FROM project", as: NameRow.self)
        return Dictionary(rows.map { ($0.subject, $0.name) }) { first, _ in first }
    }
}

private struct NameRow: RowDecodable, Sendable {
    let subject: Subject
    let name: String

    static var columns: SQL { "subject, name" }

    init(row: inout Row) throws(DecodingFailure) {
        subject = try row.domain(try row.next(String.self)) { Subject($0) }
        name = try row.next()
    }
}
