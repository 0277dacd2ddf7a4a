import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

extension AgreementCommand {
    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A new draft.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "Import id, CVR number, municipality or region code, or whole name.") var organisation: String
        @Option(help: "association, supplier or a product's name.") var subject = "association"
        @Option(help: "active or passive, on a product.") var form = AgreementForm.active
        @Option(help: "Months of notice, 0 to 60, except for a membership. Default: 6.") var noticeMonths: Int?
        @Option(help: "To the end of a month, quarter, halfYear or year. Default: year.") var noticeTo: NoticePeriodEnd?
        @Option(help: "The minimum term's last day.") var minimumLastDay: CivilDate?

        func run() async throws {
            let (text, subjectText) = (organisation, subject)
            let ordinary = NoticeTerms.ordinary
            guard let notice = NoticeTerms(months: noticeMonths ?? ordinary.months, to: noticeTo ?? ordinary.to) else {
                throw Refusal(.noticeMonthsInvalid, String(noticeMonths ?? ordinary.months))
            }
            let terms = AgreementTerms(forms: FormHistory(form), notice: notice, minimumLastDay: minimumLastDay)
            try await options.withSession { session in
                let record = try await session.perform("agreement draft") { work in
                    let organisation = try await Organisations.find(text, in: work)
                    let subject = try await Products.subject(named: subjectText, in: work)
                    return try await Agreements.find(
                        try await Agreements.draft(subject, with: organisation, terms: terms, in: work), in: work)
                }
                try printList([record], in: session)
            }
        }
    }

    struct Form: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An agreement on a product becomes active or passive.",
            discussion: "A change on the agreement's first day corrects the form it begins with.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The agreement's number.") var agreement: Int64
        @Argument(help: "active or passive.") var form: AgreementForm
        @Option(help: "The first day of the new form. Default: today.") var from: CivilDate?

        func run() async throws {
            let (id, form, day) = (Identifier<Agreement>(agreement), form, try from ?? options.day())
            try await options.withSession { session in
                let record = try await session.perform("agreement form") { work in
                    try await Agreements.changeForm(id, to: form, from: day, in: work)
                }
                try printList([record], in: session)
            }
        }
    }

    struct Calendar: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The notice calendar: how every agreement in force can end, and the last day to act for it.",
            discussion: "Whoever has to act first comes first. A membership ends on any day on which its notice is received.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let entries = try await session.read { try await NoticeCalendar.list(in: $0) }
                try Console.list(
                    entries, in: session,
                    columns: [
                        (.agreement, .trailing), (.organisation, .leading), (.subject, .leading), (.notice, .leading),
                        (.latest, .leading), (.end, .leading), (.nextLatest, .leading), (.nextEnd, .leading),
                    ],
                    row: { entry, table in
                        var cells = [
                            entry.agreement.id.description, entry.agreement.organisationName, session.subject(of: entry.agreement),
                            session.format == .csv ? entry.noticeCode : entry.noticeText(in: session.language),
                        ]
                        switch entry.outlook {
                        case .anyDay: break
                        case .ends(let ends): for end in ends { cells += [end.latestNotice.description, end.end.description] }
                        case .ending(let last): cells += ["", last.description]
                        }
                        table.row(cells + Array(repeating: "", count: max(0, 8 - cells.count)))
                    }, json: { $0.write(to: &$1) })
            }
        }
    }
}

extension NoticeCalendarEntry {
    /// How notice works, for programs: `anyDay`, `ending`, or the months and the period whose end they lead to, as `6 year`.
    fileprivate var noticeCode: String {
        switch outlook {
        case .anyDay: "anyDay"
        case .ends: "\(agreement.terms.notice.months) \(agreement.terms.notice.to.rawValue)"
        case .ending: "ending"
        }
    }
}

extension AgreementRecord {
    /// The form on a day, of an agreement on a product; nothing for the others, which have none.
    func form(on day: CivilDate) -> AgreementForm? {
        guard case .product = subject else { return nil }
        return terms.forms.form(on: max(day, life.term?.first ?? day))
    }
}
