package import Domain
package import Postgres

/// The groups an organisation sits in on a day: the question that is asked all day, so it is one statement, and every condition in it meets an index.
package enum GroupLookup {
    /// A row for each seat that is shown; those of a group come together, groups by kind and by name in Danish order.
    ///
    /// - Parameter caller: whose conditions hold for a day that is over: who was a contact then may be none any more. From today on the organisation's own
    ///   seats of the day are what lets it ask, and the statement says so itself, for a caller who is not known yet.
    package static func statement(
        of organisation: Identifier<Organisation>, on day: CivilDate, past: (caller: Caller, today: CivilDate)? = nil
    ) -> SQL {
        let visible: SQL = past.map { $0.caller.seesSeat("seat", on: $0.today) } ?? "true"
        return """
            SELECT \(GroupSeatRow.columns)
            FROM (
                SELECT \(seatColumns) FROM seat
                WHERE organisation_id = \(organisation.value) AND NOT voided AND during @> \(day.stored)
                UNION ALL
                SELECT \(seatColumns) FROM seat
                WHERE role IN ('contact', 'productCoordinator') AND NOT voided AND during @> \(day.stored)
                    AND organisation_id <> \(organisation.value) AND \(visible)
                    AND group_id IN (
                        SELECT mine.group_id FROM seat AS mine
                        WHERE mine.organisation_id = \(organisation.value) AND NOT mine.voided AND mine.during @> \(day.stored))
            ) AS s
            JOIN governance_group AS g ON g.id = s.group_id AND g.during @> \(day.stored)
            JOIN person AS n ON n.id = s.person_id
            JOIN organisation AS o ON o.id = s.organisation_id
            LEFT JOIN product AS p ON p.id = g.product_id
            ORDER BY array_position(\(GroupKind.allCases.map(\.rawValue)), g.kind), g.name COLLATE "da-x-icu", g.id,
                array_position(\(SeatRole.allCases.map(\.rawValue)), s.role), lower(s.during), s.id
            """
    }

    private static var seatColumns: SQL { "id, group_id, person_id, organisation_id, role, votes, during" }

    /// Puts the seats of each group together again.
    static func groups(_ rows: [GroupSeatRow], of organisation: Identifier<Organisation>) -> [OrganisationGroup] {
        var groups: [OrganisationGroup] = []
        var start = rows.startIndex
        while start < rows.endIndex {
            let end = rows[start...].firstIndex { $0.group != rows[start].group } ?? rows.endIndex
            let holders = rows[start..<end].map(\.holder)
            groups.append(
                OrganisationGroup(
                    id: rows[start].group, name: rows[start].name, kind: rows[start].kind, product: rows[start].product,
                    people: holders.filter { $0.organisation.id == organisation }, contacts: holders.filter(\.role.isContact)))
            start = end
        }
        return groups
    }
}

struct GroupSeatRow: RowDecodable, Sendable {
    let group: Identifier<Group>
    let name: String
    let kind: GroupKind
    let product: ProductMention?
    let holder: SeatHolder

    static var columns: SQL {
        "g.id, g.name, g.kind, p.id, p.name, s.id, n.id, n.name, n.email, n.phone, s.role, s.votes, s.during, o.id, o.cvr, o.name"
    }

    init(row: inout Row) throws(DecodingFailure) {
        group = try row.identifier()
        name = try row.next()
        kind = try row.word()
        product = try row.optionalProduct()
        holder = SeatHolder(
            seat: try row.identifier(), person: try row.identifier(), personName: try row.next(), email: try row.next(),
            phone: try row.next(), role: try row.word(), votes: try row.next(), term: try row.term(),
            organisation: try row.organisationName())
    }
}

extension Row {
    /// `p.id, p.name` of an outer join.
    mutating func optionalProduct() throws(DecodingFailure) -> ProductMention? {
        let (id, name) = (try next(Int64?.self), try next(String?.self))
        guard let id, let name else { return nil }
        return ProductMention(id: Identifier(id), name: name)
    }
}
