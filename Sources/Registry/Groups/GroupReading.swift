public import Domain
import Postgres

// Groups as they are served: those the caller's organisations have or had a seat in, with the seats of their own and whom to ask.

extension Groups {
    /// Groups as they are on a day; three statements, however many there are.
    ///
    /// - Parameter text: part of the name, or nearly. What fits best comes first.
    /// - Parameter kind: only groups of this kind, where it is given; so with the product.
    /// - Parameter organisation: only groups in which it has a seat on the day that the caller may see.
    public static func page(
        matching text: String? = nil, kind: GroupKind? = nil, of product: Identifier<Product>? = nil,
        with organisation: Identifier<Organisation>? = nil, on day: CivilDate? = nil, by order: ListOrder = .number, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<GroupEntry> {
        let day = day ?? work.today
        let likeness = FoldedText.likeness(to: text, of: ["g.name"])
        let listing = Listing(table: GroupRow.table, key: "g.id", order: order.column("g.name", after: likeness))
        let page: Page<GroupRow> = try await listing.page(
            request,
            where: """
                \(caller.seesGroup("g.id", on: work.today)) AND \(FoldedText.finds(text, in: "g.name"))
                AND (\(kind?.rawValue)::text IS NULL OR g.kind = \(kind?.rawValue))
                AND (\(product?.value)::bigint IS NULL OR g.product_id = \(product?.value))
                AND (\(organisation?.value)::bigint IS NULL OR EXISTS (
                    SELECT FROM seat AS held WHERE held.group_id = g.id AND held.organisation_id = \(organisation?.value) AND NOT held.voided
                        AND held.during * g.during @> \(day.stored) AND \(caller.seesSeat("held", on: work.today))))
                """, in: work)
        let facts = try await roster(of: page.elements.map(\.id), on: day, for: caller, in: work)
        return page.map { facts.entry($0) }
    }

    /// A group as it is on a day.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(
        _ id: Identifier<Group>, on day: CivilDate? = nil, for caller: Caller, in work: Work
    ) async throws -> GroupEntry {
        let found = try await work.transaction.first(
            "SELECT \(GroupRow.columns) FROM \(GroupRow.table) WHERE g.id = \(id.value) AND \(caller.seesGroup("g.id", on: work.today))",
            as: GroupRow.self)
        guard let found else { throw AccessRefusal.notFound }
        return try await roster(of: [id], on: day ?? work.today, for: caller, in: work).entry(found)
    }

    /// Makes sure that a group is one the caller may see.
    ///
    /// - Throws: ``AccessRefusal/notFound``.
    static func require(_ id: Identifier<Group>, for caller: Caller, in work: Work) async throws {
        let found = try await work.transaction.first(
            "SELECT g.id FROM governance_group AS g WHERE g.id = \(id.value) AND \(caller.seesGroup("g.id", on: work.today))",
            as: Int64.self)
        guard found != nil else { throw AccessRefusal.notFound }
    }

    /// The seats of some groups that the caller may see, and how many there are in all.
    private static func roster(
        of groups: [Identifier<Group>], on day: CivilDate, for caller: Caller, in work: Work
    ) async throws -> SeenRosters {
        let ids = groups.map(\.value)
        let seats = try await work.transaction.query(
            """
            SELECT \(Seat.columns) FROM \(Seat.table)
            WHERE s.group_id = ANY (\(ids)) AND NOT s.voided AND \(caller.seesSeat("s", on: work.today))
            ORDER BY s.group_id, lower(s.during), o.name COLLATE "da-x-icu", p.name COLLATE "da-x-icu", s.id
            """, as: Seat.self)
        // The policies show a session the seats it may see, so a function counts the others for it.
        let sizes = try await work.transaction.query(
            "SELECT \(SizeRow.columns) FROM group_sizes(\(ids), \(day.stored)) AS z WHERE \(caller.sits(in: "z.group_id", on: day))",
            as: SizeRow.self)
        return SeenRosters(
            day: day, seats: Dictionary(grouping: seats, by: \.group),
            sizes: Dictionary(sizes.map { ($0.group, $0.size) }) { first, _ in first })
    }
}

/// What there is to say of some groups beside their own rows.
private struct SeenRosters {
    let day: CivilDate
    let seats: [Identifier<Group>: [Seat]]
    let sizes: [Identifier<Group>: GroupSize]

    func entry(_ row: GroupRow) -> GroupEntry {
        GroupEntry(group: row.record(seats: seats[row.id] ?? []), day: day, size: sizes[row.id] ?? GroupSize(seats: 0, votes: 0))
    }
}

private struct SizeRow: RowDecodable, Sendable {
    let group: Identifier<Group>
    let size: GroupSize

    static var columns: SQL { "z.group_id, z.seats, z.votes" }

    init(row: inout Row) throws(DecodingFailure) {
        group = try row.identifier()
        size = GroupSize(seats: Int(try row.next(Int64.self)), votes: Int(try row.next(Int64.self)))
    }
}
