/// The receiver of a run's documents: who it is, where invoices go, and whose keys it answers for.
public struct ChargedParty: Sendable {
    public let id: Identifier<Organisation>
    public let name: String
    public let cvr: CVRNumber?
    public let address: PostalAddress
    public let billing: BillingContact
    /// Its own account, and after a succession those of its predecessors (rule 15).
    public let accounts: [ChargedAccount]

    public init(
        id: Identifier<Organisation>, name: String, cvr: CVRNumber?, address: PostalAddress, billing: BillingContact,
        accounts: [ChargedAccount]
    ) {
        self.id = id
        self.name = name
        self.cvr = cvr
        self.address = address
        self.billing = billing
        self.accounts = accounts
    }

    /// Why no document can be addressed to the party; empty when one can.
    public var obstacles: [ParkingReason] {
        var reasons: [ParkingReason] = []
        if billing.gln == nil && cvr == nil { reasons.append(.noReceiver) }
        if billing.reference == nil { reasons.append(.noReference) }
        return reasons
    }

    /// The name an organisation's lines carry: a predecessor's own, on its successor's documents.
    public func name(of organisation: Identifier<Organisation>) -> String? { accounts.first { $0.organisation == organisation }?.name }
}

/// One organisation's keys as a run reads them: what it agreed to, what is known of it, and what is posted.
public struct ChargedAccount: Sendable {
    public let organisation: Identifier<Organisation>
    public let name: String
    /// Memberships, joinings and supplier partnerships that may owe: active, under notice and ended, by first day.
    public let participations: [Participation]
    public let sizes: SizeHistory
    /// Its pledges, whatever their state.
    public let pledges: [Pledge]
    public let adjustments: [ChargeKey: [Adjustment]]
    /// What stands posted, by key.
    public let posted: [ChargeKey: PostedBalance]
    /// Those whose place it took, however far back.
    public let predecessors: [Predecessor]

    public init(
        organisation: Identifier<Organisation>, name: String, participations: [Participation], sizes: SizeHistory = .unknown,
        pledges: [Pledge] = [], adjustments: [ChargeKey: [Adjustment]] = [:], posted: [ChargeKey: PostedBalance] = [:],
        predecessors: [Predecessor] = []
    ) {
        self.organisation = organisation
        self.name = name
        self.participations = participations
        self.sizes = sizes
        self.pledges = pledges
        self.adjustments = adjustments
        self.posted = posted
        self.predecessors = predecessors
    }
}

/// One whose place an organisation took, as far as the successor's own charges depend on it (rule 15).
public struct Predecessor: Sendable {
    /// The first day on which the successor stands in its place.
    public let succeededOn: CivilDate
    public let account: ChargedAccount

    public init(succeededOn: CivilDate, account: ChargedAccount) {
        self.succeededOn = succeededOn
        self.account = account
    }
}

/// What stands posted on a key: invoiced less credited, and how often it was posted.
public struct PostedBalance: Sendable, Hashable {
    public let balance: Money
    /// The revision the next posting takes (rule 12).
    public let postings: Int32
    /// The days its first posting covered.
    public let covers: Period

    public init(balance: Money, postings: Int32, covers: Period) {
        self.balance = balance
        self.postings = postings
        self.covers = covers
    }
}
