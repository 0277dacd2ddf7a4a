public import Domain
public import Postgres

/// The products of the register: listed, found by name, stored from folders.
public enum Products {
    /// Every product, by name in Danish order.
    public static func list(in work: Work) async throws -> [ProductRecord] {
        try await work.transaction.query(
            "SELECT \(ProductRecord.columns) FROM \(ProductRecord.table) ORDER BY p.name COLLATE \"da-x-icu\", p.id")
    }

    /// The product of a name, in capitals or not.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PRODUCT`.
    public static func find(_ name: String, in work: Work) async throws -> ProductRecord {
        let found = try await work.transaction.first(
            "SELECT \(ProductRecord.columns) FROM \(ProductRecord.table) WHERE lower(p.name) = lower(\(name))", as: ProductRecord.self)
        guard let found else { throw Refusal(.unknownProduct, name) }
        return found
    }

    /// The subject of an agreement as people write it: `association`, `supplier` or a product's name.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PRODUCT`.
    public static func subject(named text: String, in work: Work) async throws -> Subject {
        switch text {
        case "association": .association
        case "supplier": .supplier
        default: .product(try await find(text, in: work).id)
        }
    }

    /// Registers a product, or brings the one of this name up to date. What is blank in the draft is unknown to it and stays.
    static func store(_ draft: ProductDraft, coordinator: Identifier<Person>?, in work: Work) async throws -> StoreOutcome {
        let coordinator = coordinator?.value
        let (name, level) = (draft.name.description, draft.level?.rawValue)
        let inserted = try await work.transaction.execute(
            """
            INSERT INTO product (name, account, repository, level, coordinator_id)
            VALUES (\(name), \(draft.account), \(draft.repository), \(level), \(coordinator)) ON CONFLICT (lower(name)) DO NOTHING
            """)
        if inserted > 0 { return .added }
        let updated = try await work.transaction.execute(
            """
            UPDATE product SET name = \(name), account = coalesce(\(draft.account), account),
                repository = coalesce(\(draft.repository), repository), level = coalesce(\(level), level),
                coordinator_id = coalesce(\(coordinator), coordinator_id)
            WHERE lower(name) = lower(\(name)) AND (name, account, repository, level, coordinator_id) IS DISTINCT FROM
                (\(name), coalesce(\(draft.account), account), coalesce(\(draft.repository), repository), coalesce(\(level), level),
                    coalesce(\(coordinator), coordinator_id))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

extension ProductRecord: RowDecodable {
    static var table: SQL { "product AS p LEFT JOIN person AS c ON c.id = p.coordinator_id" }

    public static var columns: SQL { "p.id, p.name, p.account, p.repository, p.level, c.name, c.email" }

    public init(row: inout Row) throws(DecodingFailure) {
        let id = try row.identifier(Product.self)
        let name = try row.next(String.self)
        let account = try row.next(String?.self)
        let repository = try row.next(String?.self)
        let level = try row.optional(try row.next(Int16?.self)) { GovernanceLevel(rawValue: $0) }
        let (person, email) = (try row.next(String?.self), try row.next(String?.self))
        var coordinator: ProductCoordinator?
        if let person, let email { coordinator = ProductCoordinator(name: person, email: email) }
        self.init(id: id, name: name, account: account, repository: repository, level: level, coordinator: coordinator)
    }
}
