public import Domain
import Postgres

/// What products and projects are called.
public enum SubjectNames {
    public static func load(in work: Work) async throws -> [Subject: String] {
        let rows = try await work.transaction.query(
            "SELECT 'product:' || id, name FROM product UNION ALL SELECT 'project:' || id, name FROM project", as: NameRow.self)
        return Dictionary(rows.map { ($0.subject, $0.name) }) { first, _ in first }
    }

    /// The host's accounts: each product's, those of projects by their product, and the association's own.
    static func accounts(_ settings: Settings, in work: Work) async throws -> [Subject: String] {
        let rows = try await work.transaction.query(
            """
            SELECT 'product:' || id, account FROM product WHERE account IS NOT NULL
            UNION ALL SELECT 'project:' || g.id, p.account FROM project AS g JOIN product AS p ON p.id = g.product_id WHERE p.account IS NOT NULL
            """, as: NameRow.self)
        var accounts = Dictionary(rows.map { ($0.subject, $0.name) }) { first, _ in first }
        accounts[.association] = settings.newest(.associationAccount)
        return accounts
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
