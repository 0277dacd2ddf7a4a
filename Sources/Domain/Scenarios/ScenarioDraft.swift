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
}
