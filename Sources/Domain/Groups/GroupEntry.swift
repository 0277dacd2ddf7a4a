/// A group as a caller sees it on a day: whom to ask by name, the others in number.
public struct GroupEntry: Sendable, Hashable {
    /// With the seats the caller may see, so perhaps without its chair's.
    public let group: GroupRecord
    public let day: CivilDate
    /// How many seats there are on the day, whoever may see them, and how many votes they have together.
    public let size: GroupSize

    package init(group: GroupRecord, day: CivilDate, size: GroupSize) {
        self.group = group
        self.day = day
        self.size = size
    }
}

/// How large a group is on a day.
public struct GroupSize: Sendable, Hashable {
    public let seats: Int
    public let votes: Int

    package init(seats: Int, votes: Int) {
        self.seats = seats
        self.votes = votes
    }
}
