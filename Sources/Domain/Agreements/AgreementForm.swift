/// How an authority takes part in a product (DOMAIN §2). Every other agreement is active.
public enum AgreementForm: String, Sendable, CaseIterable {
    case active
    /// Pays a fraction of the annual fee; the joining fee is locked at the signing date.
    case passive
}

/// A new form, from a day on.
public struct FormChange: Sendable, Hashable {
    public let from: CivilDate
    public let form: AgreementForm

    public init(from: CivilDate, form: AgreementForm) {
        self.from = from
        self.form = form
    }
}

/// The form on an agreement's first day, and its dated changes.
public struct FormHistory: Sendable, Hashable {
    public let initial: AgreementForm
    /// By day, at most one a day.
    public let changes: [FormChange]

    /// Active from the first day on, and never anything else.
    public static let active = FormHistory(.active)

    /// Of two changes on one day the later in the list holds.
    public init(_ initial: AgreementForm, changes: [FormChange] = []) {
        self.initial = initial
        self.changes = Dictionary(changes.map { ($0.from, $0) }) { _, later in later }.values.sorted { $0.from < $1.from }
    }

    public func form(on day: CivilDate) -> AgreementForm { changes.last { $0.from <= day }?.form ?? initial }

    /// The first day of a term on which the form is active, which is when the joining fee falls due (DOMAIN §3, rule 14); nothing when there is none.
    public func firstActiveDay(in term: Term) -> CivilDate? {
        if form(on: term.first) == .active { return term.first }
        return changes.first { $0.from > term.first && $0.form == .active && term.contains($0.from) }?.from
    }

    /// Is it passive on any day at all?
    public var isEverPassive: Bool { initial == .passive || changes.contains { $0.form == .passive } }

    /// The history after a change on a day of the agreement's term. A change on its first day corrects the form it begins with.
    ///
    /// - Throws: ``Refusal`` by `FORM_OUTSIDE_TERM`.
    public func changing(to form: AgreementForm, from day: CivilDate, in term: Term) throws(Refusal) -> FormHistory {
        guard term.contains(day) else {
            throw Refusal(.formOutsideTerm, day.description, term.first.description, term.last?.description ?? "")
        }
        if self.form(on: day) == form { return self }
        if day == term.first && !changes.contains(where: { $0.from <= day }) { return FormHistory(form, changes: changes) }
        return FormHistory(initial, changes: changes + [FormChange(from: day, form: form)])
    }
}
