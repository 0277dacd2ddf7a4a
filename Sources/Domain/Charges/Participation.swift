/// One agreement as charges see it: whose days may owe.
public struct Participation: Sendable, Hashable {
    public let agreement: Identifier<Agreement>
    public let subject: Subject
    public let term: Term
    public let forms: FormHistory
    /// The counterparty's signature.
    public let signedOn: CivilDate
    /// The predecessor's agreement whose terms this one continues from its first day on (rule 15).
    public let takenOverFrom: Identifier<Agreement>?
    /// How the agreement comes by the last day of its term.
    public let ending: Ending?
    /// The end that had been notified before a succession; it stays.
    public let notified: NotifiedEnd?

    /// Why an agreement ends, and what that stands on.
    public struct Ending: Sendable, Hashable {
        public let reason: EndReason
        /// The day a written notice was registered as received.
        public let noticeReceivedOn: CivilDate?
        /// Behind an exclusion or a succession.
        public let decision: DecisionReference?
        /// The name of who takes its place in a succession.
        public let successor: String?

        public init(
            _ reason: EndReason, noticeReceivedOn: CivilDate? = nil, decision: DecisionReference? = nil, successor: String? = nil
        ) {
            self.reason = reason
            self.noticeReceivedOn = noticeReceivedOn
            self.decision = decision
            self.successor = successor
        }
    }

    /// A last day that was known when a succession came before it, and how it had come about.
    public struct NotifiedEnd: Sendable, Hashable {
        public let lastDay: CivilDate
        public let ending: Ending

        public init(lastDay: CivilDate, _ ending: Ending) {
            self.lastDay = lastDay
            self.ending = ending
        }
    }

    public init(
        agreement: Identifier<Agreement>, subject: Subject, term: Term, forms: FormHistory = .active, signedOn: CivilDate,
        takenOverFrom: Identifier<Agreement>? = nil, ending: Ending? = nil, notified: NotifiedEnd? = nil
    ) {
        self.agreement = agreement
        self.subject = subject
        self.term = term
        self.forms = forms
        self.signedOn = signedOn
        self.takenOverFrom = takenOverFrom
        self.ending = ending
        self.notified = notified
    }

    private var isSucceeded: Bool { ending?.reason == .succeeded }

    /// The agreement's days as a billing period's charges count them; nothing when it has none.
    ///
    /// Periods begun before a succession stay the predecessor's as if it went on to their end, and the successor owes nothing for them (rule 15).
    public func spell(in period: BillingPeriod) -> Spell? {
        if takenOverFrom != nil && period.firstDay < term.first { return nil }
        var counted = term
        if isSucceeded, let last = term.last, period.firstDay <= last {
            let end = notified.map { max(last, min($0.lastDay, period.lastDay)) } ?? max(last, period.lastDay)
            counted = Term(first: term.first, last: end) ?? term
        }
        guard counted.overlap(with: period.days) != nil else { return nil }
        return Spell(agreement: agreement, term: counted, forms: forms, succeededAfter: counted == term ? nil : term.last)
    }
}

/// The days and forms of one agreement that a charge was computed from.
public struct Spell: Sendable, Hashable {
    public let agreement: Identifier<Agreement>
    /// The days that count.
    public let term: Term
    public let forms: FormHistory
    /// The agreement's own last day, where a succession ended it in a period that counts on as if it had not (rule 15): no part of the amount, but what
    /// is told of the agreement.
    public let succeededAfter: CivilDate?

    public init(agreement: Identifier<Agreement>, term: Term, forms: FormHistory = .active, succeededAfter: CivilDate? = nil) {
        self.agreement = agreement
        self.term = term
        self.forms = forms
        self.succeededAfter = succeededAfter
    }

    /// The days of the agreement itself.
    public var ownTerm: Term { succeededAfter.flatMap { Term(first: term.first, last: $0) } ?? term }
}

/// Several spells in one billing period, which are one key (rule 4).
struct Attendance {
    /// Days of the period on which an agreement lives, in order.
    let living: [(days: Period, forms: FormHistory)]

    init(_ spells: [Spell], in period: BillingPeriod) {
        living = spells.compactMap { spell in spell.term.overlap(with: period.days).map { ($0, spell.forms) } }
            .sorted { $0.days.first < $1.days.first }
    }

    var firstDay: CivilDate? { living.first?.days.first }

    /// From the first to the last living day (rule 16).
    var span: Period? {
        guard let first = living.first?.days.first, let last = living.map(\.days.last).max() else { return nil }
        return Period(ordered: first, last)
    }

    func form(on day: CivilDate) -> AgreementForm? { living.first { $0.days.contains(day) }?.forms.form(on: day) }
}
