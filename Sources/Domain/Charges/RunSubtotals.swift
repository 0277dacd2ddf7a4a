/// What a run comes to for one product and charge, and which of the host's accounts it belongs to (DOMAIN §3, Accounts).
public struct RunSubtotal: Sendable, Hashable {
    public let subject: Subject
    public let charge: ChargeKind
    /// Nothing where the product's or the association's account is not recorded.
    public let account: String?
    public let lines: Int
    /// Credits count against invoices.
    public let net: Money
}

/// What a run comes to for one party.
public struct MemberTotal: Sendable, Hashable {
    public let organisation: Identifier<Organisation>
    public let name: String
    public let cvr: CVRNumber?
    /// Credits count against invoices.
    public let net: Money
    public let gross: Money
}

/// What a run comes to by product and charge, and by party. It grows with each outcome, so that none has to be kept for it.
public struct RunBreakdown: Sendable {
    private var sums: [ChargeSort: (lines: Int, net: Money)] = [:]
    /// The total of each party that has a document, in the order of the documents.
    public private(set) var members: [MemberTotal] = []

    public init() {}

    package mutating func add(_ outcome: PartyOutcome) throws(ArithmeticOverflow) {
        if outcome.documents.isEmpty { return }
        var total = RunTotals()
        try total.add(outcome)
        let party = outcome.party
        members.append(MemberTotal(organisation: party.id, name: party.name, cvr: party.cvr, net: total.net, gross: try total.gross()))
        for document in outcome.documents {
            for line in document.lines {
                let sort = ChargeSort(subject: line.key.subject, charge: line.key.charge)
                let before = sums[sort] ?? (0, .zero)
                sums[sort] = (before.lines + 1, try before.net + document.kind.counted(line.net))
            }
        }
    }

    /// - Parameter accounts: the host's account of each product, and of the association.
    fileprivate func subtotals(_ accounts: [Subject: String]) -> [RunSubtotal] {
        sums.sorted { $0.key < $1.key }.map { sort, sum in
            RunSubtotal(
                subject: sort.subject, charge: sort.charge,
                account: sort.charge.account(of: accounts[sort.subject], association: accounts[.association]), lines: sum.lines,
                net: sum.net)
        }
    }
}

extension ChargeRunResult {
    /// What it comes to by subject and charge.
    public var subtotals: [RunSubtotal] { breakdown.subtotals(accounts) }
}

extension ChargeKind {
    /// The host's income account: the product's own, or the association's for dues and contributions.
    public func account(of product: String?, association: String?) -> String? {
        switch self {
        case .dues: association.map { "\($0)-00014" }
        case .supplierFee: association.map { "\($0)-00015" }
        case .contribution: association.map { "\($0)-00017" }
        case .joiningFee: product.map { "\($0)-00001" }
        case .annualFee, .sharedCost: product.map { "\($0)-00002" }
        case .pledge: product.map { "\($0)-00003" }
        }
    }
}
