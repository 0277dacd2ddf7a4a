/// What a run comes to. Credit notes count against invoices.
public struct RunTotals: Sendable, Hashable {
    public private(set) var invoices = 0
    public private(set) var creditNotes = 0
    public private(set) var lines = 0
    public private(set) var parked = 0
    public private(set) var warnings: [ChargeWarning: Int] = [:]
    /// Who is concerned by a warning that a person must accept: the first few, however many there are.
    public private(set) var concerned: [ChargeWarning: [Concerned]] = [:]
    public private(set) var net = Money.zero
    public private(set) var tax = Money.zero

    /// How many of those concerned by a warning are named.
    private static let named = 5

    public init() {}

    public var documents: Int { invoices + creditNotes }

    public func gross() throws(ArithmeticOverflow) -> Money { try net + tax }

    package mutating func add(_ unshared: [UnsharedTotal]) {
        if !unshared.isEmpty { warnings[.noParticipants, default: 0] += unshared.count }
    }

    package mutating func add(_ earlier: EarlierDate?) {
        if earlier != nil { warnings[.earlierDate] = 1 }
    }

    /// The warnings that a person must accept before the run may post and has not.
    package func waiting(for accepted: Set<String>) -> [ChargeWarning] {
        ChargeWarning.allCases.filter { $0.needsAcceptance && warnings[$0] != nil && !accepted.contains($0.rawValue) }
    }

    package mutating func add(_ crowded: [CrowdedAgreement]) {
        if !crowded.isEmpty { warnings[.lineLimit, default: 0] += crowded.count }
    }

    package mutating func add(_ outcome: PartyOutcome) throws(ArithmeticOverflow) {
        parked += outcome.parked.count
        for warning in outcome.warnings {
            warnings[warning, default: 0] += 1
            if warning.needsAcceptance, concerned[warning, default: []].count < RunTotals.named {
                concerned[warning, default: []].append(
                    Concerned(name: outcome.party.name, change: warning == .largeChange ? outcome.largeChange : nil))
            }
        }
        for document in outcome.documents {
            lines += document.lines.count
            switch document.kind {
            case .invoice:
                invoices += 1
                net = try net + document.net
                tax = try tax + document.tax
            case .creditNote:
                creditNotes += 1
                net = try net - document.net
                tax = try tax - document.tax
            }
        }
    }
}
