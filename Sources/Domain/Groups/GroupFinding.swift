/// Something about a group or a product that somebody should look at (DOMAIN §4). A finding states what is on record and ends nothing.
public struct GroupFinding: Sendable, Hashable {
    /// The rule. The code is what scripts read; the sentence comes from `Wording`.
    public enum Kind: String, Sendable, CaseIterable {
        /// The organisation is no longer part of what its seat stands on: its membership, or its agreement on the product, has ended.
        case organisationLeft = "ORGANISATION_LEFT"
        /// It never was: a seat on the board or a committee for somebody who is no member, in a product group for one who has not joined.
        case notTakingPart = "NOT_TAKING_PART"
        /// The term somebody was elected for is over, and the seat goes on.
        case termExpired = "TERM_EXPIRED"
        /// Votes for one who may have none: supplier people, project managers, secretaries and others who advise.
        case votesNotAllowed = "VOTES_NOT_ALLOWED"
        /// The board and steering groups have a chair.
        case noChair = "NO_CHAIR"
        /// Nobody to ask about the group.
        case noContact = "NO_CONTACT"
        /// More seats than the group has set itself.
        case seatLimitExceeded = "SEAT_LIMIT_EXCEEDED"
        /// The board is a chair and at least four more.
        case boardTooSmall = "BOARD_TOO_SMALL"
        /// Two persons on the board for one organisation.
        case twoBoardSeats = "TWO_BOARD_SEATS"
        /// Model of 2016, level 3: the board holds the majority of votes in the steering group.
        case boardMajorityMissing = "BOARD_MAJORITY_MISSING"
        /// Model of 2016, level 3: at least one board member sits in the coordination group.
        case boardNotCoordinating = "BOARD_NOT_COORDINATING"
        /// Model of 2025, level 3: the board is represented in the steering group.
        case boardNotRepresented = "BOARD_NOT_REPRESENTED"
        /// Level 2 is approved and level 3 appointed by the board.
        case steeringGroupNotApproved = "STEERING_GROUP_NOT_APPROVED"
        /// Levels 2 and 3 have a steering group.
        case steeringGroupMissing = "STEERING_GROUP_MISSING"
        /// Level 1 needs a contact person, and nothing else.
        case productContactMissing = "PRODUCT_CONTACT_MISSING"
    }

    public let kind: Kind
    /// The group's name; nothing where it is about a product as a whole.
    public let groupName: String?
    /// The product's name, where the group is one's or the finding about one.
    public let productName: String?
    /// The seats that show it; none where it is about what is missing.
    public let seats: [Seat]
    /// What its sentence needs beyond names, in the order the sentence takes it.
    public let facts: [String]
    /// The first day of the unbroken run of days, up to the one that was asked about, on which it was so. As far back as the register goes; nothing
    /// where it holds no day of what this is about. A product's level has no date, so what it asks for counts as always asked for.
    public let since: CivilDate?

    public init(
        _ kind: Kind, groupName: String?, productName: String?, seats: [Seat] = [], facts: [String] = [], since: CivilDate?
    ) {
        self.kind = kind
        self.groupName = groupName
        self.productName = productName
        self.seats = seats
        self.facts = facts
        self.since = since
    }
}
