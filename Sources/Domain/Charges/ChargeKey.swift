/// What money can be owed for (DOMAIN §3, rules 1 and 16).
public enum ChargeKind: String, Sendable, CaseIterable, Codable {
    /// Yearly membership fee (*kontingent*).
    case dues
    /// A product's running fee (*vederlag*).
    case annualFee
    /// Percentage on a product's fee that goes to the association (*bidrag til OS2*).
    case contribution
    /// One-off fee when an authority joins a product (*tilslutningsafgift*).
    case joiningFee
    /// A participant's part of a shared total.
    case sharedCost
    /// Promised money for a project (*tilsagn*).
    case pledge
    /// Fee of a supplier agreement, where a rate sheet sets one.
    case supplierFee
}

/// Money is owed and posted per key (DOMAIN §3, rule 1); never netted across keys.
public struct ChargeKey: Sendable, Hashable {
    public let organisation: Identifier<Organisation>
    public let subject: Subject
    public let charge: ChargeKind
    /// Nothing for what is owed once ever.
    public let period: BillingPeriod?

    public init(organisation: Identifier<Organisation>, subject: Subject, charge: ChargeKind, period: BillingPeriod?) {
        self.organisation = organisation
        self.subject = subject
        self.charge = charge
        self.period = period
    }
}
