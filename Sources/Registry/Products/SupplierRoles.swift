public import Domain
public import Postgres

/// What suppliers do on products, from when to when.
public enum SupplierRoles {
    /// Roles by supplier, product and first day; on one product when it is named.
    public static func list(on product: Identifier<Product>? = nil, in work: Work) async throws -> [SupplierRoleRecord] {
        try await work.transaction.query(
            """
            SELECT \(SupplierRoleRecord.columns) FROM \(SupplierRoleRecord.table)
            WHERE \(product?.value)::bigint IS NULL OR r.product_id = \(product?.value)
            ORDER BY o.name COLLATE "da-x-icu", o.id, p.name COLLATE "da-x-icu", lower(r.during), r.role
            """)
    }

    /// Every organisation with a supplier agreement, whatever has become of it, or with a role, by name in Danish order.
    public static func suppliers(in work: Work) async throws -> [SupplierRecord] {
        let roles = Dictionary(grouping: try await list(in: work), by: \.organisation)
        let agreements = Dictionary(grouping: try await Agreements.list(on: .supplier, in: work), by: \.organisation)
        return try await Organisations.list(in: work).compactMap { organisation in
            let (held, agreed) = (roles[organisation.id] ?? [], agreements[organisation.id] ?? [])
            if held.isEmpty && agreed.isEmpty { return nil }
            return SupplierRecord(organisation: organisation, agreements: agreed, roles: held)
        }
    }

    /// Gives a supplier a role on a product. The natural key is organisation, product, role and first day; another last day is a change, none leaves it.
    ///
    /// - Throws: ``Refusal`` by `NOT_ELIGIBLE` for the association itself, `OVERLAPPING_SUPPLIER_ROLE`.
    static func store(
        _ draft: SupplierRoleDraft, of organisation: OrganisationRecord, on product: Identifier<Product>, in work: Work
    ) async throws -> StoreOutcome {
        try Agreements.checkEligible(organisation.kind, named: organisation.name, for: .supplier)
        let (role, term) = (draft.role.rawValue, draft.term)
        let known = try await work.transaction.first(
            """
            SELECT id FROM supplier_role
            WHERE organisation_id = \(organisation.id.value) AND product_id = \(product.value) AND role = \(role)
                AND lower(during) = \(term.first.stored)
            """, as: Int64.self)
        guard let known else {
            try await work.transaction.execute(
                """
                INSERT INTO supplier_role (organisation_id, product_id, role, during)
                VALUES (\(organisation.id.value), \(product.value), \(role), \(term.stored))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE supplier_role SET during = \(term.stored)
            WHERE id = \(known) AND \(term.last?.stored)::date IS NOT NULL AND during <> \(term.stored)
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

extension SupplierRoleRecord: RowDecodable {
    static var table: SQL {
        "supplier_role AS r JOIN organisation AS o ON o.id = r.organisation_id JOIN product AS p ON p.id = r.product_id"
    }

    public static var columns: SQL { "o.id, o.name, o.cvr, p.id, p.name, r.role, r.during" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            organisation: try row.identifier(), organisationName: try row.next(),
            organisationCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) }, product: try row.identifier(),
            productName: try row.next(), role: try row.word(), term: try row.term())
    }
}
