import Domain

/// Reads the fields of one mapping and collects what is wrong with them.
struct YAMLFields {
    private var fields: [String: YAMLValue] = [:]
    let location: SourceLocation
    private(set) var problems: [ImportProblem] = []

    init(_ source: SourceText, allowed: Set<String>) {
        do throws(ImportProblem) {
            self.init(try YAMLReader.read(source), allowed: allowed)
        } catch {
            self.init(unreadable: error)
        }
    }

    init(_ value: YAMLValue, allowed: Set<String>) {
        location = value.location
        guard case .mapping(let pairs, _) = value else {
            problems = [ImportProblem(at: value.location, Refusal(.yamlMalformed, "notAMapping"))]
            return
        }
        var before: YAMLValue?
        for (key, value) in pairs {
            defer { before = value }
            if allowed.contains(key.value) {
                fields[key.value] = value
            } else if let amount = YAMLFields.amountWithComma(before, key.value) {
                problems.append(ImportProblem(at: amount.location, Refusal(.amountInvalid, amount.value)))
            } else {
                problems.append(
                    ImportProblem(at: key.location, Refusal(.columnUnknown, key.value, allowed.sorted().joined(separator: ", "))))
            }
        }
    }

    /// Inside braces a decimal comma ends the amount: `{ amount: 30000,50 }` is an amount and a field called 50.
    private static func amountWithComma(_ before: YAMLValue?, _ name: String) -> Located<String>? {
        guard case .text(let whole)? = before, !whole.value.isEmpty, whole.value.utf8.allSatisfy(\.isDigit), !name.isEmpty,
            name.utf8.allSatisfy(\.isDigit)
        else { return nil }
        return Located("\(whole.value),\(name)", at: whole.location)
    }

    /// Is there a field that nobody knows? What is missing may well be that field misspelt.
    var hasUnknownField: Bool { problems.contains { $0.refusal.rule == .columnUnknown } }

    private init(unreadable problem: ImportProblem) {
        location = problem.location
        problems = [problem]
    }

    /// Takes over the problems of an inner mapping.
    mutating func take(_ inner: YAMLFields) { problems += inner.problems }

    mutating func refuse(_ location: SourceLocation, _ refusal: Refusal) { problems.append(ImportProblem(at: location, refusal)) }

    mutating func text(_ name: String, required: Bool) -> Located<String>? {
        guard let value = fields[name] else {
            if required { refuse(location, Refusal(.valueMissing, name)) }
            return nil
        }
        guard case .text(let text) = value else {
            refuse(value.location, Refusal(.yamlMalformed, "notText"))
            return nil
        }
        if text.value.isEmpty {
            if required { refuse(text.location, Refusal(.valueMissing, name)) }
            return nil
        }
        return text
    }

    mutating func date(_ name: String) -> CivilDate? { parsed(text(name, required: true), .dateInvalid) { CivilDate($0) } }

    mutating func optionalDate(_ name: String) -> CivilDate? { parsed(text(name, required: false), .dateInvalid) { CivilDate($0) } }

    mutating func number(_ name: String, in bounds: ClosedRange<Int64>) -> Int64? {
        guard let text = text(name, required: true) else { return nil }
        if text.value.utf8.allSatisfy(\.isDigit), let number = Int64(text.value), bounds.contains(number) { return number }
        refuse(text.location, Refusal(.numberInvalid, text.value, String(bounds.lowerBound), String(bounds.upperBound)))
        return nil
    }

    /// A price: not negative, at most two decimals.
    mutating func money(_ name: String) -> Money? {
        parsed(text(name, required: false), .amountInvalid) { text in
            (try? Money(kroner: text)).flatMap { $0 >= .zero ? $0 : nil }
        }
    }

    mutating func figure(_ name: String) -> DecimalFigure? {
        parsed(text(name, required: false), .numberInvalid) { text in DecimalFigure(text).flatMap { $0.unscaled > 0 ? $0 : nil } }
    }

    mutating func word<Words: RawRepresentable & CaseIterable>(_ name: String, _: Words.Type) -> Words? where Words.RawValue == String {
        guard let text = text(name, required: true) else { return nil }
        if let word = Words(rawValue: text.value) { return word }
        refuse(text.location, Refusal(.valueUnknown, name, text.value, Words.allCases.map(\.rawValue).joined(separator: ", ")))
        return nil
    }

    mutating func optionalWord<Words: RawRepresentable & CaseIterable>(_ name: String, _: Words.Type) -> Words?
    where Words.RawValue == String {
        fields[name] == nil ? nil : word(name, Words.self)
    }

    /// `yes` or `no`.
    mutating func flag(_ name: String, required: Bool) -> Bool? {
        parsed(text(name, required: required), .valueUnknown) { ["yes": true, "no": false][$0] }
    }

    /// A fraction of a whole, 0…1: `1/3`.
    mutating func share(_ name: String) -> Ratio? {
        parsed(text(name, required: true), .fractionInvalid) { text in Ratio(text).flatMap { $0.isShare ? $0 : nil } }
    }

    /// `category` and `percent`, as VAT is stated.
    mutating func vatRate() -> VATRate? {
        let category = word("category", VATRate.Category.self)
        let points = parsed(text("percent", required: true), .percentageInvalid) { Ratio.basisPoints(percent: $0) }
        guard let category, let points else { return nil }
        if let rate = VATRate(category, basisPoints: points) { return rate }
        refuse(place(of: "percent"), Refusal(.vatRateUnfit, category.rawValue, text("percent", required: true)?.value ?? ""))
        return nil
    }

    /// Where a field's value stands, or the mapping when it is not there.
    func place(of name: String) -> SourceLocation { fields[name]?.location ?? location }

    mutating func mapping(_ name: String) -> YAMLValue? { fields[name] }

    /// A list that may be left out.
    mutating func optionalList(_ name: String) -> [YAMLValue] { fields[name] == nil ? [] : list(name) }

    mutating func list(_ name: String) -> [YAMLValue] {
        guard let value = fields[name] else {
            if problems.isEmpty { refuse(location, Refusal(.valueMissing, name)) }
            return []
        }
        guard case .list(let items, _) = value else {
            refuse(value.location, Refusal(.yamlMalformed, "notAList"))
            return []
        }
        return items
    }

    mutating func parsed<Value>(_ text: Located<String>?, _ rule: Rule, _ parse: (String) -> Value?) -> Value? {
        guard let text else { return nil }
        if let value = parse(text.value) { return value }
        refuse(text.location, Refusal(rule, text.value))
        return nil
    }
}
