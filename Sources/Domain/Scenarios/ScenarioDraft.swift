/// What a steering group wonders about: changes of one invoicing year, as a file states them, and rate sheets that are only proposed.
public struct ScenarioDraft: Sendable {
    public var year: BillingPeriod
    public var changes: [ScenarioChange]
    public var sheets: [RateSheetDraft]

    /// The reference that stands for a decision nobody has taken yet; a proposed sheet may name it.
    public static let proposal = "PROPOSAL"

    public init(year: BillingPeriod, changes: [ScenarioChange], sheets: [RateSheetDraft]) {
        self.year = year
        self.changes = changes
        self.sheets = sheets
    }
}

extension ScenarioDraft {
    /// The changes and sheets that begin when the year is over, or end before it begins: they would change nothing, without a word. What began earlier
    /// and still holds in the year does change it.
    ///
    /// - Returns: by `CHANGE_OUTSIDE_YEAR`, each at its place.
    package var changesOutsideYear: [ImportProblem] {
        func problem(_ location: SourceLocation, _ change: String, _ day: CivilDate) -> ImportProblem {
            ImportProblem(at: location, Refusal(.changeOutsideYear, change, day.description, String(year.year)))
        }
        let late = changes.compactMap { change in
            change.day.flatMap { $0 > year.lastDay ? problem(change.location, change.title, $0) : nil }
        }
        return late
            + sheets.compactMap { sheet in
                let title = "sheets \(sheet.product?.value ?? "supplier")"
                if sheet.term.first > year.lastDay { return problem(sheet.location, title, sheet.term.first) }
                return sheet.term.last.flatMap { $0 < year.firstDay ? problem(sheet.location, title, $0) : nil }
            }
    }
}

/// One supposed change of the facts.
public struct ScenarioChange: Sendable {
    public enum Kind: Sendable {
        /// A new agreement on a product; its joining fee, if there is one, goes by the first day.
        case joins(product: Located<String>, from: CivilDate, form: AgreementForm)
        /// The agreement on a product that lives on the day ends on it.
        case leaves(product: Located<String>, lastDay: CivilDate)
        /// It goes over into another organisation on a day; where both have agreements on one subject, the other's terms hold.
        case merges(into: Located<String>, on: CivilDate)
        /// Another size class in the scenario's year.
        case places(SizeClass)
        /// Another number of inhabitants for the scenario's year.
        case inhabitants(Int32)
    }

    public let location: SourceLocation
    public let organisation: Located<String>
    public let kind: Kind

    public init(location: SourceLocation, organisation: Located<String>, kind: Kind) {
        self.location = location
        self.organisation = organisation
        self.kind = kind
    }

    /// The first or last day of what changes; nothing for what holds the whole year.
    var day: CivilDate? {
        switch kind {
        case .joins(_, let from, _): from
        case .leaves(_, let lastDay): lastDay
        case .merges(_, let day): day
        case .places, .inhabitants: nil
        }
    }

    /// Who does what, in the file's words.
    var title: String {
        switch kind {
        case .joins(let product, _, _): "joins \(organisation.value) \(product.value)"
        case .leaves(let product, _): "leaves \(organisation.value) \(product.value)"
        case .merges(let into, _): "merges \(organisation.value) \(into.value)"
        case .places: "places \(organisation.value)"
        case .inhabitants: "inhabitants \(organisation.value)"
        }
    }
}
