import Postgres

/// What a posting that is to be disturbed has to do, and what the books hold when it is done.
enum Association: String, CaseIterable {
    /// Every member owes the dues of 2027: one invoice each.
    case dues
    /// The dues were posted and then lowered by 1,000 kroner: one credit note each.
    case credits

    /// Each member's lines, in the order of their revisions.
    var lines: [String] {
        switch self {
        case .dues: ["invoice 0 2500000"]
        case .credits: ["invoice 0 2500000", "creditNote 1 100000"]
        }
    }

    /// How many documents of each kind a member has.
    func documents(of kind: String) -> Int64 { kind == "invoice" || self == .credits ? 1 : 0 }

    var runs: Int64 { self == .dues ? 1 : 2 }

    /// How many documents there are before the posting.
    func documentsBefore(members: Int) -> Int64 { self == .dues ? 0 : Int64(members) }
}
