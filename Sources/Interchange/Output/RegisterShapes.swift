public import Domain

// The public shapes of the register's nouns: one for the command line and the API.

extension CanonicalJSON {
    /// `organisation` (a CVR number or null), `organisationId` and `name`, which stand together everywhere.
    mutating func organisation(cvr: CVRNumber?, id: Identifier<Organisation>, name: String) {
        member("organisation", cvr?.description)
        member("organisationId", id.value)
        member("name", name)
    }

    /// The same of an organisation that is only mentioned; null where there is none.
    mutating func organisation(_ organisation: OrganisationName?) {
        member("organisation", organisation?.cvr?.description)
        member("organisationId", organisation?.id.value)
        member("name", organisation?.name)
    }

    mutating func term(_ term: Term?) {
        member("from", term?.first)
        member("to", term?.last)
    }
}

extension OrganisationRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.organisation(cvr: cvr, id: id, name: name)
            $0.member("kind", kind.rawValue)
            $0.member("municipalityCode", municipalityCode)
            $0.member("regionCode", regionCode)
            $0.name("address")
            $0.object {
                $0.member("street", address.street)
                $0.member("postalCode", address.postalCode)
                $0.member("city", address.city)
            }
            $0.name("glns")
            $0.array { for gln in glns { $0.string(gln.description) } }
            $0.name("billing")
            $0.object {
                $0.member("gln", billing.gln?.description)
                $0.member("reference", billing.reference)
                $0.member("orderNumber", billing.orderNumber)
                $0.member("accountString", billing.accountString)
            }
        }
    }
}

extension AgreementRecord {
    public func write(to json: inout CanonicalJSON) { json.object { writeMembers(to: &$0) } }

    func writeMembers(to json: inout CanonicalJSON) {
        json.member("agreement", id.value)
        json.organisation(cvr: organisationCVR, id: organisation, name: organisationName)
        json.member("subject", subjectName)
        json.member("state", life.state.rawValue)
        json.term(life.term)
        json.member("sentOn", life.sentOn)
        json.signature("signature", life.signature)
        json.signature("countersignature", life.countersignature)
        json.member("noticeReceivedOn", life.noticeReceivedOn)
        json.member("endReason", life.endReason?.rawValue)
        json.member("decision", decision)
        json.name("takenOverFrom")
        json.array { for id in takenOverFrom { $0.integer(id.value) } }
        terms.write(to: &json, of: subject)
    }
}

extension AgreementTerms {
    /// The form with its changes and the notice, null where an agreement on the subject has none.
    fileprivate func write(to json: inout CanonicalJSON, of subject: Subject) {
        let isMembership = subject == .association
        if case .product = subject { json.member("form", forms.initial.rawValue) } else { json.member("form", String?.none) }
        json.name("formChanges")
        json.array {
            for change in forms.changes {
                $0.object {
                    $0.member("from", change.from)
                    $0.member("form", change.form.rawValue)
                }
            }
        }
        json.member("noticeMonths", isMembership ? nil : notice.months)
        json.member("noticeTo", isMembership ? nil : notice.to.rawValue)
        json.member("minimumLastDay", minimumLastDay)
    }
}

extension CanonicalJSON {
    mutating func signature(_ name: StaticString, _ signature: Signature?) {
        self.name(name)
        guard let signature else { return null() }
        object {
            $0.member("name", signature.name)
            $0.member("title", signature.title)
            $0.member("date", signature.date)
        }
    }
}

extension AgreementDocumentRecord {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("fileName", fileName)
            $0.member("bytes", bytes)
            $0.member("sha256", sha256)
        }
    }
}
