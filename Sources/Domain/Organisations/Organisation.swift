/// Any party the association deals with.
public enum OrganisationKind: String, Sendable, CaseIterable, Codable {
    case municipality
    case region
    case stateBody
    case otherPublicBody
    case supplier
    /// OS2 itself, the seller on every invoice.
    case association

    /// May this kind become a member? Only public authorities may (bylaws; DOMAIN §1).
    public var mayBeMember: Bool {
        switch self {
        case .municipality, .region, .stateBody, .otherPublicBody: true
        case .supplier, .association: false
        }
    }
}

/// An organisation (*organisation*) as the register keeps it.
public enum Organisation {}

/// A postal address; every part may be unknown. The country is always Denmark.
public struct PostalAddress: Sendable, Hashable {
    public var street: String?
    public var postalCode: String?
    public var city: String?

    public init(street: String?, postalCode: String?, city: String?) {
        self.street = street
        self.postalCode = postalCode
        self.city = city
    }

    public static let unknown = PostalAddress(street: nil, postalCode: nil, city: nil)

    /// The law wants the address of both parties on an invoice (momsbekendtgørelsen § 58); without street, code or city it is not one.
    public var isComplete: Bool { street != nil && postalCode != nil && city != nil }
}
