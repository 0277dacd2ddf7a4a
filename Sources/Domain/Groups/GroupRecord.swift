/// People who decide, coordinate or advise together (*gruppe*).
public enum Group {}

/// A group as the register holds it, with every seat there was, is and will be.
public struct GroupRecord: Sendable, Hashable {
    public let id: Identifier<Group>
    public let name: String
    public let kind: GroupKind
    /// Always of a coordination group, of a steering group once its project is a product, of no other.
    public let product: Identifier<Product>?
    public let productName: String?
    /// The day it was commissioned; nothing where that is not known.
    public let commissionedOn: CivilDate?
    /// Its last day; nothing while it goes on.
    public let closedOn: CivilDate?
    /// How many may sit with a vote, 1…1000; nothing where there is no limit.
    public let seatLimit: Int?
    /// The reference of the decision that made or approved it, and who decided.
    public let decision: String?
    public let decidedBy: DecisionMaker?
    /// By first day. Those that were recorded by mistake are not among them.
    public let seats: [Seat]

    public init(
        id: Identifier<Group>, name: String, kind: GroupKind, product: Identifier<Product>?, productName: String?,
        commissionedOn: CivilDate?, closedOn: CivilDate?, seatLimit: Int?, decision: String?, decidedBy: DecisionMaker?, seats: [Seat]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.product = product
        self.productName = productName
        self.commissionedOn = commissionedOn
        self.closedOn = closedOn
        self.seatLimit = seatLimit
        self.decision = decision
        self.decidedBy = decidedBy
        self.seats = seats
    }

    /// Is the group there on a day?
    public func exists(on day: CivilDate) -> Bool { commissionedOn.map { $0 <= day } ?? true && closedOn.map { day <= $0 } ?? true }

    /// Who sits in it on a day; nobody when it is not there.
    public func roster(on day: CivilDate) -> Roster {
        Roster(day: day, seats: exists(on: day) ? seats.filter { $0.term.contains(day) } : [])
    }

    /// What an organisation with a seat is part of: a product group's has joined the product, any other's the association.
    var belonging: Subject { product.map { .product($0) } ?? .association }

    /// Does a seat here stand on being part of ``belonging``? That of a project's steering group does not: nothing can be joined yet.
    var demandsBelonging: Bool { kind.demandsBelonging && !(kind == .steeringGroup && product == nil) }
}
