import Domain

extension FolderTable {
    /// An agreement's row says how far its life has come; its state follows from which facts are there.
    static let agreements = FolderTable(
        file: "agreements.csv",
        columns: [
            "id", "organisation", "subject", "sent_on", "signed_on", "signed_by", "signer_title", "countersigned_on", "countersigned_by",
            "countersigner_title", "first_day", "notice_received_on", "last_day", "end_reason", "decision", "void",
        ]
    ) { row, draft in
        let id = row.optional("id", atMost: 100)?.value
        let organisation = row.required("organisation")
        let subject = row.value("subject", row.required("subject"), .valueUnknown) { Subject($0) }
        let before = row.problems.count
        let life = row.agreementLife()
        let decision = row.optional("decision", atMost: 100)
        guard let organisation, let subject, let life, row.problems.count == before else { return }
        draft.agreements.append(
            AgreementDraft(
                location: row.location, id: id, organisation: organisation, subject: subject, life: life, decision: decision))
    }
}

extension RowReader {
    /// Replays the moves that the row's dates name, so that a row can say nothing that the verbs would refuse.
    fileprivate mutating func agreementLife() -> AgreementLife? {
        let sentOn = date("sent_on")
        let signature = signed("signed_on", "signed_by", "signer_title")
        let countersignature = signed("countersigned_on", "countersigned_by", "countersigner_title")
        let firstDay = date("first_day")
        let noticeReceivedOn = date("notice_received_on")
        let lastDay = date("last_day")
        let reason = value("end_reason", optional("end_reason"), .valueUnknown) { EndReason(rawValue: $0) }
        let isVoid = value("void", optional("void"), .valueUnknown) { ["yes": true, "no": false][$0] } ?? false

        var moves: [AgreementMove] = []
        if let sent = sentOn ?? signature?.date { moves.append(.send(sent)) }
        if let signature { moves.append(.sign(signature)) }
        if let countersignature { moves.append(.countersign(countersignature, firstDay: firstDay)) }
        if let noticeReceivedOn {
            moves.append(.giveNotice(receivedOn: noticeReceivedOn))
            if let lastDay, lastDay != noticeReceivedOn {
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
            return try moves.reduce(AgreementLife.draft) { life, move in try life.after(move) }
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
