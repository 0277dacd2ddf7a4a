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

/// An agreement that would be charged more lines in one day than the setting *line limit* allows: a sign of a mistake. Posting is refused; looking is not.
public struct CrowdedAgreement: Sendable, Hashable {
    public let place: ChargePlace
    /// The organisation's.
    public let name: String
    /// With those that the day has brought already.
    public let lines: Int
    public let limit: Int

    public init(place: ChargePlace, name: String, lines: Int, limit: Int) {
        self.place = place
        self.name = name
        self.lines = lines
        self.limit = limit
    }
}

/// What is charged for, whoever pays and for whatever period: a run's subtotals go by it.
struct ChargeSort: Hashable, Comparable {
    let subject: Subject
    let charge: ChargeKind

    static func < (left: ChargeSort, right: ChargeSort) -> Bool {
        (left.subject, left.charge.place) < (right.subject, right.charge.place)
    }
}

/// Who is charged for what, in whatever period: two years are compared by it.
struct PartyCharge: Hashable {
    let place: ChargePlace
    let charge: ChargeKind

    init(_ key: ChargeKey) {
        place = key.place
        charge = key.charge
    }
}
