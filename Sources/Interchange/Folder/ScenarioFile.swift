public import Domain

/// The file of a scenario: a year, supposed changes of the facts, and proposed rate sheets in the form of `rates.yaml`.
public enum ScenarioFile {
    /// - Returns: the scenario, as far as it could be read; and everything that is wrong. Nothing at all where even the year is missing.
    public static func read(_ source: SourceText) -> (scenario: ScenarioDraft?, problems: [ImportProblem]) {
        var reader = YAMLFields(source, allowed: ["year", "changes", "sheets"])
        guard let number = reader.number("year", in: 2000...9998), let year = BillingPeriod(year: Int(number)) else {
            return (nil, reader.problems)
        }
        var scenario = ScenarioDraft(year: year, changes: [], sheets: [])
        for item in reader.optionalList("changes") {
            let (change, problems) = ScenarioChange.read(item)
            if let change { scenario.changes.append(change) }
            for problem in problems { reader.refuse(problem.location, problem.refusal) }
        }
        for item in reader.optionalList("sheets") {
            let (sheet, problems) = RateSheetDraft.read(item)
            if let sheet { scenario.sheets.append(sheet) }
            for problem in problems { reader.refuse(problem.location, problem.refusal) }
        }
        return (scenario, reader.problems)
    }
}

extension ScenarioChange {
    /// What each kind of change is stated with; the first field says which kind it is.
    private static let kinds: [(name: String, others: Set<String>)] = [
        ("joins", ["product", "from", "form"]), ("leaves", ["product", "last-day"]), ("merges", ["into", "on"]), ("places", ["class"]),
        ("inhabitants", ["of"]),
    ]

    fileprivate static func read(_ item: YAMLValue) -> (change: ScenarioChange?, problems: [ImportProblem]) {
        var names: Set<String> = []
        if case .mapping(let pairs, _) = item { names = Set(pairs.map(\.key.value)) }
        let stated = kinds.filter { names.contains($0.name) }
        guard let kind = stated.first else {
            var fields = YAMLFields(item, allowed: names)
            if fields.problems.isEmpty {
                fields.refuse(item.location, Refusal(.valueMissing, kinds.map(\.name).joined(separator: ", ")))
            }
            return (nil, fields.problems)
        }
        var fields = YAMLFields(item, allowed: kind.others.union(stated.map(\.name)))
        if stated.count > 1 {
            fields.refuse(fields.place(of: stated[1].name), Refusal(.fieldsExclusive, kind.name, stated[1].name))
            return (nil, fields.problems)
        }
        let organisation = fields.text(kind.name == "inhabitants" ? "of" : kind.name, required: true)
        let change = fields.change(kind.name)
        guard let organisation, let change, fields.problems.isEmpty else { return (nil, fields.problems) }
        return (ScenarioChange(location: item.location, organisation: organisation, kind: change), [])
    }
}

extension YAMLFields {
    fileprivate mutating func change(_ kind: String) -> ScenarioChange.Kind? {
        switch kind {
        case "joins":
            let product = text("product", required: true)
            let from = date("from")
            let form = optionalWord("form", AgreementForm.self)
            guard let product, let from else { return nil }
            return .joins(product: product, from: from, form: form ?? .active)
        case "leaves":
            let product = text("product", required: true)
            let lastDay = date("last-day")
            guard let product, let lastDay else { return nil }
            return .leaves(product: product, lastDay: lastDay)
        case "merges":
            let into = text("into", required: true)
            let day = date("on")
            guard let into, let day else { return nil }
            return .merges(into: into, on: day)
        case "places":
            return word("class", SizeClass.self).map { .places($0) }
        default:
            return number("inhabitants", in: 0...Int64(Int32.max)).map { .inhabitants(Int32(clamping: $0)) }
        }
    }
}
