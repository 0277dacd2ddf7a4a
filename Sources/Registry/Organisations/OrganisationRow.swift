public import Domain
public import Postgres

extension OrganisationRecord: RowDecodable {
    static var table: SQL {
        """
        organisation AS o
        LEFT JOIN billing_contact AS b ON b.organisation_id = o.id
        LEFT JOIN LATERAL (SELECT array_agg(gln ORDER BY gln) AS glns FROM organisation_gln WHERE organisation_id = o.id) AS g ON true
        """
    }

    public static var columns: SQL {
        """
        o.id, o.import_id, o.kind, o.name, o.cvr, o.municipality_code, o.region_code, o.street, o.postal_code, o.city,
        coalesce(g.glns, '{}'), b.gln, b.reference, b.order_number, b.account_string
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), importID: try row.next(), kind: try row.word(), name: try row.next(),
            cvr: try row.optional(try row.next(String?.self)) { CVRNumber($0) }, municipalityCode: try row.next(),
            regionCode: try row.next(),
            address: PostalAddress(street: try row.next(), postalCode: try row.next(), city: try row.next()),
            glns: try row.domain(try row.next([String].self)) { texts in
                let glns = texts.compactMap { GLN($0) }
                return glns.count == texts.count ? glns : nil
            },
            billing: BillingContact(
                gln: try row.optional(try row.next(String?.self)) { GLN($0) }, reference: try row.next(), orderNumber: try row.next(),
                accountString: try row.next()))
    }
}
