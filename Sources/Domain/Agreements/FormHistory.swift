/// How an authority takes part in a product.
public enum AgreementForm: String, Sendable, CaseIterable {
    case active
    /// Pays a fraction of the annual fee; the joining fee waits, locked at the signing date (*passivt medlemskab*).
    case passive
}

/// The form of participation on every day of an agreement: the one it begins with, and dated changes.
public struct FormHistory: Sendable, Hashable {
    public struct Change: Sendable, Hashable {
        public let from: CivilDate
        public let form: AgreementForm

        public init(from: CivilDate, form: AgreementForm) {
            self.from = from
            self.form = form
        }
    }

    public let first: AgreementForm
    /// By day.
    public let changes: [Change]

    public init(first: AgreementForm, changes: [Change] = []) {
        self.first = first
        self.changes = changes.sorted { $0.from < $1.from }
    }

    public static let active = FormHistory(first: .active)

    public func form(on day: CivilDate) -> AgreementForm { changes.last { $0.from <= day }?.form ?? first }

    /// The first day in a term on which the form is active; nothing when there is none.
    public func firstActiveDay(in term: Term) -> CivilDate? {
        if form(on: term.first) == .active { return term.first }
        return changes.first { $0.form == .active && term.contains($0.from) }?.from
    }
}
