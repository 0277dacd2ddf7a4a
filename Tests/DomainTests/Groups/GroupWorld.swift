import Domain

/// A made-up association of groups, built up line by line: people and organisations are numbers, and organisation n is a municipality that has been a member
/// from 2020 on, unless it is said otherwise.
struct GroupWorld {
    var groups: [GroupRecord] = []
    var products: [ProductRecord] = []
    var models: [(from: CivilDate, model: GovernanceModel)] = []
    private(set) var agreements: [(organisation: Identifier<Organisation>, subject: Subject, term: Term)] = []
    private var kinds: [Int64: OrganisationKind] = [:]
    private var seats = 0

    static func day(_ text: String) -> CivilDate { CivilDate(text) ?? .epoch }

    static func term(_ text: String) -> Term {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let first = day(String(parts[0]))
        return Term(first: first, last: parts.count > 1 ? day(String(parts[1])) : nil) ?? term("2000-01-01")
    }

    /// An organisation of another kind.
    mutating func organisation(_ number: Int64, is kind: OrganisationKind) { kinds[number] = kind }

    /// An agreement from a day, or from one day through another: `2020-01-01/2026-10-31`.
    mutating func agreement(_ organisation: Int64, on subject: Subject = .association, _ term: String = "2020-01-01") {
        agreements.append((Identifier(organisation), subject, GroupWorld.term(term)))
    }

    mutating func member(_ organisations: ClosedRange<Int64>) { for number in organisations { agreement(number) } }

    @discardableResult
    mutating func product(_ number: Int64, level: GovernanceLevel?, coordinator: Bool = false) -> Identifier<Product> {
        let id = Identifier<Product>(number)
        products.append(
            ProductRecord(
                id: id, name: "Product \(number)", account: nil, repository: nil, level: level,
                coordinator: coordinator ? ProductCoordinator(name: "C", email: "c@p.example") : nil))
        return id
    }

    /// A group that is there from 2020 on.
    mutating func group(
        _ name: String, _ kind: GroupKind, of product: Identifier<Product>? = nil, during life: String = "2020-01-01", limit: Int? = nil,
        decidedBy: DecisionMaker? = .board, _ seats: [Seat] = []
    ) {
        let life = GroupWorld.term(life)
        groups.append(
            GroupRecord(
                id: Identifier(Int64(groups.count + 1)), name: name, kind: kind, product: product,
                productName: product.map { "Product \($0)" }, commissionedOn: life.first, closedOn: life.last, seatLimit: limit,
                decision: decidedBy.map { _ in "B-1" }, decidedBy: decidedBy, seats: seats.map { seat($0, in: name) }))
    }

    /// A seat for organisation `organisation` of person `person`, from 2025-04-24 on.
    static func seat(
        _ person: Int64, for organisation: Int64, _ role: SeatRole = .member, _ term: String = "2025-04-24", votes: Int? = nil,
        electedUntil: String? = nil
    ) -> Seat {
        Seat(
            id: Identifier(0), group: Identifier(0), groupName: "", person: Identifier(person), personName: "Person \(person)",
            email: "p\(person)@o\(organisation).example", organisation: Identifier(organisation),
            organisationName: "Organisation \(organisation)", organisationCVR: nil, organisationKind: .municipality, role: role,
            votes: votes ?? (role.mayVote ? 1 : 0), term: GroupWorld.term(term), electedUntil: electedUntil.map(day), decision: nil)
    }

    private mutating func seat(_ seat: Seat, in group: String) -> Seat {
        seats += 1
        return Seat(
            id: Identifier(Int64(seats)), group: Identifier(Int64(groups.count + 1)), groupName: group, person: seat.person,
            personName: seat.personName, email: seat.email, organisation: seat.organisation, organisationName: seat.organisationName,
            organisationCVR: nil, organisationKind: kinds[seat.organisation.value] ?? .municipality, role: seat.role, votes: seat.votes,
            term: seat.term, electedUntil: seat.electedUntil, decision: nil)
    }

    var facts: GovernanceFacts { GovernanceFacts(groups: groups, agreements: agreements, products: products, models: models) }

    /// `CODE of what since when: whose seats`, in the order they come.
    func findings(on day: String) -> [String] { facts.findings(on: GroupWorld.day(day)).map(\.line) }

    /// A board of five, each for a member, with a chair and a contact: nothing to look at until the end of May 2027.
    mutating func board(_ persons: ClosedRange<Int64> = 101...105) {
        member(persons)
        let seats = persons.map { GroupWorld.seat($0, for: $0, $0 == persons.lowerBound ? .chair : .member) }
        group("Board", .board, seats + [GroupWorld.seat(persons.lowerBound, for: persons.lowerBound, .contact)])
    }
}

extension GroupFinding {
    var line: String {
        let people = seats.map(\.personName).joined(separator: ", ")
        return "\(kind.rawValue) \(groupName ?? productName ?? "") \(since?.description ?? "?")" + (people.isEmpty ? "" : ": \(people)")
    }
}
