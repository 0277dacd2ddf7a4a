import Domain
import Postgres

/// Reads the parties of a run in the order their documents are numbered: by CVR number, those without one last, then by id (rule 13).
///
/// A cursor hands them over a page at a time, so the program's memory does not grow with the association, while everything comes from the
/// snapshot of one transaction. The few accounts of predecessors are read first and come with their successor.
struct PartyReading {
    private let work: Work
    private let facts: ChargeFacts
    /// Everybody whose place somebody takes, on whatever day: what they agreed to matters to their successors before and after it.
    private let preceding: [Identifier<Organisation>: PartyRow]
    /// Predecessors whose documents of today go to their successor, by that.
    private let inherited: [Identifier<Organisation>: [Identifier<Organisation>]]
    private let fetch: SQL

    /// - Parameter receiver: only this one, when given.
    init(_ facts: ChargeFacts, only receiver: Identifier<Organisation>? = nil, in work: Work) async throws {
        self.work = work
        self.facts = facts
        // The whole result is wanted, not its first rows soon; and an association fits in this memory, where the default would spill.
        try await work.transaction.execute("SET LOCAL cursor_tuple_fraction = 1")
        try await work.transaction.execute("SET LOCAL work_mem = '64MB'")
        // Parties that take part in many products come in smaller pages, in the same memory.
        let agreements = try await work.transaction.only(
            "SELECT (SELECT count(*) FROM agreement) / greatest((SELECT count(*) FROM organisation), 1)", as: Int64.self)
        fetch = agreements > 5 ? "FETCH 100 FROM charged_parties" : "FETCH 1000 FROM charged_parties"
        let all = facts.successions.allPredecessors.map(\.value)
        preceding =
            all.isEmpty
            ? [:]
            : Dictionary(
                try await work.transaction.query(
                    PartyReading.select(
                        "o.id = ANY(\(all))", agreements: "a.organisation_id = ANY(\(all))", lines: "organisation_id = ANY(\(all))"),
                    as: PartyRow.self
                ).map { ($0.id, $0) }
            ) { first, _ in first }
        let heirs = facts.successions.predecessors(on: work.today)
        inherited = Dictionary(grouping: heirs.keys.sorted()) { heirs[$0] ?? $0 }
        let succeeded = heirs.keys.map(\.value).sorted()
        let receivers = inherited.keys.map(\.value).sorted()
        let select: SQL
        if let receiver {
            select = PartyReading.select(
                "o.id = \(receiver.value)", agreements: "a.organisation_id = \(receiver.value)",
                lines: "organisation_id = \(receiver.value)")
        } else {
            select = PartyReading.select(
                """
                o.id <> ALL(\(succeeded)) AND (p.organisation_id IS NOT NULL OR b.organisation_id IS NOT NULL OR o.id = ANY(\(receivers))
                    OR EXISTS (SELECT FROM pledge WHERE pledge.organisation_id = o.id))
                """, agreements: "true", lines: "true")
        }
        try await work.transaction.execute("DECLARE charged_parties NO SCROLL CURSOR FOR \(select)")
    }

    /// One row an organisation: how it is addressed, its agreements, and what stands posted on each of its keys.
    private static func select(_ organisations: SQL, agreements: SQL, lines: SQL) -> SQL {
        """
        WITH participation AS (\(ParticipationRows.table(agreements))), key AS (
            SELECT organisation_id, subject, charge, billing_period, max(revision) + 1 AS postings,
                sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END)::bigint AS net_minor,
                range_merge(range_agg(covers) FILTER (WHERE revision = 0)) AS covers
            FROM document_line WHERE \(lines) GROUP BY organisation_id, subject, charge, billing_period
        ), balance AS (
            SELECT organisation_id, array_agg(subject) AS subjects, array_agg(charge) AS charges, array_agg(billing_period) AS periods,
                array_agg(net_minor) AS balances, array_agg(postings) AS postings, array_agg(covers) AS covers
            FROM key GROUP BY organisation_id
        )
        SELECT \(PartyRow.columns)
        FROM organisation AS o
        LEFT JOIN participation AS p ON p.organisation_id = o.id
        LEFT JOIN balance AS b ON b.organisation_id = o.id
        LEFT JOIN billing_contact AS c ON c.organisation_id = o.id
        WHERE \(organisations)
        ORDER BY o.cvr NULLS LAST, o.id
        """
    }

    /// The next parties; none at the end.
    func next() async throws -> [ChargedParty] {
        try await work.transaction.query(fetch, as: PartyRow.self).map { row in
            row.party(accounts: [account(of: row)] + (inherited[row.id] ?? []).compactMap { preceding[$0].map(account(of:)) })
        }
    }

    private func account(of row: PartyRow) -> ChargedAccount {
        let line = facts.successions.line(of: row.id).compactMap { predecessor, day in
            preceding[predecessor].map { Predecessor(succeededOn: day, account: $0.account(facts)) }
        }
        return row.account(facts, predecessors: line)
    }

    func close() async throws {
        try await work.transaction.execute("CLOSE charged_parties")
    }
}

private struct PartyRow: RowDecodable, Sendable {
    let id: Identifier<Organisation>
    private let name: String
    private let cvr: CVRNumber?
    private let address: PostalAddress
    private let billing: BillingContact
    private let participations: [Participation]
    private let posted: [ChargeKey: PostedBalance]

    static var columns: SQL {
        """
        o.id, o.name, o.cvr, o.street, o.postal_code, o.city, c.gln, c.reference, c.order_number, c.account_string,
        \(ParticipationRows.columns), coalesce(b.subjects, '{}'), coalesce(b.charges, '{}'), coalesce(b.periods, '{}'),
        coalesce(b.balances, '{}'), coalesce(b.postings, '{}'), coalesce(b.covers, '{}')
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
        participations = try row.participations()
        let subjects = try row.next([String].self)
        let charges = try row.next([String].self)
        let periods = try row.next([String?].self)
        let balances = try row.next([Int64].self)
        let postings = try row.next([Int32].self)
        let covers = try row.next([PostgresDateRange].self)
        var posted: [ChargeKey: PostedBalance] = [:]
        for index in subjects.indices {
            let key = ChargeKey(
                organisation: id, subject: try row.domain(subjects[index]) { Subject($0) },
                charge: try row.domain(charges[index]) { ChargeKind(rawValue: $0) },
                period: try row.optional(periods[index]) { BillingPeriod($0) })
            let days = try row.domain(covers[index]) { range in
                Term(stored: range).flatMap { term in term.last.flatMap { Period(first: term.first, last: $0) } }
            }
            posted[key] = PostedBalance(balance: Money(minorUnits: balances[index]), postings: postings[index], covers: days)
        }
        self.posted = posted
    }

    func account(_ facts: ChargeFacts, predecessors: [Predecessor] = []) -> ChargedAccount {
        ChargedAccount(
            organisation: id, name: name, participations: participations, sizes: facts.sizes[id] ?? .unknown,
            pledges: facts.pledges[id] ?? [], adjustments: facts.adjustments[id] ?? [:], posted: posted,
            predecessors: predecessors)
    }

    func party(accounts: [ChargedAccount]) -> ChargedParty {
        ChargedParty(id: id, name: name, cvr: cvr, address: address, billing: billing, accounts: accounts)
    }
}
