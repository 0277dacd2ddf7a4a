import Postgres

/// What a posting that is to be disturbed has to do, and what the books hold when it is done.
enum Association: String, CaseIterable {
    /// Every member owes the dues of 2027: one invoice each.
    case dues
    /// The dues were posted and then lowered by 1,000 kroner: one credit note each.
    case credits
    /// Joining agreements on thirty products, shared totals among them; a price that changes inside the year makes two lines of a key.
    case products
    /// The same, posted; then prices, totals and agreements changed: credit notes on several lines, and further invoices.
    case corrections

    /// Each member's lines, in the order of their revisions; nothing where members differ, and only the whole books can be compared.
    var lines: [String]? {
        switch self {
        case .dues: ["invoice 0 2500000"]
        case .credits: ["invoice 0 2500000", "creditNote 1 100000"]
        case .products, .corrections: nil
        }
    }

    /// How many documents of each kind a member has.
    func documents(of kind: String) -> Int64 { kind == "invoice" || self == .credits ? 1 : 0 }

    var runs: Int64 { self == .dues ? 1 : 2 }

    /// How many documents there are before the posting.
    func documentsBefore(members: Int) -> Int64 { self == .dues ? 0 : Int64(members) }
}
