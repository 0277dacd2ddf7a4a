public import Domain
public import Postgres

/// Looks for organisations, people, products and groups by name or number, forgiving what ``FoldedText`` forgives.
public enum Search {
    /// The best hits first, at most as many as asked for; one statement, whatever is asked.
    ///
    /// A number that is one's own exactly, or the whole name, scores 1000; see ``FoldedText``. Names are few hundred to few thousand, so they are
    /// compared one by one; the conditions of the caller come first.
    ///
    /// - Parameter kind: only this kind, where it is given. A token finds only what is of the parts it opens.
    /// - Parameter limit: 1…200; others are rounded to those.
    public static func hits(
        _ text: String, kind: SearchKind? = nil, limit: Int = 50, for caller: Caller, in work: Work
    ) async throws -> [SearchHit] {
        let day = work.today
        return try await work.transaction.query(
            """
            WITH asked AS (SELECT \(FoldedText.folded("\(text)::text")) AS text, \(text)::text AS number),
            named AS (
                SELECT 'organisation' AS kind, o.id, o.name AS title,
                    CASE WHEN a.number IN (o.cvr, o.municipality_code) OR EXISTS (SELECT FROM organisation_gln AS g
                            WHERE g.organisation_id = o.id AND g.gln = a.number AND \(caller.sees("o.id")))
                        THEN 1000 ELSE \(FoldedText.score("a.text", of: "o.name")) END AS score
                FROM organisation AS o CROSS JOIN asked AS a WHERE \(asked(kind, .organisation, caller, .organisations)) AND \(caller.seesOrganisation("o", on: day))
                UNION ALL
                SELECT 'person', p.id, p.name, greatest(\(FoldedText.score("a.text", of: "p.name")), \(FoldedText.score("a.text", of: "p.email")))
                FROM person AS p CROSS JOIN asked AS a WHERE \(asked(kind, .person, caller, .people)) AND \(caller.seesPerson("p.id", on: day))
                UNION ALL
                SELECT 'product', t.id, t.name, CASE WHEN t.account = a.number THEN 1000 ELSE \(FoldedText.score("a.text", of: "t.name")) END
                FROM product AS t CROSS JOIN asked AS a WHERE \(asked(kind, .product, caller, .products))
                UNION ALL
                SELECT 'group', g.id, g.name, \(FoldedText.score("a.text", of: "g.name"))
                FROM governance_group AS g CROSS JOIN asked AS a WHERE \(asked(kind, .group, caller, .governance)) AND \(caller.seesGroup("g.id", on: day))
            )
            SELECT \(SearchHit.columns) FROM named AS n WHERE n.score >= 1000 * \(FoldedText.threshold)
            ORDER BY n.score DESC, n.title COLLATE "da-x-icu", n.kind, n.id LIMIT \(Int64(min(max(limit, 1), 200)))
            """, as: SearchHit.self)
    }

    private static func asked(_ kind: SearchKind?, _ own: SearchKind, _ caller: Caller, _ scope: AccessScope) -> SQL {
        "\((kind == nil || kind == own) && caller.scopes.contains(scope))"
    }
}

extension SearchHit: RowDecodable {
    public static var columns: SQL { "n.kind, n.id, n.title, n.score" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(kind: try row.word(), id: try row.next(), title: try row.next(), score: Int(try row.next(Int32.self)))
    }
}
