public import Domain

// Agreements as rows of a table, and the public shape of their papers.

extension AgreementRecord: CSVRow {
    public static var csvHeader: [String] {
        [
            "agreement", "organisation", "organisationId", "name", "subject", "state", "from", "to", "sentOn", "signedOn", "signedBy",
            "signerTitle", "countersignedOn", "countersignedBy", "countersignerTitle", "noticeReceivedOn", "endReason", "decision",
            "takenOverFrom", "form", "formChanges", "noticeMonths", "noticeTo", "minimumLastDay",
        ]
    }

    /// A change of form is its first day, then the form.
    public var csvCells: [String] {
        let isMembership = subject == .association
        return [
            id.description, cell(organisationCVR), organisation.description, organisationName, subjectName, life.state.rawValue,
            cell(life.term?.first), cell(life.term?.last), cell(life.sentOn), cell(life.signature?.date), cell(life.signature?.name),
            cell(life.signature?.title), cell(life.countersignature?.date), cell(life.countersignature?.name),
            cell(life.countersignature?.title), cell(life.noticeReceivedOn), cell(life.endReason?.rawValue), cell(decision),
            takenOverFrom.map(\.description).joined(separator: " "), subject.product == nil ? "" : terms.forms.initial.rawValue,
            terms.forms.changes.map { "\($0.from) \($0.form.rawValue)" }.joined(separator: "; "),
            isMembership ? "" : String(terms.notice.months), isMembership ? "" : terms.notice.to.rawValue, cell(terms.minimumLastDay),
        ]
    }
}

extension AgreementPaper: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("document", id.value)
            $0.member("agreement", agreement.value)
            $0.member("fileName", document.fileName)
            $0.member("bytes", document.bytes)
            $0.member("sha256", document.sha256)
        }
    }

    public static var csvHeader: [String] { ["document", "agreement", "fileName", "bytes", "sha256"] }

    public var csvCells: [String] {
        [id.description, agreement.description, document.fileName, String(document.bytes), document.sha256]
    }
}
