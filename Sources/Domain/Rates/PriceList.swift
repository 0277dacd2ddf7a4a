/// What comes on top of a product's fee for the association (*bidrag til OS2*), as shares of the fee.
public struct ContributionRates: Sendable, Hashable {
    /// For an authority that is a member; 0…1.
    public let member: Ratio
    /// For one that is not; 0…1.
    public let nonMember: Ratio

    public init(member: Ratio, nonMember: Ratio) {
        self.member = member
        self.nonMember = nonMember
    }
}

/// One year of a rate sheet as the public *takstblad* prints it: what members and others pay, the contribution included (DOMAIN §3).
public struct PriceList: Sendable {
    /// Whom an amount is for.
    public enum Case: Sendable, Hashable {
        case everybody
        case sizeClass(SizeClass)
        /// From so many participants on.
        case participants(Int32)
    }

    public struct Line: Sendable, Hashable {
        public let row: RateRow
        public let condition: Case
        /// The amounts of a full year, or of a joining fee, excluding VAT; nothing where the price is no amount of its own, as one per inhabitant or a shared total.
        public let amounts: Amounts?
    }

    public struct Amounts: Sendable, Hashable {
        /// Without the contribution.
        public let base: Money
        /// `round(base + contribution)`, half away from zero; the base itself where the contribution does not apply.
        public let member: Money
        public let nonMember: Money
    }

    public let year: Int
    public let sheet: RateSheet
    /// The sheet's own bounds, or else the association's.
    public let bounds: SizeBounds?
    /// The rates of 1 January of the year; nothing on a sheet without the contribution.
    public let contribution: ContributionRates?
    public let lines: [Line]

    /// - Parameters:
    ///   - bounds: the association's.
    ///   - contribution: in force on 1 January of the year.
    public init(
        _ sheet: RateSheet, in year: BillingPeriod, bounds: SizeBounds?, contribution: ContributionRates
    ) throws(ArithmeticOverflow) {
        self.year = year.year
        self.sheet = sheet
        self.bounds = sheet.bounds ?? bounds
        let contribution = sheet.carriesContribution ? contribution : nil
        self.contribution = contribution
        var lines: [Line] = []
        for row in sheet.rows where PriceList.prints(row, in: year) {
            // The contribution is on annual fee and share (rule 5), never on what is paid once.
            let onTop = row.charge == .annualFee || row.charge == .sharedCost ? contribution : nil
            lines += try PriceList.lines(of: row, on: sheet, onTop)
        }
        self.lines = lines
    }

    /// Is anything on it charged again for every period?
    public var hasRunningFees: Bool { lines.contains { $0.row.charge != .joiningFee } }

    /// Is anything on it paid once only?
    public var hasJoiningFees: Bool { lines.contains { $0.row.charge == .joiningFee } }

    /// A price of some day of the year; a joining fee, which goes by the day of signature, also a later one that is decided already.
    private static func prints(_ row: RateRow, in year: BillingPeriod) -> Bool {
        guard row.charge == .joiningFee else { return row.term.overlap(with: year.days) != nil }
        return row.term.last.map { $0 >= year.firstDay } ?? true
    }

    private static func lines(of row: RateRow, on sheet: RateSheet, _ contribution: ContributionRates?) throws(ArithmeticOverflow) -> [Line]
    {
        var lines: [Line] = []
        for (condition, base) in try amounts(of: row.price, of: row, on: sheet) {
            lines.append(Line(row: row, condition: condition, amounts: try Amounts(base, contribution)))
        }
        return lines.isEmpty ? [Line(row: row, condition: .everybody, amounts: nil)] : lines
    }

    /// The amounts a price states; none where it depends on more than whom it is for.
    private static func amounts(
        of price: PriceModel, of row: RateRow, on sheet: RateSheet
    ) throws(ArithmeticOverflow) -> [(Case, Money)] {
        switch price {
        case .amount(let amount): return [(.everybody, amount)]
        case .perClass(let table):
            return SizeClass.allCases.compactMap { sizeClass in table[sizeClass].map { (.sizeClass(sizeClass), $0) } }
        case .stepDown(let steps): return steps.map { (.participants($0.from), $0.amount) }
        case .fraction(let share, let component):
            let whole = sheet.rows.first { $0.charge == row.charge && $0.component == component && $0.term.overlaps(row.term) }
            guard let whole, whole.id != row.id else { return [] }
            if case .fraction = whole.price { return [] }
            var parts: [(Case, Money)] = []
            for (condition, amount) in try amounts(of: whole.price, of: whole, on: sheet) {
                parts.append((condition, try amount.times(share)))
            }
            return parts
        case .perInhabitant, .shared: return []
        }
    }
}

extension PriceList.Amounts {
    fileprivate init(_ base: Money, _ contribution: ContributionRates?) throws(ArithmeticOverflow) {
        self.base = base
        guard let contribution else {
            (member, nonMember) = (base, base)
            return
        }
        guard let member = contribution.member.onTop, let nonMember = contribution.nonMember.onTop else { throw ArithmeticOverflow() }
        self.member = try base.times(member)
        self.nonMember = try base.times(nonMember)
    }
}
