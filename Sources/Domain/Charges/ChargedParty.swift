/// One organisation as a run reads it: who it is, where invoices go, what it agreed to, and what is posted.
public struct ChargedParty: Sendable {
    public let id: Identifier<Organisation>
    public let name: String
    public let cvr: CVRNumber?
    public let address: PostalAddress
    public let billing: BillingContact
    /// Spells of membership that may owe: active, under notice and ended agreements, by first day.
    public let memberships: [Spell]
    /// Adjustments of dues, by year.
    public let adjustments: [(year: BillingPeriod, adjustment: Adjustment)]
    /// What stands posted of dues, by year.
    public let posted: [PostedBalance]

    public init(
        id: Identifier<Organisation>, name: String, cvr: CVRNumber?, address: PostalAddress, billing: BillingContact, memberships: [Spell],
        adjustments: [(year: BillingPeriod, adjustment: Adjustment)], posted: [PostedBalance]
    ) {
        self.id = id
        self.name = name
        self.cvr = cvr
        self.address = address
        self.billing = billing
        self.memberships = memberships
        self.adjustments = adjustments
        self.posted = posted
    }

    /// Why no document can be addressed to the party; empty when one can.
    public var obstacles: [ParkingReason] {
        var reasons: [ParkingReason] = []
        if billing.gln == nil && cvr == nil { reasons.append(.noReceiver) }
        if billing.reference == nil { reasons.append(.noReference) }
        return reasons
    }
}

/// What stands posted on a key: invoiced less credited, and how often it was posted.
public struct PostedBalance: Sendable, Hashable {
    public let period: BillingPeriod
    public let balance: Money
    /// The revision the next posting takes (rule 12).
    public let postings: Int32

    public init(period: BillingPeriod, balance: Money, postings: Int32) {
        self.period = period
        self.balance = balance
        self.postings = postings
    }
}
