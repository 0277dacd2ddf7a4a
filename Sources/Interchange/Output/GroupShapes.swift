public import Domain

// The public shapes of groups, their seats, meetings and documents, and of what is to be looked at.

extension GroupRecord {
    /// The group and whom to ask about it on a day.
    public func write(to json: inout CanonicalJSON, on day: CivilDate) {
        let roster = roster(on: day)
        json.object {
            writeMembers(to: &$0)
            $0.name("chair")
            if let chair = roster.chair { chair.write(to: &$0) } else { $0.null() }
            $0.name("contacts")
            $0.array { for seat in roster.contacts { seat.write(to: &$0) } }
            $0.member("seats", roster.seats.count)
            $0.member("votes", roster.votes)
        }
    }
}

extension GroupRecord {
    /// What is said of a group on any day.
    func writeMembers(to json: inout CanonicalJSON) {
        json.member("group", name)
        json.member("groupId", id.value)
        json.member("kind", kind.rawValue)
        json.member("product", productName)
        json.member("productId", product?.value)
        json.member("commissionedOn", commissionedOn)
        json.member("closedOn", closedOn)
        json.member("seatLimit", seatLimit)
        json.member("decision", decision)
    }
}

extension Seat {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("seat", id.value)
            $0.member("group", groupName)
            $0.member("groupId", group.value)
            $0.member("person", personName)
            $0.member("personId", person.value)
            $0.member("email", email)
            $0.organisation(cvr: organisationCVR, id: organisation, name: organisationName)
            $0.member("role", role.rawValue)
            $0.member("votes", votes)
            $0.term(term)
            $0.member("electedUntil", electedUntil)
            $0.member("decision", decision)
        }
    }
}

extension CommissionRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("version", version.description)
            $0.signature("signature", signature)
            $0.member("link", link?.description)
            $0.name("documents")
            $0.array { for document in documents { document.write(to: &$0) } }
        }
    }
}

extension GroupFinding {
    /// `since` is null where the register holds no day of what it is about.
    public func write(to json: inout CanonicalJSON, saying sentence: String) {
        json.object {
            $0.member("finding", kind.rawValue)
            $0.member("group", groupName)
            $0.member("product", productName)
            $0.member("since", since)
            $0.member("detail", sentence)
            $0.name("seats")
            $0.array { for seat in seats { seat.write(to: &$0) } }
        }
    }
}
