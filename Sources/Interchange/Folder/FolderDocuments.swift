import Domain

/// The YAML files of the import format.
enum FolderDocument {
    static let all = ["association.yaml", "rates.yaml"]

    /// `association.yaml`: a note on what the folder is, and the dated settings.
    static func readAssociation(_ source: SourceText, into draft: inout ImportDraft) -> [ImportProblem] {
        var reader = YAMLFields(source, allowed: ["note", "settings"])
        for item in reader.list("settings") {
            var fields = YAMLFields(item, allowed: ["name", "from", "value", "decision"])
            let name = fields.text("name", required: true)
            let from = fields.date("from")
            let value = fields.text("value", required: false)
            let setting = name.flatMap { SettingName(rawValue: $0.value) }
            let decision = fields.text("decision", required: setting?.needsDecision ?? false)
            if let name, let from {
                if let setting {
                    if setting.accepts(value?.value ?? "") {
                        draft.settings.append(
                            SettingDraft(location: item.location, name: setting, from: from, value: value?.value ?? "", decision: decision))
                    } else {
                        fields.refuse(value?.location ?? item.location, Refusal(.settingInvalid, name.value, value?.value ?? ""))
                    }
                } else {
                    let known = SettingName.allCases.map(\.rawValue).joined(separator: ", ")
                    fields.refuse(name.location, Refusal(.valueUnknown, "name", name.value, known))
                }
            }
            reader.take(fields)
        }
        return reader.problems
    }

    /// `rates.yaml`: the association's dues by year, how charges are taxed, and the rate sheets of products and of the supplier partnership.
    static func readRates(_ source: SourceText, into draft: inout ImportDraft) -> [ImportProblem] {
        var reader = YAMLFields(source, allowed: ["dues", "vat", "sheets"])
        for item in reader.list("dues") {
            var fields = YAMLFields(item, allowed: ["year", "amount", "index", "decision"])
            let year = fields.number("year", in: 2000...9998)
            let amount = fields.money("amount")
            let decision = fields.text("decision", required: true)
            var basis = amount.map { DuesRate.Basis.fixed($0) }
            var source: String?
            if let index = fields.mapping("index") {
                var figures = YAMLFields(index, allowed: ["figure", "previous", "source"])
                let figure = figures.figure("figure")
                let previous = figures.figure("previous")
                source = figures.text("source", required: figure != nil)?.value
                basis = .indexed(figure: figure, previous: previous, published: amount)
                if amount != nil, figure == nil || previous == nil {
                    figures.refuse(index.location, Refusal(.valueMissing, figure == nil ? "figure" : "previous"))
                }
                fields.take(figures)
            } else if amount == nil, fields.problems.isEmpty {
                fields.refuse(item.location, Refusal(.valueMissing, "amount"))
            }
            if let year, let basis, let decision {
                draft.duesRates.append(
                    DuesRateDraft(location: item.location, year: Int(year), basis: basis, indexSource: source, decision: decision))
            }
            reader.take(fields)
        }
        for item in reader.list("vat") {
            var fields = YAMLFields(item, allowed: ["charge", "from", "until", "category", "percent", "decision"])
            let charge = fields.word("charge", ChargeKind.self)
            let from = fields.date("from")
            let until = fields.optionalDate("until")
            let rate = fields.vatRate()
            let decision = fields.text("decision", required: true)
            if let charge, let from, let rate, let decision {
                if let term = Term(first: from, last: until) {
                    draft.vatRules.append(
                        VATRuleDraft(location: item.location, rule: VATRule(charge: charge, term: term, rate: rate), decision: decision))
                } else {
                    fields.refuse(item.location, Refusal(.endBeforeStart, until?.description ?? "", from.description))
                }
            }
            reader.take(fields)
        }
        for item in reader.optionalList("sheets") {
            let (sheet, problems) = RateSheetDraft.read(item)
            if let sheet { draft.rateSheets.append(sheet) }
            for problem in problems { reader.refuse(problem.location, problem.refusal) }
        }
        return reader.problems
    }
}
