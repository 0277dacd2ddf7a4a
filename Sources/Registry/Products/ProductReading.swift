public import Domain
import Postgres

// Products as they are served: published, but for who coordinates them, whom members and suppliers may ask.

extension Products {
    /// - Parameter text: part of the name, or nearly; or the account the host keeps. What fits best comes first.
    public static func page(
        matching text: String? = nil, by order: ListOrder = .number, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<ProductRecord> {
        let likeness = FoldedText.likeness(to: text, of: ["p.name"], numbers: ["p.account"])
        let listing = Listing(table: ProductRecord.table(for: caller), key: "p.id", order: order.column("p.name", after: likeness))
        return try await listing.page(request, where: FoldedText.finds(text, in: "p.name", numbers: ["p.account"]), in: work)
    }

    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(_ id: Identifier<Product>, for caller: Caller, in work: Work) async throws -> ProductRecord {
        let found = try await work.transaction.first(
            "SELECT \(ProductRecord.columns) FROM \(ProductRecord.table(for: caller)) WHERE p.id = \(id.value)", as: ProductRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }
}

extension ProductRecord {
    fileprivate static func table(for caller: Caller) -> SQL {
        "product AS p LEFT JOIN person AS c ON c.id = p.coordinator_id AND \(caller.seesCoordinators)"
    }
}
