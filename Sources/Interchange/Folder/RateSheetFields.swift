import Domain

extension RateSheetDraft {
    /// One item of `sheets` in `rates.yaml` (DOMAIN §3).
    ///
    /// - Returns: the sheet, unless something it cannot do without is wrong; and everything that is.
    static func read(_ item: YAMLValue) -> (sheet: RateSheetDraft?, problems: [ImportProblem]) {
        var fields = YAMLFields(
            item,
            allowed: [
                "product", "supplier", "from", "until", "frequency", "pro-rata", "passive", "late-changes", "contribution", "bounds", "vat",
                "decision", "rows",
            ])
        let (product, isSupplier) = fields.subject()
        let frequency = fields.word("frequency", BillingFrequency.self)
        let term = fields.term()
        fields.checkWholePeriods(term, frequency)
        let proRata = fields.word("pro-rata", ProRata.self)
        let passive = fields.share("passive")
        let lateChanges = fields.optionalWord("late-changes", LateChanges.self)
        let contribution = fields.flag("contribution", required: true)
        let bounds = fields.bounds()
        var vat: VATRate?
        if let value = fields.mapping("vat") {
            var inner = YAMLFields(value, allowed: ["category", "percent"])
            vat = inner.vatRate()
            fields.take(inner)
        }
        let decision = fields.text("decision", required: true)
        var rows: [RateRowDraft] = []
        let items = fields.list("rows")
        for row in items {
            var inner = YAMLFields(row, allowed: RateRowDraft.fields)
            if let read = inner.rateRow(at: row.location, sheet: term, isSupplier: isSupplier, decision: decision) { rows.append(read) }
            fields.take(inner)
        }
        // A row that could not be read is no reason to report those that refer to it.
        if rows.count == items.count { fields.check(rows, with: lateChanges, frequency) }
        guard let frequency, let term, let proRata, let passive, let contribution, let decision, fields.problems.isEmpty else {
            return (nil, fields.problems)
        }
        let sheet = RateSheetDraft(
            location: item.location, product: product, term: term, frequency: frequency, proRata: proRata, passive: passive,
            lateChanges: lateChanges, carriesContribution: contribution, bounds: bounds, vat: vat, decision: decision, rows: rows)
        return (sheet, [])
    }
}

extension YAMLFields {
    /// The product's name, or none when the sheet is the supplier partnership's. One of the two is stated.
    fileprivate mutating func subject() -> (product: Located<String>?, isSupplier: Bool?) {
        let product = text("product", required: false)
        let isSupplier = flag("supplier", required: false) ?? false
        if product != nil, isSupplier {
            refuse(place(of: "supplier"), Refusal(.fieldsExclusive, "product", "supplier"))
            return (product, nil)
        }
        if product == nil, !isSupplier {
            refuse(location, Refusal(.valueMissing, "product"))
            return (nil, nil)
        }
        return (product, isSupplier)
    }

    /// `from` and `until`, its last day.
    fileprivate mutating func term() -> Term? {
        let until = optionalDate("until")
        guard let from = date("from") else { return nil }
        if let term = Term(first: from, last: until) { return term }
        refuse(place(of: "until"), Refusal(.endBeforeStart, until?.description ?? "", from.description))
        return nil
    }

    /// A sheet holds for whole billing periods, of years that billing knows; the refusal points at the day that is not the first or last of one.
    fileprivate mutating func checkWholePeriods(_ term: Term?, _ frequency: BillingFrequency?) {
        guard let term, let frequency else { return }
        let years = [term.first.year, term.last?.year].compactMap { $0 }
        let begins = Term(first: term.first, last: nil).map { RateSheet.isWhole($0, frequency) } ?? false
        if !begins || years.contains(where: { !(2000...9998).contains($0) }) {
            refuse(place(of: "from"), Refusal(.ratePeriodNotWhole))
        } else if !RateSheet.isWhole(term, frequency) {
            refuse(place(of: "until"), Refusal(.ratePeriodNotWhole))
        }
    }

    /// The highest number of inhabitants of each class but the largest, ascending.
    fileprivate mutating func bounds() -> SizeBounds? {
        guard let value = mapping("bounds") else { return nil }
        var inner = YAMLFields(value, allowed: ["small", "medium", "large"])
        let numbers = ["small", "medium", "large"].map { inner.number($0, in: 1...Int64(Int32.max)) }
        take(inner)
        guard let small = numbers[0], let medium = numbers[1], let large = numbers[2] else { return nil }
        let bounds = SizeBounds(
            small: Int32(clamping: small), medium: Int32(clamping: medium), large: Int32(clamping: large))
        if bounds == nil { refuse(value.location, Refusal(.overlappingBrackets)) }
        return bounds
    }

    /// What holds between a sheet's rows: two of a component never overlap, a fraction is of a component that is none itself, a price keeps its
    /// model inside a billing period, and who shares a total says what late changes do.
    fileprivate mutating func check(_ rows: [RateRowDraft], with lateChanges: LateChanges?, _ frequency: BillingFrequency?) {
        let standing = rows.filter { !$0.isVoid }
        for (index, row) in standing.enumerated() {
            let same = standing[..<index].first {
                $0.charge == row.charge && $0.component == row.component && $0.term.overlaps(row.term)
            }
            if let same { refuse(row.location, Refusal(.overlappingRateRow, row.component, same.term.description)) }
            if let frequency, standing.contains(where: { $0.changesModel(before: row, frequency) }) {
                refuse(row.location, Refusal(.priceModelChangesInside, row.component))
            }
            guard case .stated(.fraction(_, let component))? = row.price else { continue }
            let whole = standing.filter { $0.charge == row.charge && $0.component == component }
            if whole.isEmpty { refuse(row.location, Refusal(.unknownComponent, component, row.charge.rawValue)) }
            let isFraction = whole.contains { if case .stated(.fraction)? = $0.price { true } else { false } }
            if isFraction { refuse(row.location, Refusal(.fractionOfFraction, component)) }
        }
        if lateChanges == nil, problems.isEmpty, let shared = standing.first(where: { $0.price?.isShared ?? false }) {
            refuse(shared.location, Refusal(.lateChangesMissing))
        }
    }

    /// One row. Its days and its decision are the sheet's where it states none; only a joining fee's days may lie outside, because it goes by the day of
    /// signature (rule 14).
    fileprivate mutating func rateRow(
        at location: SourceLocation, sheet: Term?, isSupplier: Bool?, decision: Located<String>?
    ) -> RateRowDraft? {
        let component = text("component", required: true)
        if let component, component.value.unicodeScalars.count > 100 {
            refuse(component.location, Refusal(.textInvalid, "component", "100"))
        }
        let charge = parsed(text("charge", required: true), .valueUnknown) { RateRowDraft.charges[$0] }
        let from = optionalDate("from")
        let until = optionalDate("until")
        let own = text("decision", required: false)
        let before = problems.count
        // When it cannot be read whether the row voids, a missing price is no further fault.
        let isVoid = flag("void", required: false) ?? (problems.count > before)
        let price = price(isVoid: isVoid)
        if let charge,
            isSupplier.map({ $0 != (charge == .supplierFee) }) ?? false || (price.map { !$0.fits(charge) } ?? false)
        {
            refuse(place(of: "charge"), Refusal(.priceUnfit, charge.rawValue))
        }
        guard let component, let charge, let sheet, let decision = own ?? decision, problems.isEmpty else { return nil }
        // A joining fee that begins after the sheet's last day does not end with it.
        let last = until ?? sheet.last.flatMap { last in from.map { $0 <= last } ?? true ? last : nil }
        guard let term = Term(first: from ?? sheet.first, last: last) else {
            refuse(location, Refusal(.endBeforeStart, last?.description ?? "", (from ?? sheet.first).description))
            return nil
        }
        let isInside = sheet.contains(term.first) && (sheet.last == nil || term.last.map { sheet.contains($0) } ?? false)
        if !isInside, charge != .joiningFee, !isVoid {
            refuse(place(of: sheet.contains(term.first) ? "until" : "from"), Refusal(.rateRowOutsideSheet))
            return nil
        }
        return RateRowDraft(
            location: location, component: component.value, charge: charge, term: term, price: isVoid ? nil : price, decision: decision)
    }
}

extension RateRowDraft {
    /// Does the component's price, on days before the later row's, come about in another way inside the billing period in which the later row begins?
    fileprivate func changesModel(before later: RateRowDraft, _ frequency: BillingFrequency) -> Bool {
        guard charge == later.charge, charge != .joiningFee, component == later.component, let price, let next = later.price,
            let last = term.last, last < later.term.first
        else { return false }
        return !price.isSameModel(as: next) && frequency.periodStart(of: last) == frequency.periodStart(of: later.term.first)
    }

    static let fields: Set<String> = [
        "component", "charge", "from", "until", "decision", "void", "amount", "per-class", "per-inhabitant", "step-down", "fraction",
        "shared",
    ]

    /// The charges a rate sheet prices.
    fileprivate static let charges: [String: ChargeKind] = [
        "annualFee": .annualFee, "sharedCost": .sharedCost, "joiningFee": .joiningFee, "supplierFee": .supplierFee,
    ]
}
