/// A group as a row of a folder or a verb states it. What is blank is unknown to the row and changes nothing.
public struct GroupDraft: Sendable {
    public let location: SourceLocation
    public var name: String
    public var kind: Located<GroupKind>
    /// A product's name.
    public var product: Located<String>?
    public var commissionedOn: CivilDate?
    public var closedOn: CivilDate?
    /// 1…1000.
    public var seatLimit: Int?
    public var decision: Located<String>?

    public init(
        location: SourceLocation, name: String, kind: Located<GroupKind>, product: Located<String>?, commissionedOn: CivilDate?,
        closedOn: CivilDate?, seatLimit: Int?, decision: Located<String>?
    ) {
        self.location = location
        self.name = name
        self.kind = kind
        self.product = product
        self.commissionedOn = commissionedOn
        self.closedOn = closedOn
        self.seatLimit = seatLimit
        self.decision = decision
    }
}

/// What a row or a verb says of a seat; nothing where it does not say.
public struct SeatFacts: Sendable, Hashable {
    public var role: SeatRole
    /// 0…100; a new seat gets one vote where nothing is said and its role may have one, but for suppliers.
    public var votes: Int?
    public var term: Term
    /// The last day of the term the person is elected for.
    public var electedUntil: CivilDate?
    /// It was recorded by mistake.
    public var isVoid: Bool?

    public init(role: SeatRole, votes: Int? = nil, term: Term, electedUntil: CivilDate? = nil, isVoid: Bool? = nil) {
        self.role = role
        self.votes = votes
        self.term = term
        self.electedUntil = electedUntil
        self.isVoid = isVoid
    }
}

/// A seat as a row of a folder states it. Group, person, organisation and decision are resolved when it is stored.
public struct SeatDraft: Sendable {
    public let location: SourceLocation
    public var group: Located<String>
    /// The person's e-mail address.
    public var email: Located<String>
    public var organisation: Located<String>
    public var facts: SeatFacts
    public var decision: Located<String>?

    public init(
        location: SourceLocation, group: Located<String>, email: Located<String>, organisation: Located<String>, facts: SeatFacts,
        decision: Located<String>?
    ) {
        self.location = location
        self.group = group
        self.email = email
        self.organisation = organisation
        self.facts = facts
        self.decision = decision
    }

    /// The text by which a meeting's row means a person's seat, so that one that is refused is not reported once more.
    package static func identity(of email: String, in group: String) -> String { "\(group.lowercased()) \(email)" }
}

/// A meeting as a row of a folder states it.
public struct MeetingDraft: Sendable {
    public let location: SourceLocation
    public var group: Located<String>
    public var heldOn: CivilDate
    public var facts: MeetingFacts
    /// Each the e-mail address of somebody with a seat on the day, with whether that person was there.
    public var attendance: [(email: Located<String>, isPresent: Bool)]

    public init(
        location: SourceLocation, group: Located<String>, heldOn: CivilDate, facts: MeetingFacts,
        attendance: [(email: Located<String>, isPresent: Bool)]
    ) {
        self.location = location
        self.group = group
        self.heldOn = heldOn
        self.facts = facts
        self.attendance = attendance
    }
}

/// A signed version of a commissioning document as a row of a folder states it.
public struct CommissionDraft: Sendable {
    public let location: SourceLocation
    public var group: Located<String>
    public var version: VersionNumber
    public var signature: Signature
    public var link: WebLink?

    public init(location: SourceLocation, group: Located<String>, version: VersionNumber, signature: Signature, link: WebLink?) {
        self.location = location
        self.group = group
        self.version = version
        self.signature = signature
        self.link = link
    }
}
