/// A rate sheet as a folder states it. The product is still a name, and organisations that are given weights still texts.
public struct RateSheetDraft: Sendable {
    public let location: SourceLocation
    /// The product's name; nothing on the sheet of the supplier partnership.
    public var product: Located<String>?
    public var term: Term
    public var frequency: BillingFrequency
    public var proRata: ProRata
    public var passive: Ratio
    public var lateChanges: LateChanges?
    public var carriesContribution: Bool
    public var bounds: SizeBounds?
    public var vat: VATRate?
    public var decision: Located<String>
    public var rows: [RateRowDraft]

    public init(
        location: SourceLocation, product: Located<String>?, term: Term, frequency: BillingFrequency, proRata: ProRata, passive: Ratio,
        lateChanges: LateChanges?, carriesContribution: Bool, bounds: SizeBounds?, vat: VATRate?, decision: Located<String>,
        rows: [RateRowDraft]
    ) {
        self.location = location
        self.product = product
        self.term = term
        self.frequency = frequency
        self.proRata = proRata
        self.passive = passive
        self.lateChanges = lateChanges
        self.carriesContribution = carriesContribution
        self.bounds = bounds
        self.vat = vat
        self.decision = decision
        self.rows = rows
    }
}

public struct RateRowDraft: Sendable {
    public let location: SourceLocation
    public var component: String
    public var charge: ChargeKind
    public var term: Term
    /// Nothing when the row is stated only to void the recorded one.
    public var price: PriceDraft?
    public var decision: Located<String>

    public init(
        location: SourceLocation, component: String, charge: ChargeKind, term: Term, price: PriceDraft?, decision: Located<String>
    ) {
        self.location = location
        self.component = component
        self.charge = charge
        self.term = term
        self.price = price
        self.decision = decision
    }

    public var isVoid: Bool { price == nil }
}

/// A price before the organisations it names are known.
public enum PriceDraft: Sendable {
    case stated(PriceModel)
    /// A total shared by weights given to organisations, 0…10⁶, not all zero.
    case sharedByGiven(Money, [(organisation: Located<String>, weight: Int64)])

    /// Do both come about in the same way, as far as that can be told before the organisations they name are known?
    public func isSameModel(as other: PriceDraft) -> Bool {
        switch (self, other) {
        case (.stated(let one), .stated(let two)): one.isSameModel(as: two)
        case (.sharedByGiven, .sharedByGiven): true
        case (.stated, .sharedByGiven), (.sharedByGiven, .stated): false
        }
    }

    /// Only a shared cost is shared, and a joining fee cannot depend on how many have joined: whoever joined first would owe another fee later.
    public func fits(_ charge: ChargeKind) -> Bool {
        if case .stated(.stepDown) = self, charge == .joiningFee { return false }
        return isShared == (charge == .sharedCost)
    }

    public var isShared: Bool {
        switch self {
        case .stated(let model): model.isShared
        case .sharedByGiven: true
        }
    }
}

/// A body placed in a class by hand, for some invoicing years.
public struct PlacementDraft: Sendable {
    public let location: SourceLocation
    public var organisation: Located<String>
    public var sizeClass: SizeClass
    public var reason: String
    public var decision: Located<String>
    /// 2000…9998.
    public var firstYear: Int
    /// Not before the first; nothing while no end is known.
    public var lastYear: Int?

    public init(
        location: SourceLocation, organisation: Located<String>, sizeClass: SizeClass, reason: String, decision: Located<String>,
        firstYear: Int, lastYear: Int?
    ) {
        self.location = location
        self.organisation = organisation
        self.sizeClass = sizeClass
        self.reason = reason
        self.decision = decision
        self.firstYear = firstYear
        self.lastYear = lastYear
    }
}
