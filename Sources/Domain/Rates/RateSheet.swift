/// How often a sheet's fees are invoiced.
public enum BillingFrequency: String, Sendable, CaseIterable {
    case yearly, halfYearly

    /// The first day of the billing period that holds a day.
    public func periodStart(of day: CivilDate) -> CivilDate {
        let (year, month, _) = day.components
        return CivilDate(existing: year, self == .halfYearly && month > 6 ? 7 : 1, 1)
    }

    /// The billing periods that begin in some years, in order.
    func periods(in years: ClosedRange<Int>) -> [BillingPeriod] {
        years.flatMap { year in
            switch self {
            case .yearly: [BillingPeriod(year: year)]
            case .halfYearly: [BillingPeriod(year: year, half: .first), BillingPeriod(year: year, half: .second)]
            }
        }.compactMap { $0 }
    }
}

/// Policy *pro rata*: into which units a billing period is cut for who joins or leaves in it (rule 4). There is no default.
public enum ProRata: String, Sendable, CaseIterable {
    /// The whole period.
    case none
    /// A year at 1 July; a half at 1 April or 1 October.
    case halfYear
    case startedMonths
    /// The period's own days; leap years count 366.
    case days
}

/// Policy *late changes* of a shared total (rule 9). There is no default.
public enum LateChanges: String, Sendable, CaseIterable {
    /// Who takes part on the period's first day shares the total; later changes count from the next period.
    case nextPeriod
    /// The total is always shared whole among all who took part, by weight and time, and everybody is corrected by the next run.
    case settle
}

/// The dated price list (*takstblad*) of one product, or of the supplier partnership, for some whole billing periods. Frequency and policies change only
/// with the sheet, so only where a billing period begins (rule 1); amounts may change any day.
public struct RateSheet: Sendable, Hashable {
    public let id: Identifier<RateSheet>
    /// A product or the supplier partnership.
    public let subject: Subject
    public let term: Term
    public let frequency: BillingFrequency
    public let proRata: ProRata
    /// What a passive participant pays of the annual fee, and weighs in a shared total.
    public let passive: Ratio
    /// Stated wherever the sheet shares a total.
    public let lateChanges: LateChanges?
    /// Does the association's contribution come on top?
    public let carriesContribution: Bool
    /// The sheet's own classes; nothing where the association's hold.
    public let bounds: SizeBounds?
    /// The sheet's own VAT treatment; nothing where the rule of the charge holds.
    public let vat: VATRate?
    public let decision: DecisionReference
    public let rows: [RateRow]

    /// Nothing when the days are not whole billing periods of the frequency.
    public init?(
        id: Identifier<RateSheet>, subject: Subject, term: Term, frequency: BillingFrequency, proRata: ProRata, passive: Ratio,
        lateChanges: LateChanges?, carriesContribution: Bool, bounds: SizeBounds?, vat: VATRate?, decision: DecisionReference,
        rows: [RateRow]
    ) {
        guard RateSheet.isWhole(term, frequency) else { return nil }
        self.id = id
        self.subject = subject
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

    /// The sheet's own treatment with its own decision; nothing where the rule of the charge holds.
    var treatment: VATTreatment? { vat.map { VATTreatment(rate: $0, decision: decision.reference) } }

    /// Do the days begin and end where billing periods of a frequency do?
    public static func isWhole(_ term: Term, _ frequency: BillingFrequency) -> Bool {
        let begins: [(Int, Int)] = frequency == .yearly ? [(1, 1)] : [(1, 1), (7, 1)]
        func isBeginning(_ day: CivilDate) -> Bool {
            let (_, month, day) = day.components
            return begins.contains { $0 == (month, day) }
        }
        guard isBeginning(term.first) else { return false }
        guard let last = term.last else { return true }
        return last.adding(days: 1).map(isBeginning) ?? false
    }
}

/// One price of a sheet: a component, the days it holds, and how the amount comes about. Two rows of one component never overlap.
public struct RateRow: Sendable, Hashable {
    public let id: Identifier<RateRow>
    /// What the price is for, as the sheet names it; unique per charge and day.
    public let component: String
    /// `annualFee`, `sharedCost`, `joiningFee` or `supplierFee`.
    public let charge: ChargeKind
    public let term: Term
    public let price: PriceModel
    public let decision: DecisionReference

    public init(
        id: Identifier<RateRow>, component: String, charge: ChargeKind, term: Term, price: PriceModel, decision: DecisionReference
    ) {
        self.id = id
        self.component = component
        self.charge = charge
        self.term = term
        self.price = price
        self.decision = decision
    }
}
