public import Domain
public import Postgres

// Decisions as they are served: those behind prices, and those behind what the caller may see.

extension Decisions {
    /// By number.
    public static func page(_ request: PageRequest, for caller: Caller, in work: Work) async throws -> Page<DecisionRecord> {
        try await Listing(table: "decision AS d", key: "d.id").page(request, where: caller.seesDecision("d.id", on: work.today), in: work)
    }

    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<Decision>, for caller: Caller, in work: Work) async throws -> DecisionRecord {
        let found = try await work.transaction.first(
            """
            SELECT \(DecisionRecord.columns) FROM decision AS d WHERE d.id = \(id.value) AND \(caller.seesDecision("d.id", on: work.today))
            """, as: DecisionRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }
}

extension DecisionRecord: RowDecodable {
    public static var columns: SQL { "d.id, d.reference, d.decided_by, d.decided_on, d.title" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), reference: try row.next(), decidedBy: try row.word(), decidedOn: try row.date(), title: try row.next()
        )
    }
}
