/// What an agreement on a product or a supplier partnership says beyond its days: its form, its notice and its minimum term.
public struct AgreementTerms: Sendable, Hashable {
    public var forms: FormHistory
    public var notice: NoticeTerms
    /// The minimum term's last day; nothing where there is none.
    public var minimumLastDay: CivilDate?

    public init(forms: FormHistory, notice: NoticeTerms, minimumLastDay: CivilDate?) {
        self.forms = forms
        self.notice = notice
        self.minimumLastDay = minimumLastDay
    }

    /// Active, six months to the end of a year, no minimum term.
    public static let ordinary = AgreementTerms(forms: FormHistory(.active), notice: .ordinary, minimumLastDay: nil)

    /// How a notice ends an agreement on a subject. Membership has a rule of its own (DOMAIN §2).
    public func ending(_ subject: Subject) -> NoticeRule {
        subject == .association ? .onReceipt : .byTerms(notice, minimumLastDay: minimumLastDay)
    }

    /// Can an agreement on this subject say so?
    ///
    /// - Throws: ``Refusal`` by `PASSIVE_ONLY_ON_PRODUCTS`, or by `NOTICE_ANY_DAY` where a membership is given notice terms or a minimum term.
    public func check(for subject: Subject) throws(Refusal) {
        if case .product = subject { return }
        if forms.isEverPassive || !forms.changes.isEmpty { throw Refusal(.passiveOnlyOnProducts) }
        if subject == .association && (notice != .ordinary || minimumLastDay != nil) { throw Refusal(.noticeAnyDay) }
    }
}

/// How a notice becomes an agreement's last day.
public enum NoticeRule: Sendable, Hashable {
    /// Membership ends the day the notice is registered as received, and that day is its last.
    case onReceipt
    /// The first period end that the notice reaches, on or after the minimum term's last day.
    case byTerms(NoticeTerms, minimumLastDay: CivilDate?)
}

/// An agreement's terms as a row of a folder states them. What is blank is unknown to the row and changes nothing.
public struct AgreementTermsDraft: Sendable, Hashable {
    public var form: AgreementForm?
    /// The day on which a passive agreement becomes active.
    public var activeFrom: CivilDate?
    /// 0…60.
    public var noticeMonths: Int?
    public var noticeTo: NoticePeriodEnd?
    public var minimumLastDay: CivilDate?

    public init(
        form: AgreementForm? = nil, activeFrom: CivilDate? = nil, noticeMonths: Int? = nil, noticeTo: NoticePeriodEnd? = nil,
        minimumLastDay: CivilDate? = nil
    ) {
        self.form = form
        self.activeFrom = activeFrom
        self.noticeMonths = noticeMonths
        self.noticeTo = noticeTo
        self.minimumLastDay = minimumLastDay
    }

    /// What the row says on top of terms that are known.
    public func applied(to known: AgreementTerms) -> AgreementTerms {
        let notice = NoticeTerms(months: noticeMonths ?? known.notice.months, to: noticeTo ?? known.notice.to)
        return AgreementTerms(
            forms: forms(over: known.forms), notice: notice ?? known.notice, minimumLastDay: minimumLastDay ?? known.minimumLastDay)
    }

    /// Another day in the row moves the first change to active; further changes are the verbs' and stay.
    private func forms(over known: FormHistory) -> FormHistory {
        var changes = known.changes
        if let activeFrom {
            let change = FormChange(from: activeFrom, form: .active)
            if !changes.contains(change) {
                if let first = changes.firstIndex(where: { $0.form == .active }) { changes[first] = change } else { changes.append(change) }
            }
        }
        return FormHistory(form ?? known.initial, changes: changes)
    }
}
