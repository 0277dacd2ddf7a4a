public import Domain

// The public shapes of people and of what they are to organisations. A person's own name is `person`; `name` is always an organisation's.

extension ContactRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("contact", id.value)
            $0.member("person", name)
            $0.member("personId", person.value)
            $0.member("email", email)
            $0.member("phone", phone)
            $0.member("role", role.rawValue)
            $0.organisation(organisation)
            $0.term(term)
        }
    }

    public static var csvHeader: [String] {
        ["contact", "person", "personId", "email", "phone", "role", "organisation", "organisationId", "name", "from", "to"]
    }

    public var csvCells: [String] {
        [
            id.description, name, person.description, email, cell(phone), role.rawValue, cell(organisation.cvr),
            organisation.id.description,
            organisation.name, term.first.description, cell(term.last),
        ]
    }
}

extension PersonRecord: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("person", name)
            $0.member("personId", id.value)
            $0.member("email", email)
            $0.member("phone", phone)
            $0.organisation(organisation)
            $0.name("roles")
            $0.array { for role in roles { role.write(to: &$0) } }
        }
    }

    public static var csvHeader: [String] { ["person", "personId", "email", "phone", "organisation", "organisationId", "name", "roles"] }

    /// A role is its word, then the organisation's name.
    public var csvCells: [String] {
        [
            name, id.description, email, cell(phone), cell(organisation?.cvr), cell(organisation?.id), cell(organisation?.name),
            roles.map { "\($0.role.rawValue) \($0.organisation.name)" }.joined(separator: "; "),
        ]
    }
}

extension PersonRecord.Role {
    fileprivate func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("role", role.rawValue)
            $0.organisation(organisation)
            $0.term(term)
        }
    }
}
