/// A group an organisation sits in, as it looks it up: its own people in it, and whom to ask about it.
public struct OrganisationGroup: Sendable, Hashable {
    public let id: Identifier<Group>
    public let name: String
    public let kind: GroupKind
    /// The product it is about, where there is one.
    public let product: ProductMention?
    /// The organisation's own, by the order of roles and by first day.
    public let people: [SeatHolder]
    /// Whom to ask, the organisation's own included: contact persons and the product's coordinator.
    public let contacts: [SeatHolder]

    public init(
        id: Identifier<Group>, name: String, kind: GroupKind, product: ProductMention?, people: [SeatHolder], contacts: [SeatHolder]
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.product = product
        self.people = people
        self.contacts = contacts
    }
}

/// A product as it is mentioned elsewhere.
public struct ProductMention: Sendable, Hashable {
    public let id: Identifier<Product>
    public let name: String

    public init(id: Identifier<Product>, name: String) {
        self.id = id
        self.name = name
    }
}

/// Somebody with a seat in a group, with how to reach them: for their own organisation, and for everybody where they are whom to ask (DOMAIN §4).
public struct SeatHolder: Sendable, Hashable {
    public let seat: Identifier<Seat>
    public let person: Identifier<Person>
    public let personName: String
    public let email: String
    public let phone: String?
    public let role: SeatRole
    /// 0…100.
    public let votes: Int
    public let term: Term
    public let organisation: OrganisationName

    public init(
        seat: Identifier<Seat>, person: Identifier<Person>, personName: String, email: String, phone: String?, role: SeatRole, votes: Int,
        term: Term, organisation: OrganisationName
    ) {
        self.seat = seat
        self.person = person
        self.personName = personName
        self.email = email
        self.phone = phone
        self.role = role
        self.votes = votes
        self.term = term
        self.organisation = organisation
    }
}
