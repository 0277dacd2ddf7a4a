import Domain
import Postgres

/// Reads the parties of a run in the order their documents are numbered: by CVR number, those without one last, then by id (rule 13).
///
/// A cursor hands them over a page at a time, so the program's memory does not grow with the association, while everything comes from the
/// snapshot of one transaction.
struct PartyReading {
    static let pageSize = 1000

    private let work: Work
    private let facts: ChargeFacts

    /// - Parameter organisation: only this one, when given.
    init(_ facts: ChargeFacts, only organisation: Identifier<Organisation>? = nil, in work: Work) async throws {
        self.work = work
        self.facts = facts
        // The whole result is wanted, not its first rows soon; and an association fits in this memory, where the default would spill.
        try await work.transaction.execute("SET LOCAL cursor_tuple_fraction = 1")
        try await work.transaction.execute("SET LOCAL work_mem = '64MB'")
        let years = facts.terms.window.years
        try await work.transaction.execute(
            """
            DECLARE charged_parties NO SCROLL CURSOR FOR
            WITH membership AS (
                SELECT organisation_id, array_agg(id) AS agreements, array_agg(during) AS terms
                FROM agreement
                WHERE subject = 'association' AND state IN ('active', 'noticeGiven', 'ended')
                    AND (\(organisation?.value)::bigint IS NULL OR organisation_id = \(organisation?.value))
                GROUP BY organisation_id
            ), balance AS (
                SELECT organisation_id, billing_period, max(revision) + 1 AS postings,
                    sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END)::bigint AS net_minor
                FROM document_line
                WHERE subject = 'association' AND charge = 'dues'
                    AND billing_period BETWEEN \(years.first?.description ?? "") AND \(years.last?.description ?? "")
                    AND (\(organisation?.value)::bigint IS NULL OR organisation_id = \(organisation?.value))
                GROUP BY organisation_id, billing_period
            ), posted AS (
                SELECT organisation_id, array_agg(billing_period) AS periods, array_agg(net_minor) AS balances, array_agg(postings) AS postings
                FROM balance GROUP BY organisation_id
            )
            SELECT \(PartyRow.columns)
            FROM organisation AS o
            LEFT JOIN membership AS m ON m.organisation_id = o.id
            LEFT JOIN posted AS p ON p.organisation_id = o.id
            LEFT JOIN billing_contact AS b ON b.organisation_id = o.id
            WHERE m.organisation_id IS NOT NULL OR p.organisation_id IS NOT NULL
            ORDER BY o.cvr NULLS LAST, o.id
            """)
    }

    /// The next parties; none at the end.
    func next() async throws -> [ChargedParty] {
        try await work.transaction.query("FETCH 1000 FROM charged_parties", as: PartyRow.self).map { $0.party(facts.adjustments) }
    }

    func close() async throws {
        try await work.transaction.execute("CLOSE charged_parties")
    }
}

private struct PartyRow: RowDecodable, Sendable {
    private let id: Identifier<Organisation>
    private let name: String
    private let cvr: CVRNumber?
    private let address: PostalAddress
    private let billing: BillingContact
    private let memberships: [Spell]
    private let posted: [PostedBalance]

    static var columns: SQL {
        """
        o.id, o.name, o.cvr, o.street, o.postal_code, o.city, b.gln, b.reference, b.order_number, b.account_string,
        coalesce(m.agreements, '{}'), coalesce(m.terms, '{}'), coalesce(p.periods, '{}'), coalesce(p.balances, '{}'), coalesce(p.postings, '{}')
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        name = try row.next()
        cvr = try row.optional(try row.next(String?.self)) { CVRNumber($0) }
        address = PostalAddress(street: try row.next(), postalCode: try row.next(), city: try row.next())
        billing = BillingContact(
            gln: try row.optional(try row.next(String?.self)) { GLN($0) }, reference: try row.next(), orderNumber: try row.next(),
            accountString: try row.next())
        let agreements = try row.next([Int64].self)
        let terms = try row.next([PostgresDateRange].self)
        var spells: [Spell] = []
        for (agreement, term) in zip(agreements, terms) {
            spells.append(Spell(agreement: Identifier(agreement), term: try row.domain(term, Term.init(stored:))))
        }
        memberships = spells.count < 2 ? spells : spells.sorted { ($0.term.first, $0.agreement) < ($1.term.first, $1.agreement) }
        let periods = try row.next([String].self)
        let balances = try row.next([Int64].self)
        let postings = try row.next([Int32].self)
        var posted: [PostedBalance] = []
        for index in periods.indices where index < balances.count && index < postings.count {
            posted.append(
                PostedBalance(
                    period: try row.domain(periods[index]) { BillingPeriod($0) }, balance: Money(minorUnits: balances[index]),
                    postings: postings[index]))
        }
        self.posted = posted
    }

    func party(_ adjustments: [Identifier<Organisation>: [(year: BillingPeriod, adjustment: Adjustment)]]) -> ChargedParty {
        ChargedParty(
            id: id, name: name, cvr: cvr, address: address, billing: billing, memberships: memberships, adjustments: adjustments[id] ?? [],
            posted: posted)
    }
}
