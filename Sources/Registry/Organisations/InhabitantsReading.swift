public import Domain
public import Postgres

extension Inhabitants {
    /// Numbers of inhabitants of the caller's organisations, by organisation, each one's newest first.
    ///
    /// - Parameter organisation: only those of this one; of somebody else's there are none.
    public static func page(
        of organisation: Identifier<Organisation>? = nil, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<InhabitantsRecord> {
        try await listing.page(
            request,
            where: """
                \(caller.sees("i.organisation_id"))
                AND (\(organisation?.value)::bigint IS NULL OR i.organisation_id = \(organisation?.value))
                """, in: work)
    }

    /// An organisation's own numbers, the newest first.
    ///
    /// - Throws: ``AccessRefusal/notFound`` where they are not the caller's business.
    public static func page(
        ofOrganisation organisation: Identifier<Organisation>, _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<InhabitantsRecord> {
        try await Organisations.require(organisation, for: caller, in: work)
        return try await page(of: organisation, request, for: caller, in: work)
    }

    /// A count has no number of its own, so organisation and day make one: the day, counted back from the year 9999, takes the low 22 bits.
    private static let listing = Listing(
        table: "inhabitants AS i JOIN organisation AS o ON o.id = i.organisation_id",
        key: "(i.organisation_id * 4194304 + (date '9999-12-31' - i.counted_on))")
}

extension InhabitantsRecord: RowDecodable {
    public static var columns: SQL { "o.id, o.cvr, o.name, i.inhabitants, i.counted_on" }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(organisation: try row.organisationName(), inhabitants: try row.next(), countedOn: try row.date())
    }
}
