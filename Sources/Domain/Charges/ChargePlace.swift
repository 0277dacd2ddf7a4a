/// Whose charges, and on what: an organisation's agreement, whatever its charges and periods.
public struct ChargePlace: Sendable, Hashable, Comparable {
    public let organisation: Identifier<Organisation>
    public let subject: Subject

    public init(organisation: Identifier<Organisation>, subject: Subject) {
        self.organisation = organisation
        self.subject = subject
    }

    public static func < (left: ChargePlace, right: ChargePlace) -> Bool {
        (left.subject, left.organisation) < (right.subject, right.organisation)
    }
}

extension ChargeKey {
    public var place: ChargePlace { ChargePlace(organisation: organisation, subject: subject) }
}
