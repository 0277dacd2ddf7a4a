public import Domain

// What agreements say of their form and their notice, in words.

extension NoticeTerms {
    /// `6 months to the end of a year`.
    public func text(in language: Language) -> String {
        let danish =
            switch to {
            case .month: "en måned"
            case .quarter: "et kvartal"
            case .halfYear: "et halvår"
            case .year: "et år"
            }
        let english =
            switch to {
            case .month: "a month"
            case .quarter: "a quarter"
            case .halfYear: "a half-year"
            case .year: "a year"
            }
        return language(
            "\(months) måned\(months == 1 ? "" : "er") til udgangen af \(danish)",
            "\(months) month\(months == 1 ? "" : "s") to the end of \(english)")
    }
}

extension AgreementState {
    public func text(in language: Language) -> String {
        switch self {
        case .draft: language("udkast", "draft")
        case .sent: language("sendt", "sent")
        case .signed: language("underskrevet", "signed")
        case .active: language("i kraft", "in force")
        case .noticeGiven: language("opsagt", "notice given")
        case .ended: language("ophørt", "ended")
        case .cancelled: language("annulleret", "cancelled")
        case .voided: language("registreret ved en fejl", "recorded by mistake")
        }
    }
}

extension AgreementForm {
    public func text(in language: Language) -> String {
        switch self {
        case .active: language("aktiv", "active")
        case .passive: language("passiv", "passive")
        }
    }
}

extension AgreementTerms {
    /// Form, notice and minimum term of an agreement on a product or of a partnership; nothing for a membership, which has none.
    public func sentence(of subject: Subject, in language: Language) -> String? {
        if subject == .association { return nil }
        var parts: [String] = []
        if case .product = subject {
            let changes = forms.changes.map { ", \($0.form.text(in: language)) " + language("fra", "from") + " \($0.from)" }
            parts.append(forms.initial.text(in: language) + changes.joined())
        }
        parts.append(language("opsigelse", "notice") + " " + notice.text(in: language))
        if let minimumLastDay { parts.append(language("tidligst", "not before") + " \(minimumLastDay)") }
        return parts.joined(separator: "; ")
    }
}

extension NoticeCalendarEntry {
    /// How notice works for this agreement, or that it has been given.
    public func noticeText(in language: Language) -> String {
        switch outlook {
        case .anyDay: language("hvilken som helst dag", "any day")
        case .ends: agreement.terms.notice.text(in: language)
        case .ending: language("ophører", "is ending")
        }
    }
}

extension Subject {
    /// What an agreement is about where the product's or project's own name is not at hand.
    public func text(in language: Language) -> String {
        switch self {
        case .association: language("foreningen", "the association")
        case .supplier: language("leverandørpartnerskabet", "the supplier partnership")
        case .product(let product): language("produkt \(product)", "product \(product)")
        case .project(let project): language("projekt \(project)", "project \(project)")
        }
    }
}
