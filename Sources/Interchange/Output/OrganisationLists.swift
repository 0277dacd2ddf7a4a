public import Domain

// Organisations and their inhabitants as rows of a table, and the public shape of a count.

extension OrganisationRecord: CSVRow {
    public static var csvHeader: [String] {
        [
            "organisation", "organisationId", "name", "kind", "municipalityCode", "regionCode", "street", "postalCode", "city", "glns",
            "billingGln", "billingReference", "orderNumber", "accountString",
        ]
    }

    public var csvCells: [String] {
        [
            cell(cvr), id.description, name, kind.rawValue, cell(municipalityCode), cell(regionCode), cell(address.street),
            cell(address.postalCode), cell(address.city), glns.map(\.description).joined(separator: " "), cell(billing.gln),
            cell(billing.reference), cell(billing.orderNumber), cell(billing.accountString),
        ]
    }
}

extension InhabitantsRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(organisation)
            $0.member("inhabitants", inhabitants)
            $0.member("countedOn", countedOn)
        }
    }

    public static var csvHeader: [String] { ["organisation", "organisationId", "name", "inhabitants", "countedOn"] }

    public var csvCells: [String] {
        [cell(organisation.cvr), organisation.id.description, organisation.name, String(inhabitants), countedOn.description]
    }
}
