/// What an import did, kind by kind, in the order of the format.
public struct ImportSummary: Sendable, Equatable {
    public struct Counts: Sendable, Equatable {
        public var added = 0
        public var changed = 0
        public var unchanged = 0

        public init(added: Int = 0, changed: Int = 0, unchanged: Int = 0) {
            self.added = added
            self.changed = changed
            self.unchanged = unchanged
        }

        mutating func count(_ outcome: StoreOutcome) {
            switch outcome {
            case .added: added += 1
            case .changed: changed += 1
            case .unchanged: unchanged += 1
            }
        }
    }

    public enum Kind: String, Sendable, CaseIterable {
        case decisions, settings, organisations, inhabitants, people, contacts, products, supplierRoles, projects, pledges, duesRates,
            vatRules,
            placements, rateSheets, rateRows, agreements, groups, seats, meetings, commissions
    }

    public private(set) var counts: [Kind: Counts] = Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0, Counts()) })

    mutating func count(_ outcome: StoreOutcome, of kind: Kind) { counts[kind, default: Counts()].count(outcome) }

    /// Did the import leave the register as it was?
    public var isUnchanged: Bool { counts.values.allSatisfy { $0.added == 0 && $0.changed == 0 } }
}
