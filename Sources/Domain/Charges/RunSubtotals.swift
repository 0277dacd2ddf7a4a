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

extension ChargeRunResult {
    /// Subtotals by subject and charge, of the outcomes that were collected.
    public func subtotals() throws(ArithmeticOverflow) -> [RunSubtotal] {
        var sums: [ChargeSort: (lines: Int, net: Money)] = [:]
        for document in outcomes.flatMap(\.outcome.documents) {
            for line in document.lines {
                let sort = ChargeSort(subject: line.key.subject, charge: line.key.charge)
                let before = sums[sort] ?? (0, .zero)
                let net = document.kind == .invoice ? try before.net + line.net : try before.net - line.net
                sums[sort] = (before.lines + 1, net)
            }
        }
        return sums.sorted { $0.key < $1.key }.map { sort, sum in
            RunSubtotal(
                subject: sort.subject, charge: sort.charge,
                account: sort.charge.account(of: accounts[sort.subject], association: accounts[.association]), lines: sum.lines,
                net: sum.net)
        }
    }
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

extension ChargeRunResult {
    /// Each party's total, in the order of the documents; of the outcomes that were collected.
    public func memberTotals() throws(ArithmeticOverflow) -> [MemberTotal] {
        var totals: [MemberTotal] = []
        for outcome in outcomes where !outcome.outcome.documents.isEmpty {
            var sum = RunTotals()
            try sum.add(outcome.outcome)
            let party = outcome.outcome.party
            totals.append(MemberTotal(organisation: party.id, name: party.name, cvr: party.cvr, net: sum.net, gross: try sum.gross()))
        }
        return totals
    }
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
