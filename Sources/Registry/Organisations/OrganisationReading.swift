public import Domain
import Postgres

// Organisations as they are served: each caller sees its own whole, and of others what is published or needed to know whom to ask.

extension Organisations {
    /// Those the caller may see. GLNs and billing are there only of the caller's own.
    ///
    /// - Parameter text: part of the name, or nearly; or its CVR number, municipality code or region code. Who fits best comes first.
    /// - Parameter kind: only this kind, where it is given.
    public static func page(
        matching text: String? = nil, kind: OrganisationKind? = nil, by order: ListOrder = .number, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<OrganisationRecord> {
        let numbers: [SQL] = ["o.cvr", "o.municipality_code", "o.region_code"]
        let likeness = FoldedText.likeness(to: text, of: ["o.name"], numbers: numbers)
        let listing = Listing(
            table: OrganisationRecord.table(for: caller), key: "o.id", order: order.column("o.name", after: likeness))
        return try await listing.page(
            request,
            where: """
                \(caller.seesOrganisation("o", on: work.today)) AND (\(kind?.rawValue)::text IS NULL OR o.kind = \(kind?.rawValue))
                AND \(FoldedText.finds(text, in: "o.name", numbers: numbers))
                """, in: work)
    }

    /// - Throws: ``AccessRefusal/notFound``.
    public static func find(
        _ id: Identifier<Organisation>, for caller: Caller, in work: Work
    ) async throws -> OrganisationRecord {
        let found = try await work.transaction.first(
            """
            SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table(for: caller))
            WHERE o.id = \(id.value) AND \(caller.seesOrganisation("o", on: work.today))
            """, as: OrganisationRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }

    /// Makes sure that an organisation's own lists are the caller's business.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where they are not, or there is no such organisation.
    static func require(_ id: Identifier<Organisation>, for caller: Caller, in work: Work) async throws {
        guard caller.sees(id),
            try await work.transaction.first("SELECT id FROM organisation WHERE id = \(id.value)", as: Int64.self) != nil
        else { throw AccessRefusal.notFound }
    }
}

extension OrganisationRecord {
    /// As ``table``, with the numbers and the billing of the caller's own organisations alone.
    fileprivate static func table(for caller: Caller) -> SQL {
        """
        organisation AS o
        LEFT JOIN billing_contact AS b ON b.organisation_id = o.id AND \(caller.sees("o.id"))
        LEFT JOIN LATERAL (
            SELECT array_agg(gln ORDER BY gln) AS glns FROM organisation_gln WHERE organisation_id = o.id AND \(caller.sees("o.id"))
        ) AS g ON true
        """
    }
}
