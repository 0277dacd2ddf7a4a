public import Domain
import Postgres

// Who supplies what is published; it is the same for every caller.

extension SupplierRoles {
    /// The roles on a product that suppliers hold on a day, by supplier in Danish order.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where there is no such product.
    public static func page(
        on product: Identifier<Product>, on day: CivilDate? = nil, _ request: PageRequest, in work: Work
    ) async throws -> Page<SupplierRoleRecord> {
        let known = try await work.transaction.first("SELECT id FROM product WHERE id = \(product.value)", as: Int64.self)
        guard known != nil else { throw AccessRefusal.notFound }
        return try await Listing(table: SupplierRoleRecord.table, key: "r.id", order: "o.name COLLATE \"da-x-icu\", o.id").page(
            request, where: "r.product_id = \(product.value) AND \(held(on: day, in: work))", in: work)
    }

    /// Suppliers that hold a role on a day, by name in Danish order, with those roles; two statements, however many there are.
    public static func suppliers(
        on day: CivilDate? = nil, _ request: PageRequest, in work: Work
    ) async throws -> Page<SupplierEntry> {
        let held = held(on: day, in: work)
        let page: Page<NamedRow> = try await Listing(table: "organisation AS o", key: "o.id", order: "o.name COLLATE \"da-x-icu\"").page(
            request, where: "EXISTS (SELECT FROM supplier_role AS r WHERE r.organisation_id = o.id AND \(held))", in: work)
        let roles = try await work.transaction.query(
            """
            SELECT \(SupplierRoleRecord.columns) FROM \(SupplierRoleRecord.table)
            WHERE r.organisation_id = ANY (\(page.elements.map(\.name.id.value))) AND \(held)
            ORDER BY p.name COLLATE "da-x-icu", p.id, lower(r.during), r.role
            """, as: SupplierRoleRecord.self)
        let bySupplier = Dictionary(grouping: roles, by: \.organisation)
        return page.map { SupplierEntry(organisation: $0.name, roles: bySupplier[$0.name.id] ?? []) }
    }

    private static func held(on day: CivilDate?, in work: Work) -> SQL { "r.during @> \((day ?? work.today).stored)" }
}

private struct NamedRow: RowDecodable, Sendable {
    let name: OrganisationName

    static var columns: SQL { "o.id, o.cvr, o.name" }

    init(row: inout Row) throws(DecodingFailure) { name = try row.organisationName() }
}
