public import Domain
import Postgres

/// Organisations of the register: found, listed, registered, changed.
public enum Organisations {
    /// Every organisation, by name in Danish order.
    public static func list(in work: Work) async throws -> [OrganisationRecord] {
        try await work.transaction.query(
            "SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table) ORDER BY o.name COLLATE \"da-x-icu\", o.id")
    }

    /// The organisation a person means: by the id of an import, CVR number, municipality or region code, or whole name.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_ORGANISATION`, or `AMBIGUOUS_ORGANISATION` when a name is several.
    public static func find(_ text: String, in work: Work) async throws -> OrganisationRecord {
        let found = try await work.transaction.query(
            """
            SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table)
            WHERE o.import_id = \(text) OR o.cvr = \(text) OR o.municipality_code = \(text)
                OR (o.region_code = \(text) AND o.kind = 'region') OR lower(o.name) = lower(\(text))
            """, as: OrganisationRecord.self)
        guard let first = found.first else { throw Refusal(.unknownOrganisation, text) }
        guard found.count == 1 else { throw Refusal(.ambiguousOrganisation, text) }
        return first
    }

    /// - Throws: ``Refusal`` by `UNKNOWN_ORGANISATION`.
    static func get(_ id: Identifier<Organisation>, in work: Work) async throws -> OrganisationRecord {
        let found = try await work.transaction.first(
            "SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table) WHERE o.id = \(id.value)", as: OrganisationRecord.self)
        guard let found else { throw Refusal(.unknownOrganisation, "#\(id)") }
        return found
    }

    /// Registers an organisation with its GLNs and billing contact.
    public static func add(_ draft: OrganisationDraft, in work: Work) async throws -> Identifier<Organisation> {
        let id = try await work.transaction.only(
            """
            INSERT INTO organisation (import_id, kind, name, cvr, municipality_code, region_code, street, postal_code, city)
            VALUES (\(draft.id), \(draft.kind.rawValue), \(draft.name), \(draft.cvr?.description), \(draft.municipalityCode),
                \(draft.regionCode), \(draft.address.street), \(draft.address.postalCode), \(draft.address.city))
            RETURNING id
            """, as: Int64.self)
        let organisation = Identifier<Organisation>(id)
        for gln in draft.glns { try await addGLN(gln, to: organisation, in: work) }
        if draft.billing != BillingContact() { try await setBilling(draft.billing, of: organisation, in: work) }
        return organisation
    }

    /// Brings a registered organisation up to a draft. What is blank in the draft is unknown to it and stays.
    ///
    /// - Returns: whether anything changed.
    static func update(_ record: OrganisationRecord, to draft: OrganisationDraft, in work: Work) async throws -> Bool {
        let merged = PostalAddress(
            street: draft.address.street ?? record.address.street, postalCode: draft.address.postalCode ?? record.address.postalCode,
            city: draft.address.city ?? record.address.city)
        let changed = try await work.transaction.execute(
            """
            UPDATE organisation AS o
            SET import_id = coalesce(\(draft.id), import_id), kind = \(draft.kind.rawValue), name = \(draft.name),
                cvr = coalesce(\(draft.cvr?.description), cvr), municipality_code = coalesce(\(draft.municipalityCode), municipality_code),
                region_code = coalesce(\(draft.regionCode), region_code), street = \(merged.street), postal_code = \(merged.postalCode),
                city = \(merged.city)
            WHERE id = \(record.id.value) AND (import_id, kind, name, cvr, municipality_code, region_code, street, postal_code, city)
                IS DISTINCT FROM (coalesce(\(draft.id), import_id), \(draft.kind.rawValue), \(draft.name),
                    coalesce(\(draft.cvr?.description), cvr), coalesce(\(draft.municipalityCode), municipality_code),
                    coalesce(\(draft.regionCode), region_code), \(merged.street), \(merged.postalCode), \(merged.city))
            """)
        var didChange = changed > 0
        for gln in draft.glns where !record.glns.contains(gln) {
            try await addGLN(gln, to: record.id, in: work)
            didChange = true
        }
        let billing = BillingContact(
            gln: draft.billing.gln ?? record.billing.gln, reference: draft.billing.reference ?? record.billing.reference,
            orderNumber: draft.billing.orderNumber ?? record.billing.orderNumber,
            accountString: draft.billing.accountString ?? record.billing.accountString)
        if billing != record.billing {
            try await setBilling(billing, of: record.id, in: work)
            didChange = true
        }
        return didChange
    }

    /// Sets where an organisation's invoices go and what they carry. The GLN becomes one of its own when it is not yet.
    public static func setBilling(_ billing: BillingContact, of organisation: Identifier<Organisation>, in work: Work) async throws {
        if let gln = billing.gln {
            let owner = try await work.transaction.first(
                "SELECT organisation_id FROM organisation_gln WHERE gln = \(gln.description)", as: Int64.self)
            if owner != organisation.value { try await addGLN(gln, to: organisation, in: work) }
        }
        try await work.transaction.execute(
            """
            INSERT INTO billing_contact (organisation_id, gln, reference, order_number, account_string)
            VALUES (\(organisation.value), \(billing.gln?.description), \(billing.reference), \(billing.orderNumber), \(billing.accountString))
            ON CONFLICT (organisation_id) DO UPDATE SET gln = excluded.gln, reference = excluded.reference,
                order_number = excluded.order_number, account_string = excluded.account_string
            """)
    }

    private static func addGLN(_ gln: GLN, to organisation: Identifier<Organisation>, in work: Work) async throws {
        try await work.transaction.execute(
            "INSERT INTO organisation_gln (gln, organisation_id) VALUES (\(gln.description), \(organisation.value))")
    }

    /// Locks the organisation's row. Every move of an agreement begins with it: concurrent exclusion checks would deadlock otherwise.
    static func lock(_ organisation: Identifier<Organisation>, in work: Work) async throws {
        _ = try await work.transaction.first("SELECT id FROM organisation WHERE id = \(organisation.value) FOR UPDATE", as: Int64.self)
    }
}
