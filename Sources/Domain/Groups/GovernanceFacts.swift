/// Everything that findings about groups follow from. A value: the same facts and the same day always give the same findings.
public struct GovernanceFacts: Sendable {
    public let groups: [GroupRecord]
    public let products: [ProductRecord]
    /// The models of governance with the days they begin to hold.
    public let models: [(from: CivilDate, model: GovernanceModel)]
    /// By organisation and subject, in order.
    private let terms: [Belonging: [Term]]

    /// - Parameter agreements: the terms of all that are or were in force.
    public init(
        groups: [GroupRecord], agreements: [(organisation: Identifier<Organisation>, subject: Subject, term: Term)],
        products: [ProductRecord], models: [(from: CivilDate, model: GovernanceModel)]
    ) {
        self.groups = groups
        self.products = products
        self.models = models.sorted { $0.from < $1.from }
        terms = Dictionary(grouping: agreements) { Belonging(organisation: $0.organisation, subject: $0.subject) }
            .mapValues { $0.map(\.term).sorted { $0.first < $1.first } }
    }

    private struct Belonging: Hashable {
        let organisation: Identifier<Organisation>
        let subject: Subject
    }

    /// When an organisation was part of the association or of a product's cost sharing, in order.
    func terms(of organisation: Identifier<Organisation>, on subject: Subject) -> [Term] {
        terms[Belonging(organisation: organisation, subject: subject)] ?? []
    }

    func terms(on subject: Subject) -> [Term] { terms.filter { $0.key.subject == subject }.flatMap(\.value) }

    func model(on day: CivilDate) -> GovernanceModel? { models.last { $0.from <= day }?.model }

    func product(of group: GroupRecord) -> ProductRecord? { group.product.flatMap { id in products.first { $0.id == id } } }

    /// Who sits on the board, with a vote: whoever of them sits in another group as well is the board's voice there, for whatever organisation.
    func boardMembers(on day: CivilDate) -> Set<Identifier<Person>> {
        Set(groups.filter { $0.kind == .board }.flatMap { $0.roster(on: day).members.map(\.person) })
    }

    /// Is there a product whose groups the model of governance says something of?
    public var asksForModel: Bool { groups.contains { product(of: $0)?.level == .three } }

    /// What is to look at on a day: group by group as they were given, then product by product.
    public func findings(on today: CivilDate) -> [GroupFinding] {
        let ofGroups = groups.flatMap { group in
            settled(days(of: group), today) { GroupOnDay(group, on: $0, by: self)?.observations ?? [] }
                .map { $0.0.finding(groupName: group.name, productName: group.productName, since: $0.since) }
        }
        let ofProducts = products.flatMap { product in
            settled(days(of: product), today) { observations(of: product, on: $0) }
                .map { $0.0.finding(groupName: nil, productName: product.name, since: $0.since) }
        }
        return ofGroups + ofProducts
    }

    /// The observations of a day, each with the first day of its unbroken run.
    ///
    /// Between two of the given days nothing changes, so looking at one day for each is looking at all.
    private func settled(
        _ days: Set<CivilDate>, _ today: CivilDate, _ observe: (CivilDate) -> [Observation]
    ) -> [(Observation, since: CivilDate?)] {
        let current = observe(today)
        var since: [Observation.Key: CivilDate] = [:]
        var running = Set(current.map(\.key))
        for day in days.filter({ $0 <= today }).sorted(by: >) where !running.isEmpty {
            running.formIntersection(observe(day).map(\.key))
            for key in running { since[key] = day }
        }
        return current.map { ($0, since[$0.key]) }
    }
}

/// One thing to look at on one day.
struct Observation {
    /// What makes it the same thing on another day, while its evidence may differ.
    struct Key: Hashable {
        let kind: GroupFinding.Kind
        var seat: Identifier<Seat>?
        var organisation: Identifier<Organisation>?
    }

    let key: Key
    var seats: [Seat] = []
    var facts: [String] = []

    func finding(groupName: String?, productName: String?, since: CivilDate?) -> GroupFinding {
        GroupFinding(key.kind, groupName: groupName, productName: productName, seats: seats, facts: facts, since: since)
    }
}
