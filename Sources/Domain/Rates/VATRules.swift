/// How a charge is taxed from a day on: data, decided, per kind of charge.
public struct VATRule: Sendable, Hashable {
    public let charge: ChargeKind
    public let term: Term
    public let rate: VATRate
    /// The decision's reference; nothing on a rule that is only on its way into the register.
    public let decision: String?

    public init(charge: ChargeKind, term: Term, rate: VATRate, decision: String? = nil) {
        self.charge = charge
        self.term = term
        self.rate = rate
        self.decision = decision
    }
}

/// The VAT treatment of every charge on every day.
public struct VATRules: Sendable {
    private let rules: [VATRule]

    public init(_ rules: [VATRule]) { self.rules = rules }

    /// The treatment in force on a day; nothing when none is recorded.
    public func treatment(of charge: ChargeKind, on day: CivilDate) -> VATTreatment? {
        rules.first { $0.charge == charge && $0.term.contains(day) }.map { VATTreatment(rate: $0.rate, decision: $0.decision) }
    }
}
