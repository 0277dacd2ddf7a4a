/// As what somebody sits in a group (DOMAIN §4), in the order rosters list them.
public enum SeatRole: String, Sendable, CaseIterable {
    case chair, deputyChair, treasurer, member
    case secretary, projectManager, productCoordinator
    /// Whom to ask about the group.
    case contact
    case observer
    /// Steps in when a member leaves (*suppleant*).
    case alternate

    /// May a seat in this role have votes? The others advise, write or wait.
    public var mayVote: Bool {
        switch self {
        case .chair, .deputyChair, .treasurer, .member: true
        case .secretary, .projectManager, .productCoordinator, .contact, .observer, .alternate: false
        }
    }

    /// Is somebody in this role there when the group meets? An alternate waits, and a contact answers the telephone.
    var isAtTheTable: Bool { self != .alternate && self != .contact }

    /// Is this the group's, or its product's, contact person?
    public var isContact: Bool { self == .contact || self == .productCoordinator }
}
