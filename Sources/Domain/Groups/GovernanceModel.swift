/// Which model of governance holds: what it asks of the groups of a product on level 3 (DOMAIN §4). A dated setting.
public enum GovernanceModel: String, Sendable, CaseIterable {
    /// The board holds the majority of votes in the steering group, and a board member sits in each coordination group.
    case of2016 = "2016"
    /// The board is represented in the steering group.
    case of2025 = "2025"
}
