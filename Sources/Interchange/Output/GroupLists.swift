public import Domain

// Groups as a caller sees them, and seats as rows of a table.

extension GroupEntry: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        let roster = group.roster(on: day)
        json.object {
            group.writeMembers(to: &$0)
            $0.name("chair")
            if let chair = roster.chair { chair.writeContact(to: &$0) } else { $0.null() }
            $0.name("contacts")
            $0.array { for seat in roster.contacts { seat.writeContact(to: &$0) } }
            $0.member("seats", size.seats)
            $0.member("votes", size.votes)
        }
    }

    public static var csvHeader: [String] {
        [
            "group", "groupId", "kind", "product", "productId", "commissionedOn", "closedOn", "seatLimit", "decision", "chair", "contacts",
            "seats", "votes",
        ]
    }

    /// A contact is a name, then an e-mail address.
    public var csvCells: [String] {
        let roster = group.roster(on: day)
        return [
            group.name, group.id.description, group.kind.rawValue, cell(group.productName), cell(group.product), cell(group.commissionedOn),
            cell(group.closedOn), cell(group.seatLimit), cell(group.decision), cell(roster.chair?.personName),
            roster.contacts.map { "\($0.personName) \($0.email)" }.joined(separator: "; "), String(size.seats), String(size.votes),
        ]
    }
}

extension Seat: CSVRow {
    /// Somebody to ask about a group.
    public func writeContact(to json: inout CanonicalJSON) {
        json.object {
            $0.member("seat", id.value)
            $0.member("person", personName)
            $0.member("personId", person.value)
            $0.member("email", email)
            $0.member("phone", phone)
            $0.member("role", role.rawValue)
            $0.organisation(cvr: organisationCVR, id: organisation, name: organisationName)
        }
    }

    public static var csvHeader: [String] {
        [
            "seat", "group", "groupId", "person", "personId", "email", "organisation", "organisationId", "name", "role", "votes", "from",
            "to",
            "electedUntil", "decision",
        ]
    }

    public var csvCells: [String] {
        [
            id.description, groupName, group.description, personName, person.description, email, cell(organisationCVR),
            organisation.description, organisationName, role.rawValue, String(votes), term.first.description, cell(term.last),
            cell(electedUntil), cell(decision),
        ]
    }
}
