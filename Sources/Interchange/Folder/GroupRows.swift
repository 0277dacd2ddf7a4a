import Domain

extension FolderTable {
    static let groups = FolderTable(
        file: "groups.csv", columns: ["name", "kind", "product", "commissioned_on", "closed_on", "seat_limit", "decision"],
        identity: ["name"], isOptional: true
    ) { row, draft in
        let name = row.required("name", atMost: 200)
        let kind = row.word("kind", GroupKind.self)
        let product = row.optional("product", atMost: 100)
        let commissionedOn = row.date("commissioned_on")
        let closedOn = row.date("closed_on")
        let seatLimit = row.value("seat_limit", row.optional("seat_limit"), .numberInvalid) { RowReader.number($0, in: 1...1000) }
        let decision = row.optional("decision", atMost: 100)
        guard let name, let kind, let cell = row.cell("kind"), row.problems.isEmpty else { return }
        draft.groups.append(
            GroupDraft(
                location: row.location, name: name.value, kind: Located(kind, at: cell.location), product: product,
                commissionedOn: commissionedOn, closedOn: closedOn, seatLimit: seatLimit, decision: decision))
    }

    static let seats = FolderTable(
        file: "seats.csv",
        columns: ["group", "email", "organisation", "role", "votes", "from", "until", "elected_until", "decision", "void"],
        optionalColumns: ["elected_until"], isOptional: true
    ) { row, draft in
        let group = row.required("group", atMost: 200)
        let email = row.required("email", atMost: 254)
        let organisation = row.required("organisation")
        let role = row.word("role", SeatRole.self)
        let votes = row.value("votes", row.optional("votes"), .numberInvalid) { RowReader.number($0, in: 0...100) }
        let from = row.requiredDate("from")
        let until = row.date("until")
        let electedUntil = row.date("elected_until")
        let decision = row.optional("decision", atMost: 100)
        let isVoid = row.isVoid()
        guard let group, let email, let organisation, let role, let from, row.problems.isEmpty,
            let term = row.term(from, until)
        else {
            if let group, let email { draft.unreadable.insert(SeatDraft.identity(of: email.value, in: group.value)) }
            return
        }
        draft.seats.append(
            SeatDraft(
                location: row.location, group: group, email: email, organisation: organisation,
                facts: SeatFacts(role: role, votes: votes, term: term, electedUntil: electedUntil, isVoid: isVoid), decision: decision))
    }

    static let meetings = FolderTable(
        file: "meetings.csv", columns: ["group", "held_on", "called_on", "agenda", "minutes", "present", "absent", "void"],
        isOptional: true
    ) { row, draft in
        let group = row.required("group", atMost: 200)
        let heldOn = row.requiredDate("held_on")
        let facts = MeetingFacts(
            calledOn: row.date("called_on"), agenda: row.link("agenda"), minutes: row.link("minutes"), isVoid: row.isVoid())
        let attendance = row.emails("present").map { ($0, true) } + row.emails("absent").map { ($0, false) }
        guard let group, let heldOn, row.problems.isEmpty else { return }
        draft.meetings.append(
            MeetingDraft(location: row.location, group: group, heldOn: heldOn, facts: facts, attendance: attendance))
    }

    static let commissions = FolderTable(
        file: "commissions.csv", columns: ["group", "version", "signed_on", "signed_by", "signer_title", "link"], isOptional: true
    ) { row, draft in
        let group = row.required("group", atMost: 200)
        let version = row.value("version", row.required("version"), .versionInvalid) { VersionNumber($0) }
        let signedOn = row.requiredDate("signed_on")
        let signedBy = row.required("signed_by", atMost: 200)
        let title = row.required("signer_title", atMost: 200)
        let link = row.link("link")
        guard let group, let version, let signedOn, let signedBy, let title, row.problems.isEmpty else { return }
        draft.commissions.append(
            CommissionDraft(
                location: row.location, group: group, version: version,
                signature: Signature(name: signedBy.value, title: title.value, date: signedOn), link: link))
    }
}

extension RowReader {
    fileprivate mutating func term(_ from: CivilDate, _ until: CivilDate?) -> Term? {
        if let term = Term(first: from, last: until) { return term }
        refuse(Refusal(.endBeforeStart, until?.description ?? "", from.description))
        return nil
    }

    fileprivate mutating func link(_ column: String) -> WebLink? { value(column, optional(column), .linkInvalid) { WebLink($0) } }

    fileprivate mutating func isVoid() -> Bool? { value("void", optional("void"), .valueUnknown) { ["yes": true, "no": false][$0] } }

    /// E-mail addresses with spaces between; as many as a cell holds.
    fileprivate mutating func emails(_ column: String) -> [Located<String>] {
        guard let cell = optional(column, atMost: CSVReader.longestCell) else { return [] }
        return cell.value.split(separator: " ").map { Located(String($0), at: cell.location) }
    }

    /// A whole number in digits alone.
    fileprivate static func number(_ text: String, in range: ClosedRange<Int>) -> Int? {
        guard text.utf8.allSatisfy(\.isDigit), let number = Int(text), range.contains(number) else { return nil }
        return number
    }
}
