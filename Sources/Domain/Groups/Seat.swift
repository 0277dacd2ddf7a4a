/// A person's place in a group, on behalf of an organisation, in a role, on some days (DOMAIN §4).
public struct Seat: Sendable, Hashable {
    public let id: Identifier<Seat>
    public let group: Identifier<Group>
    public let groupName: String
    public let person: Identifier<Person>
    public let personName: String
    public let email: String
    public let phone: String?
    public let organisation: Identifier<Organisation>
    public let organisationName: String
    public let organisationCVR: CVRNumber?
    public let organisationKind: OrganisationKind
    public let role: SeatRole
    /// 0…100; more than none only in a role that ``SeatRole/mayVote``.
    public let votes: Int
    public let term: Term
    /// The last day of the term the person was elected for, where it is stated; see ``lastDayElected(to:)``.
    public let electedUntil: CivilDate?
    /// The reference of the decision that appointed.
    public let decision: String?

    public init(
        id: Identifier<Seat>, group: Identifier<Group>, groupName: String, person: Identifier<Person>, personName: String, email: String,
        organisation: Identifier<Organisation>, organisationName: String, organisationCVR: CVRNumber?, organisationKind: OrganisationKind,
        role: SeatRole, votes: Int, term: Term, electedUntil: CivilDate?, decision: String?,
        phone: String? = nil
    ) {
        self.id = id
        self.group = group
        self.groupName = groupName
        self.person = person
        self.personName = personName
        self.email = email
        self.phone = phone
        self.organisation = organisation
        self.organisationName = organisationName
        self.organisationCVR = organisationCVR
        self.organisationKind = organisationKind
        self.role = role
        self.votes = votes
        self.term = term
        self.electedUntil = electedUntil
        self.decision = decision
    }
}

extension Seat {
    /// The last day of the term the person was elected for: as stated, or else by the rule of the board. Nothing where there is no term.
    ///
    /// The board sits for two years and its chair is elected in odd years (DOMAIN §4), by a general assembly in April or May (§5). So a term runs to
    /// the last day of May two years after the assembly it began with or after, and the chair's to that of the next odd year.
    public func lastDayElected(to kind: GroupKind) -> CivilDate? {
        if let electedUntil { return electedUntil }
        guard kind == .board, role.mayVote || role == .alternate else { return nil }
        let (year, month, _) = term.first.components
        let assembly = month < 4 ? year - 1 : year
        let last = role == .chair && assembly % 2 == 0 ? assembly + 1 : assembly + 2
        return CivilDate(year: last, month: 5, day: 31)
    }
}
