import Domain

// How a row of a rate sheet states its price: one field per model of DOMAIN §3, amounts in kroner a year excluding VAT.

extension YAMLFields {
    private static let models = ["amount", "per-class", "per-inhabitant", "step-down", "fraction", "shared"]

    /// The one price of a row; nothing when there is none, which only a row that voids may say, or when it is wrong.
    mutating func price(isVoid: Bool) -> PriceDraft? {
        let stated = YAMLFields.models.filter { mapping($0) != nil }
        guard let model = stated.first, let value = mapping(model) else {
            if !isVoid, !hasUnknownField { refuse(location, Refusal(.valueMissing, YAMLFields.models.joined(separator: " / "))) }
            return nil
        }
        for other in stated.dropFirst() { refuse(place(of: other), Refusal(.fieldsExclusive, model, other)) }
        switch model {
        case "amount": return requiredMoney("amount").map { .stated(.amount($0)) }
        case "per-class":
            return classTable(value) { $0.money($1) }.map { .stated(.perClass($0)) }
        case "per-inhabitant":
            return nested(value, ["amount", "floor", "cap"]) { $0.perInhabitant() }
        case "step-down": return steps(list("step-down"), at: value.location)
        case "fraction":
            return nested(value, ["of", "share"]) { inner in
                let (component, share) = (inner.text("of", required: true), inner.share("share"))
                guard let component, let share else { return nil }
                return .stated(.fraction(share, of: component.value))
            }
        default: return nested(value, ["total", "by", "weights"]) { $0.shared() }
        }
    }

    private mutating func requiredMoney(_ name: String) -> Money? {
        guard text(name, required: true) != nil else { return nil }
        return money(name)
    }

    private mutating func nested(
        _ value: YAMLValue, _ allowed: Set<String>, _ read: (inout YAMLFields) -> PriceDraft?
    ) -> PriceDraft? {
        var inner = YAMLFields(value, allowed: allowed)
        let price = read(&inner)
        take(inner)
        return inner.problems.isEmpty ? price : nil
    }

    /// A value for at least one of the classes.
    private mutating func classTable<Value>(
        _ value: YAMLValue, _ read: (inout YAMLFields, String) -> Value?
    ) -> ClassTable<Value>? {
        let names = ["small", "medium", "large", "very-large"]
        var inner = YAMLFields(value, allowed: Set(names))
        let values = names.map { inner.mapping($0) == nil ? nil : read(&inner, $0) }
        if inner.problems.isEmpty, values.allSatisfy({ $0 == nil }) { inner.refuse(value.location, Refusal(.valueMissing, "small")) }
        take(inner)
        guard inner.problems.isEmpty else { return nil }
        return ClassTable(small: values[0], medium: values[1], large: values[2], veryLarge: values[3])
    }

    /// So much per inhabitant, at most six decimals, with a floor not above the cap.
    private mutating func perInhabitant() -> PriceDraft? {
        let stated = text("amount", required: true)
        let figure = stated.flatMap { DecimalFigure($0.value) }
        if let stated, figure == nil { refuse(stated.location, Refusal(.amountInvalid, stated.value, "6")) }
        let (floor, cap) = (money("floor"), money("cap"))
        if let floor, let cap, floor > cap { refuse(place(of: "cap"), Refusal(.floorAboveCap, floor.description, cap.description)) }
        return figure.map { .stated(.perInhabitant($0, floor: floor, cap: cap)) }
    }

    /// Steps begin at 1 and ascend; the refusal points at the step that does not.
    private mutating func steps(_ items: [YAMLValue], at location: SourceLocation) -> PriceDraft? {
        var steps: [PriceStep] = []
        for item in items {
            var inner = YAMLFields(item, allowed: ["from", "amount"])
            let from = inner.number("from", in: 1...Int64(Int32.max))
            let amount = inner.requiredMoney("amount")
            if let from, let amount {
                let step = PriceStep(from: Int32(clamping: from), amount: amount)
                let fits = steps.last.map { $0.from < step.from } ?? (step.from == 1)
                if !fits { inner.refuse(inner.place(of: "from"), Refusal(.stepsInvalid)) }
                steps.append(step)
            }
            take(inner)
        }
        if items.isEmpty { refuse(location, Refusal(.stepsInvalid)) }
        return steps.isEmpty ? nil : .stated(.stepDown(steps))
    }

    private enum SharedBy: String, CaseIterable {
        case equal, inhabitants
        case sizeClass = "class"
        case given
    }

    /// A total and what the participants' parts are measured by.
    private mutating func shared() -> PriceDraft? {
        let total = requiredMoney("total")
        guard let by = word("by", SharedBy.self) else { return nil }
        if by == .equal || by == .inhabitants {
            if mapping("weights") != nil { refuse(place(of: "weights"), Refusal(.fieldsExclusive, by.rawValue, "weights")) }
            return total.map { .stated(.shared($0, by: by == .equal ? .equal : .inhabitants)) }
        }
        guard let weights = mapping("weights") else {
            refuse(location, Refusal(.valueMissing, "weights"))
            return nil
        }
        if by == .sizeClass {
            guard let table = classTable(weights, { $0.number($1, in: YAMLFields.weights) }) else { return nil }
            if SizeClass.allCases.allSatisfy({ (table[$0] ?? 0) == 0 }) { refuse(weights.location, Refusal(.weightsAllZero)) }
            return total.map { .stated(.shared($0, by: .sizeClass(table))) }
        }
        var given: [(organisation: Located<String>, weight: Int64)] = []
        for item in list("weights") {
            var inner = YAMLFields(item, allowed: ["organisation", "weight"])
            let organisation = inner.text("organisation", required: true)
            let weight = inner.number("weight", in: YAMLFields.weights)
            if let organisation, let weight { given.append((organisation, weight)) }
            take(inner)
        }
        if problems.isEmpty, given.allSatisfy({ $0.weight == 0 }) { refuse(weights.location, Refusal(.weightsAllZero)) }
        return total.map { .sharedByGiven($0, given) }
    }

    private static let weights: ClosedRange<Int64> = 0...1_000_000
}
