import Domain

/// One CSV file of the import format: its columns, and how a row becomes a draft.
struct FolderTable {
    let file: String
    let columns: [String]
    /// The columns by which other rows refer to a row of this table.
    var identity: [String] = []
    /// The columns that a folder may leave out, as those written before there were such columns do. Left out is blank in every row.
    var optionalColumns: Set<String> = []
    /// May the whole file be left out, as if it had no rows?
    var isOptional = false
    /// Reads a row into the draft; whatever is wrong stays in the reader.
    let read: @Sendable (inout RowReader, inout ImportDraft) -> Void

    static let all = [
        decisions, organisations, inhabitants, people, contacts, products, supplierRoles, projects, pledges, placements, agreements, groups,
        seats, meetings, commissions,
    ]

    static let decisions = FolderTable(
        file: "decisions.csv", columns: ["reference", "decided_by", "decided_on", "title"], identity: ["reference"]
    ) { row, draft in
        let reference = row.required("reference", atMost: 100)
        let decidedBy = row.word("decided_by", DecisionMaker.self)
        let decidedOn = row.requiredDate("decided_on")
        let title = row.required("title")
        guard let reference, let decidedBy, let decidedOn, let title else { return }
        draft.decisions.append(
            DecisionDraft(
                location: row.location, reference: reference.value, decidedBy: decidedBy, decidedOn: decidedOn, title: title.value))
    }

    static let organisations = FolderTable(
        file: "organisations.csv",
        columns: [
            "id", "kind", "name", "cvr", "municipality_code", "region_code", "street", "postal_code", "city", "glns", "billing_gln",
            "billing_reference", "order_number", "account_string",
        ], identity: ["id", "name", "cvr", "municipality_code", "region_code"]
    ) { row, draft in
        let id = row.optional("id", atMost: 100)
        let kind = row.word("kind", OrganisationKind.self)
        let name = row.required("name", atMost: 200)
        let cvr = row.value("cvr", row.optional("cvr"), .cvrInvalid) { CVRNumber($0) }
        let municipality = row.value("municipality_code", row.optional("municipality_code"), .numberInvalid) { FolderTable.code($0) }
        let region = row.value("region_code", row.optional("region_code"), .numberInvalid) { FolderTable.code($0) }
        let postalCode = row.value("postal_code", row.optional("postal_code"), .numberInvalid) { FolderTable.code($0) }
        let street = row.optional("street")?.value
        let city = row.optional("city")?.value
        var glns: [GLN] = []
        if let cell = row.optional("glns") {
            for text in cell.value.split(separator: " ") {
                if let gln = GLN(text) { glns.append(gln) } else { row.refuse(cell, Refusal(.glnInvalid, String(text))) }
            }
        }
        let billingGLN = row.value("billing_gln", row.optional("billing_gln"), .glnInvalid) { GLN($0) }
        if let billingGLN, !glns.contains(billingGLN) { glns.append(billingGLN) }
        let billing = BillingContact(
            gln: billingGLN ?? glns.first, reference: row.optional("billing_reference")?.value,
            orderNumber: row.optional("order_number")?.value,
            accountString: row.optional("account_string")?.value)
        guard let kind, let name else { return }
        draft.organisations.append(
            OrganisationDraft(
                location: row.location, id: id?.value, kind: kind, name: name.value, cvr: cvr, municipalityCode: municipality,
                regionCode: region, address: PostalAddress(street: street, postalCode: postalCode, city: city), glns: glns, billing: billing
            ))
    }

    static let inhabitants = FolderTable(
        file: "inhabitants.csv", columns: ["organisation", "counted_on", "inhabitants", "source"]
    ) { row, draft in
        let organisation = row.required("organisation")
        let countedOn = row.requiredDate("counted_on")
        let inhabitants = row.value("inhabitants", row.required("inhabitants"), .numberInvalid) { text in
            text.utf8.allSatisfy(\.isDigit) ? Int32(text) : nil
        }
        let source = row.required("source")
        guard let organisation, let countedOn, let inhabitants, let source else { return }
        draft.inhabitants.append(
            InhabitantsDraft(
                location: row.location, organisation: organisation, countedOn: countedOn, inhabitants: inhabitants, source: source.value))
    }

    static let people = FolderTable(file: "people.csv", columns: ["name", "email", "phone"], identity: ["email"]) { row, draft in
        let name = row.required("name", atMost: 200)
        let email = row.value("email", row.required("email", atMost: 254), .emailInvalid) { EmailAddress($0) }
        let phone = row.optional("phone", atMost: 40)?.value
        guard let name, let email else { return }
        draft.people.append(PersonDraft(location: row.location, name: name.value, email: email, phone: phone))
    }

    static let contacts = FolderTable(
        file: "contacts.csv", columns: ["organisation", "email", "role", "from", "until"]
    ) { row, draft in
        let organisation = row.required("organisation")
        let email = row.required("email", atMost: 254)
        let role = row.word("role", ContactRole.self)
        let from = row.requiredDate("from")
        let until = row.date("until")
        guard let organisation, let email, let role, let from else { return }
        guard let term = Term(first: from, last: until) else {
            row.refuse(Refusal(.endBeforeStart, until?.description ?? "", from.description))
            return
        }
        draft.contacts.append(ContactDraft(location: row.location, organisation: organisation, email: email, role: role, term: term))
    }

    static let placements = FolderTable(
        file: "placements.csv", columns: ["organisation", "class", "reason", "decision", "first_year", "last_year"], isOptional: true
    ) { row, draft in
        let organisation = row.required("organisation")
        let sizeClass = row.word("class", SizeClass.self)
        let reason = row.required("reason")
        let decision = row.required("decision", atMost: 100)
        let first = row.value("first_year", row.required("first_year"), .numberInvalid) { FolderTable.year($0) }
        let last = row.value("last_year", row.optional("last_year"), .numberInvalid) { FolderTable.year($0) }
        if let first, let last, last < first { row.refuse(Refusal(.endBeforeStart, String(last), String(first))) }
        guard let organisation, let sizeClass, let reason, let decision, let first, row.problems.isEmpty else { return }
        draft.placements.append(
            PlacementDraft(
                location: row.location, organisation: organisation, sizeClass: sizeClass, reason: reason.value, decision: decision,
                firstYear: first, lastYear: last))
    }

    /// A year that billing knows.
    private static func year(_ text: String) -> Int? { BillingPeriod(text).flatMap { $0.half == nil ? $0.year : nil } }

    private static func code(_ text: String) -> String? { text.utf8.count == 4 && text.utf8.allSatisfy(\.isDigit) ? text : nil }
}
