/// How a charge is taxed from a day on: data, decided, per kind of charge.
public struct VATRule: Sendable, Hashable {
    public let charge: ChargeKind
    public let term: Term
    public let rate: VATRate

    public init(charge: ChargeKind, term: Term, rate: VATRate) {
        self.charge = charge
        self.term = term
        self.rate = rate
    }
}

/// The VAT treatment of every charge on every day.
public struct VATRules: Sendable {
    private let rules: [VATRule]

    public init(_ rules: [VATRule]) { self.rules = rules }

    /// The treatment in force on a day; nothing when none is recorded.
    public func rate(of charge: ChargeKind, on day: CivilDate) -> VATRate? {
        rules.first { $0.charge == charge && $0.term.contains(day) }?.rate
    }
}
