import Domain
import Postgres

extension Succession {
    /// The predecessors' roles on products that last to the day or longer.
    static func supplierRoles(of predecessors: [OrganisationRecord], on day: CivilDate, in work: Work) async throws -> [SupplierRoleRecord]
    {
        let ids = Set(predecessors.map(\.id))
        return try await SupplierRoles.list(in: work).filter { role in
            ids.contains(role.organisation) && role.term.last.map { $0 >= day } ?? true
        }
    }

    /// The old roles end the day before and the new ones begin on the day; those that had not begun go over as they are. A role that the successor has
    /// on the product already is not given twice.
    static func moveSupplierRoles(
        of predecessor: Identifier<Organisation>, to successor: Identifier<Organisation>, on day: CivilDate, in work: Work
    ) async throws {
        let isFree: SQL = """
            NOT EXISTS (SELECT FROM supplier_role AS s WHERE s.organisation_id = \(successor.value)
                AND s.product_id = r.product_id AND s.role = r.role AND s.during && r.during * daterange(\(day.stored), NULL))
            """
        try await work.transaction.execute(
            """
            UPDATE supplier_role AS r SET organisation_id = \(successor.value)
            WHERE r.organisation_id = \(predecessor.value) AND lower(r.during) >= \(day.stored) AND \(isFree)
            """)
        try await work.transaction.execute(
            """
            INSERT INTO supplier_role (organisation_id, product_id, role, during)
            SELECT \(successor.value), r.product_id, r.role, daterange(\(day.stored), upper(r.during)) FROM supplier_role AS r
            WHERE r.organisation_id = \(predecessor.value) AND r.during @> \(day.stored) AND \(isFree)
            """)
        try await work.transaction.execute(
            """
            UPDATE supplier_role SET during = daterange(lower(during), \(day.stored))
            WHERE organisation_id = \(predecessor.value) AND during @> \(day.stored) AND lower(during) < \(day.stored)
            """)
    }
}
