import Domain

extension FolderTable {
    /// An agreement's row says how far its life has come; its state follows from which facts are there.
    static let agreements = FolderTable(
        file: "agreements.csv",
        columns: [
            "id", "organisation", "subject", "sent_on", "signed_on", "signed_by", "signer_title", "countersigned_on", "countersigned_by",
            "countersigner_title", "first_day", "notice_received_on", "last_day", "end_reason", "decision", "void", "form", "active_from",
            "notice_months", "notice_to", "minimum_last_day",
        ], optionalColumns: ["form", "active_from", "notice_months", "notice_to", "minimum_last_day"]
    ) { row, draft in
        let id = row.optional("id", atMost: 100)?.value
        let organisation = row.required("organisation")
        let subject = row.required("subject", atMost: 100)
        let before = row.problems.count
        let terms = row.agreementTerms()
        let life = row.agreementLife(on: subject?.value, terms)
        let decision = row.optional("decision", atMost: 100)
        guard let organisation, let subject, let life, row.problems.count == before else { return }
        draft.agreements.append(
            AgreementDraft(
                location: row.location, id: id, organisation: organisation, subject: subject, life: life, terms: terms,
                lastDay: row.cell("last_day").flatMap { cell in CivilDate(cell.value.trimmed).map { Located($0, at: cell.location) } },
                decision: decision))
    }
}

extension RowReader {
    /// Form and notice, as far as the row states them.
    fileprivate mutating func agreementTerms() -> AgreementTermsDraft {
        let form = optionalWord("form", AgreementForm.self)
        let activeFrom = date("active_from")
        if activeFrom != nil, form != .passive, let cell = cell("active_from") {
            // Active anyway, or nobody knows: then there is nothing that could become active.
            refuse(cell, Refusal(.valueUnknown, "form", form?.rawValue ?? "", AgreementForm.passive.rawValue))
        }
        let months = value("notice_months", optional("notice_months"), .noticeMonthsInvalid) { text -> Int? in
            guard text.utf8.count <= 2, text.utf8.allSatisfy(\.isDigit), let months = Int(text) else { return nil }
            return NoticeTerms(months: months, to: .month)?.months
        }
        let to = optionalWord("notice_to", NoticePeriodEnd.self)
        return AgreementTermsDraft(
            form: form, activeFrom: activeFrom, noticeMonths: months, noticeTo: to, minimumLastDay: date("minimum_last_day"))
    }

    /// Replays the moves that the row's dates name, so that a row can say nothing that the verbs would refuse.
    fileprivate mutating func agreementLife(on subject: String?, _ terms: AgreementTermsDraft) -> AgreementLife? {
        let sentOn = date("sent_on")
        let signature = signed("signed_on", "signed_by", "signer_title")
        let countersignature = signed("countersigned_on", "countersigned_by", "countersigner_title")
        let firstDay = date("first_day")
        let noticeReceivedOn = date("notice_received_on")
        let lastDay = date("last_day")
        let reason = optionalWord("end_reason", [EndReason.notice, .exclusion])
        let isVoid = value("void", optional("void"), .valueUnknown) { ["yes": true, "no": false][$0] } ?? false

        // What a notice on a product or a partnership leads to is computed again when all terms are known.
        let isMembership = subject == Subject.association.description
        let rule = isMembership ? NoticeRule.onReceipt : terms.applied(to: .ordinary).ending(.supplier)
        var moves: [AgreementMove] = []
        if let sent = sentOn ?? signature?.date { moves.append(.send(sent)) }
        if let signature { moves.append(.sign(signature)) }
        if let countersignature { moves.append(.countersign(countersignature, firstDay: firstDay)) }
        if let noticeReceivedOn {
            moves.append(.giveNotice(receivedOn: noticeReceivedOn))
            if isMembership, let lastDay, lastDay != noticeReceivedOn {
                refuse(Refusal(.valueUnknown, "last_day", lastDay.description, noticeReceivedOn.description))
            }
        } else if let lastDay {
            if reason == .exclusion {
                moves.append(.exclude(lastDay: lastDay))
            } else {
                refuse(Refusal(.valueMissing, "notice_received_on"))
            }
        }
        if isVoid { moves.append(.void) }
        do {
            let life = try moves.reduce(AgreementLife.draft) { life, move in try life.after(move, ending: rule) }
            if let activeFrom = terms.activeFrom, let term = life.term, activeFrom <= term.first || !term.contains(activeFrom),
                let cell = cell("active_from")
            {
                refuse(
                    cell, Refusal(.formOutsideTerm, activeFrom.description, term.first.description, term.last?.description ?? ""))
            }
            return life
        } catch let refusal as Refusal {
            refuse(refusal)
        } catch {
            refuse(Refusal(.recordInvalid, "\(error)"))
        }
        return nil
    }

    /// Date, name and title together, or none of them.
    private mutating func signed(_ date: String, _ name: String, _ title: String) -> Signature? {
        guard cell(date).map({ !$0.value.trimmed.isEmpty }) ?? false else {
            for column in [name, title] {
                if let stray = optional(column) { refuse(stray, Refusal(.valueMissing, date)) }
            }
            return nil
        }
        let day = requiredDate(date)
        let by = required(name, atMost: 200)
        let role = required(title, atMost: 200)
        guard let day, let by, let role else { return nil }
        return Signature(name: by.value, title: role.value, date: day)
    }
}
