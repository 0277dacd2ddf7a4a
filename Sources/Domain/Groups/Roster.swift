/// Who sits in a group on one day.
public struct Roster: Sendable, Hashable {
    public let day: CivilDate
    /// In the order of the roles; in each the one who has been there longest first.
    public let seats: [Seat]

    /// - Parameter seats: by first day.
    init(day: CivilDate, seats: [Seat]) {
        self.day = day
        self.seats = SeatRole.allCases.flatMap { role in seats.filter { $0.role == role } }
    }

    public var chair: Seat? { seats.first { $0.role == .chair } }

    /// Whom to ask: the group's contact persons and its product's coordinator.
    public var contacts: [Seat] { seats.filter(\.role.isContact) }

    /// The seats that count towards the group's limit, and that decide.
    public var members: [Seat] { seats.filter(\.role.mayVote) }

    public var votes: Int { seats.reduce(0) { $0 + $1.votes } }
}
