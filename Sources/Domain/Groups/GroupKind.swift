/// What kind of group it is (DOMAIN §4).
public enum GroupKind: String, Sendable, CaseIterable {
    /// Elected by the general assembly, each seat for a member (*bestyrelse*). There is one.
    case board
    /// All members together (*generalforsamling*). There is one; it meets and has no seats, because who votes is who is a member on the day.
    case generalAssembly
    /// Decides for a project or product (*styregruppe*).
    case steeringGroup
    /// Coordinates wishes and maintenance of a product (*koordinationsgruppe*); a product may have several.
    case coordinationGroup
    /// Set up by the board, makes guidance (*fagligt udvalg*).
    case expertCommittee
    /// Professionals around a topic (*faggruppe*); anyone may start one.
    case interestGroup

    /// Does a seat stand on the organisation being part of something? ``GroupRecord/belonging`` says of what.
    var demandsBelonging: Bool {
        switch self {
        case .board, .expertCommittee, .steeringGroup, .coordinationGroup: true
        case .generalAssembly, .interestGroup: false
        }
    }

    /// The board has a chair and a steering group elects one; nothing says so of the others.
    var needsChair: Bool { self == .board || self == .steeringGroup }

    /// Members must be able to look up whom to ask.
    var needsContact: Bool { self != .generalAssembly }
}
