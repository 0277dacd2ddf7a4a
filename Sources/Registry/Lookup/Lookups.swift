public import Domain
import Postgres

/// An organisation looks itself up: its groups, contacts, agreements and what to expect, as of a day.
public enum Lookups {
    /// Everything at once; a fixed number of statements, however much there is.
    ///
    /// - Throws: ``AccessRefusal/notFound`` for an organisation that is not there or not the caller's.
    public static func all(
        of organisation: Identifier<Organisation>, on day: CivilDate, for caller: Caller, in work: Work
    ) async throws -> OrganisationLookup {
        try checkScopes(of: caller)
        let party = try await party(organisation, for: caller, in: work)
        return OrganisationLookup(
            organisation: party, day: day, groups: try await groups(of: organisation, on: day, seenBy: caller, in: work),
            agreements: try await agreements(of: organisation, on: day, in: work),
            contacts: try await People.contacts(ofOrganisation: organisation, on: day, PageRequest(limit: 200), for: caller, in: work)
                .elements,
            productContacts: try await productContacts(of: organisation, on: day, seenBy: caller, in: work),
            invoices: try await Documents.invoices(
                toOrganisation: organisation, asOf: day, PageRequest(limit: 200), for: caller, in: work
            ).elements,
            expected: try await Expectations.amounts(of: organisation, for: day.year + 1, in: work))
    }

    /// The organisation a caller means: by CVR number, municipality or region code, whole name, or id of an import.
    ///
    /// - Throws: ``AccessRefusal`` when there is none of the caller's, or the token does not open what a look-up shows; ``Refusal`` by `AMBIGUOUS_ORGANISATION`.
    public static func find(_ text: String, for caller: Caller, in work: Work) async throws -> Identifier<Organisation> {
        try checkScopes(of: caller)
        let named: SQL = "lower(o.name) = lower(\(text))"
        let numbered: SQL =
            "o.import_id = \(text) OR o.cvr = \(text) OR o.municipality_code = \(text) OR (o.region_code = \(text) AND o.kind = 'region')"
        // Whoever speaks for a few finds among these, by their keys, and learns nothing of how many others have the name. Whoever sees all finds numbers by index,
        // and reads the names only where nothing has the number: under policies no index answers for what a function makes of a column.
        let questions: [SQL] =
            caller.role.seesAll ? [numbered, named] : ["o.id = ANY (\(caller.organisations.map(\.value))) AND (\(numbered) OR \(named))"]
        for question in questions {
            let found = try await work.transaction.query("SELECT o.id FROM organisation AS o WHERE \(question) LIMIT 2", as: Int64.self)
            if found.count > 1 { throw Refusal(.ambiguousOrganisation, text) }
            if let id = found.first { return Identifier(id) }
        }
        throw AccessRefusal.notFound
    }

    /// Everything at once shows something of each of these parts, so a token for some of them does not open it.
    private static func checkScopes(of caller: Caller) throws(AccessRefusal) {
        guard Set(caller.scopes).isSuperset(of: [.organisations, .people, .agreements, .governance, .invoices]) else { throw .forbidden }
    }

    /// The groups it sits in on a day, by kind and by name in Danish order.
    public static func groups(
        of organisation: Identifier<Organisation>, on day: CivilDate, for caller: Caller, in work: Work
    ) async throws -> [OrganisationGroup] {
        try await find(organisation, for: caller, in: work)
        return try await groups(of: organisation, on: day, seenBy: caller, in: work)
    }

    private static func groups(
        of organisation: Identifier<Organisation>, on day: CivilDate, seenBy caller: Caller, in work: Work
    ) async throws -> [OrganisationGroup] {
        let past = day < work.today ? (caller: caller, today: work.today) : nil
        let rows = try await work.transaction.query(GroupLookup.statement(of: organisation, on: day, past: past), as: GroupSeatRow.self)
        return GroupLookup.groups(rows, of: organisation)
    }

    /// Its agreements that are in force on a day or later, or that somebody has been asked to sign, with what the day's year costs and how they can
    /// end seen from the day. Drafts are the secretariat's.
    public static func agreements(
        of organisation: Identifier<Organisation>, on day: CivilDate, for caller: Caller, in work: Work
    ) async throws -> [LookedUpAgreement] {
        try await find(organisation, for: caller, in: work)
        return try await agreements(of: organisation, on: day, in: work)
    }

    private static func agreements(
        of organisation: Identifier<Organisation>, on day: CivilDate, in work: Work
    ) async throws -> [LookedUpAgreement] {
        let expected = try await Expectations.amounts(of: organisation, for: day.year, in: work)
        return try await inForce(of: organisation, on: day, in: work).map { agreement in
            LookedUpAgreement(
                agreement: agreement, form: agreement.productName == nil ? nil : agreement.terms.forms.form(on: day), year: day.year,
                price: try expected.net(of: agreement.subject),
                outlook: NoticeCalendarEntry(agreement, on: day)?.outlook)
        }
    }

    /// Whom to ask about each product it has joined, and about those it supplies; by product.
    public static func productContacts(
        of organisation: Identifier<Organisation>, on day: CivilDate, for caller: Caller, in work: Work
    ) async throws -> [ProductContacts] {
        try await find(organisation, for: caller, in: work)
        return try await productContacts(of: organisation, on: day, seenBy: caller, in: work)
    }

    private static func productContacts(
        of organisation: Identifier<Organisation>, on day: CivilDate, seenBy caller: Caller, in work: Work
    ) async throws -> [ProductContacts] {
        var joined: [Identifier<Product>: AgreementRecord] = [:]
        for agreement in try await inForce(of: organisation, on: day, in: work) {
            if case .product(let product) = agreement.subject, agreement.life.term?.contains(day) == true { joined[product] = agreement }
        }
        let known = try await work.transaction.query(
            """
            SELECT \(ProductRecord.columns) FROM \(ProductRecord.table)
            WHERE p.id = ANY (\(joined.keys.map(\.value))) OR EXISTS (
                SELECT FROM supplier_role AS r
                WHERE r.product_id = p.id AND r.organisation_id = \(organisation.value) AND r.during @> \(day.stored))
            ORDER BY p.name COLLATE "da-x-icu", p.id
            """, as: ProductRecord.self)
        let products = known.map(\.id.value)
        let rows = try await work.transaction.query(
            """
            SELECT \(GroupSeatRow.columns) FROM governance_group AS g JOIN product AS p ON p.id = g.product_id
            JOIN seat AS s ON s.group_id = g.id AND s.role IN ('contact', 'productCoordinator') AND NOT s.voided
                AND s.during @> \(day.stored) AND \(caller.seesSeat("s", on: work.today))
            JOIN person AS n ON n.id = s.person_id JOIN organisation AS o ON o.id = s.organisation_id
            WHERE g.product_id = ANY (\(products)) AND g.during @> \(day.stored)
            ORDER BY g.name COLLATE "da-x-icu", g.id, lower(s.during), s.id
            """, as: GroupSeatRow.self)
        let groups = Dictionary(grouping: GroupLookup.groups(rows, of: organisation)) { $0.product?.id }
        return known.map { product in
            ProductContacts(
                product: ProductMention(id: product.id, name: product.name), agreement: joined[product.id]?.id,
                form: joined[product.id]?.terms.forms.form(on: day), coordinator: product.coordinator,
                groups: (groups[product.id] ?? []).map {
                    ProductContacts.GroupContacts(id: $0.id, name: $0.name, kind: $0.kind, contacts: $0.contacts)
                })
        }
    }

    /// What a year is expected to cost it.
    public static func expected(
        of organisation: Identifier<Organisation>, for year: Int, for caller: Caller, in work: Work
    ) async throws -> ExpectedAmounts {
        try await find(organisation, for: caller, in: work)
        return try await Expectations.amounts(of: organisation, for: year, in: work)
    }

    /// What an organisation has may be nothing at all, which is not the same as that there is no such organisation.
    private static func find(_ id: Identifier<Organisation>, for caller: Caller, in work: Work) async throws {
        guard caller.sees(id),
            try await work.transaction.only("SELECT EXISTS (SELECT FROM organisation WHERE id = \(id.value))", as: Bool.self)
        else { throw AccessRefusal.notFound }
    }

    private static func party(
        _ id: Identifier<Organisation>, for caller: Caller, in work: Work
    ) async throws -> OrganisationRecord {
        guard caller.sees(id) else { throw AccessRefusal.notFound }
        let found = try await work.transaction.first(
            "SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table) WHERE o.id = \(id.value)", as: OrganisationRecord.self)
        guard let found else { throw AccessRefusal.notFound }
        return found
    }

    /// In force on the day, whenever it was signed: its first day may lie before that (DOMAIN §2). Or to come, and by the day sent, or signed where nothing says when
    /// it was sent.
    private static func inForce(
        of organisation: Identifier<Organisation>, on day: CivilDate, in work: Work
    ) async throws -> [AgreementRecord] {
        try await work.transaction.query(
            """
            SELECT \(AgreementRecord.columns) FROM \(AgreementRecord.table)
            WHERE a.organisation_id = \(organisation.value) AND a.state IN ('sent', 'signed', 'active', 'noticeGiven', 'ended')
                AND (a.during IS NULL OR coalesce(upper(a.during) > \(day.stored), true))
                AND (coalesce(a.during @> \(day.stored), false)
                    OR coalesce(least(a.sent_on, a.signed_on, a.countersigned_on), \(day.stored)) <= \(day.stored))
            ORDER BY p.id IS NOT NULL, a.subject COLLATE "C" = 'supplier', p.name COLLATE "da-x-icu", lower(a.during) NULLS LAST, a.id
            """, as: AgreementRecord.self
        ).map { $0.asOf(day) }
    }
}
