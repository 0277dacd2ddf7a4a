public import Domain
import Postgres

/// The groups of the register: listed, found by name, created, stored from folders.
public enum Groups {
    /// Groups with their seats, by kind and by name in Danish order; two statements, however many there are.
    ///
    /// - Parameter kind: only groups of this kind, where it is given; so with the other parameters.
    /// - Parameter organisation: only groups in which it has a seat today.
    public static func list(
        _ kind: GroupKind? = nil, of product: Identifier<Product>? = nil, with organisation: Identifier<Organisation>? = nil, in work: Work
    ) async throws -> [GroupRecord] {
        try await records(
            """
            (\(kind?.rawValue)::text IS NULL OR g.kind = \(kind?.rawValue))
                AND (\(product?.value)::bigint IS NULL OR g.product_id = \(product?.value))
                AND (\(organisation?.value)::bigint IS NULL OR EXISTS (
                    SELECT FROM seat AS own WHERE own.group_id = g.id AND own.organisation_id = \(organisation?.value) AND NOT own.voided
                        AND own.during * g.during @> \(work.today.stored)))
            """, in: work)
    }

    /// The group of a name, in capitals or not.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`.
    public static func find(_ name: String, in work: Work) async throws -> GroupRecord {
        guard let found = try await records("lower(g.name) = lower(\(name))", in: work).first else { throw Refusal(.unknownGroup, name) }
        return found
    }

    private static func records(_ condition: SQL, in work: Work) async throws -> [GroupRecord] {
        let rows = try await work.transaction.query(
            """
            SELECT \(GroupRow.columns) FROM \(GroupRow.table) WHERE \(condition)
            ORDER BY array_position(\(GroupKind.allCases.map(\.rawValue)), g.kind), g.name COLLATE "da-x-icu", g.id
            """, as: GroupRow.self)
        let seats = Dictionary(grouping: try await Seats.list(of: rows.map(\.id), in: work), by: \.group)
        return rows.map { $0.record(seats: seats[$0.id] ?? []) }
    }

    /// The group of a name, which nobody else changes the seats of until the transaction ends: concurrent exclusion checks would deadlock otherwise.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_GROUP`.
    static func locked(_ name: String, in work: Work) async throws -> GroupRecord {
        _ = try await work.transaction.first(
            "SELECT id FROM governance_group WHERE lower(name) = lower(\(name)) FOR UPDATE", as: Int64.self)
        return try await find(name, in: work)
    }

    /// A new group.
    ///
    /// - Throws: ``Refusal`` by `GROUP_NAME_TAKEN`, `GROUP_KIND_TAKEN` for a second board or general assembly, `GROUP_PRODUCT_UNFIT` where a kind of
    ///   group has a product that has none or the other way round, `UNKNOWN_PRODUCT`, `UNKNOWN_DECISION`, `END_BEFORE_START`.
    public static func create(_ draft: GroupDraft, in work: Work) async throws -> GroupRecord {
        var (product, decision): (Identifier<Product>?, Identifier<Decision>?)
        if let name = draft.product { product = try await Products.find(name.value, in: work).id }
        if let reference = draft.decision { decision = try await Decisions.find(reference.value, in: work) }
        let known = try await work.transaction.first(
            "SELECT name FROM governance_group WHERE lower(name) = lower(\(draft.name))", as: String.self)
        if let known { throw Refusal(.groupNameTaken, known) }
        _ = try await store(draft, of: product, decision: decision, in: work)
        return try await find(draft.name, in: work)
    }

    /// Registers a group, or brings the one of this name up to date. What is blank in the draft is unknown to it and stays.
    ///
    /// - Throws: ``Refusal`` as ``create(_:in:)``; ``ImportProblem`` by `NAME_MISMATCH` where the group of this name is of another kind or product.
    static func store(
        _ draft: GroupDraft, of product: Identifier<Product>?, decision: Identifier<Decision>?, in work: Work
    ) async throws -> StoreOutcome {
        let (kind, limit) = (draft.kind.value, draft.seatLimit.map(Int32.init))
        guard let known = try await records("lower(g.name) = lower(\(draft.name))", in: work).first else {
            try await work.transaction.execute(
                """
                INSERT INTO governance_group (name, kind, product_id, during, seat_limit, decision_id)
                VALUES (\(draft.name), \(kind.rawValue), \(product?.value), \(try life(draft.commissionedOn, draft.closedOn)), \(limit),
                    \(decision?.value))
                """)
            return .added
        }
        if known.kind != kind {
            throw ImportProblem(at: draft.kind.location, Refusal(.nameMismatch, known.name, known.kind.rawValue, kind.rawValue))
        }
        if let cell = draft.product, let own = known.product, own != product {
            throw ImportProblem(at: cell.location, Refusal(.nameMismatch, known.name, known.productName ?? "", cell.value))
        }
        let life = try life(draft.commissionedOn ?? known.commissionedOn, draft.closedOn ?? known.closedOn)
        let updated = try await work.transaction.execute(
            """
            UPDATE governance_group SET name = \(draft.name), product_id = coalesce(\(product?.value), product_id), during = \(life),
                seat_limit = coalesce(\(limit), seat_limit), decision_id = coalesce(\(decision?.value), decision_id)
            WHERE id = \(known.id.value) AND (name, product_id, during, seat_limit, decision_id) IS DISTINCT FROM
                (\(draft.name), coalesce(\(product?.value), product_id), \(life), coalesce(\(limit), seat_limit),
                    coalesce(\(decision?.value), decision_id))
            """)
        return updated > 0 ? .changed : .unchanged
    }

    /// Either end may be unknown.
    private static func life(_ first: CivilDate?, _ last: CivilDate?) throws(Refusal) -> PostgresDateRange {
        if let first, let last, last < first { throw Refusal(.endBeforeStart, last.description, first.description) }
        return PostgresDateRange(lower: first?.stored, upper: last.map { PostgresDate(daysSince2000: $0.daysSince2000 + 1) })
    }
}

struct GroupRow: RowDecodable, Sendable {
    let id: Identifier<Group>
    private let name: String
    private let kind: GroupKind
    private let product: Identifier<Product>?
    private let productName: String?
    private let commissionedOn: CivilDate?
    private let closedOn: CivilDate?
    private let seatLimit: Int?
    private let decision: String?
    private let decidedBy: DecisionMaker?

    static var table: SQL {
        "governance_group AS g LEFT JOIN product AS p ON p.id = g.product_id LEFT JOIN decision AS d ON d.id = g.decision_id"
    }

    static var columns: SQL {
        "g.id, g.name, g.kind, p.id, p.name, lower(g.during), upper(g.during) - 1, g.seat_limit, d.reference, d.decided_by"
    }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        name = try row.next()
        kind = try row.word()
        product = try row.next(Int64?.self).map { Identifier($0) }
        productName = try row.next()
        commissionedOn = try row.optionalDate()
        closedOn = try row.optionalDate()
        seatLimit = try row.next(Int32?.self).map(Int.init)
        decision = try row.next()
        decidedBy = try row.optionalWord()
    }

    func record(seats: [Seat]) -> GroupRecord {
        GroupRecord(
            id: id, name: name, kind: kind, product: product, productName: productName, commissionedOn: commissionedOn, closedOn: closedOn,
            seatLimit: seatLimit, decision: decision, decidedBy: decidedBy, seats: seats)
    }
}
