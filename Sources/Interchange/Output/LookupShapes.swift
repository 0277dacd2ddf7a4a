public import Domain

// The public shapes of what an organisation looks up about itself.

extension CanonicalJSON {
    mutating func product(_ product: ProductMention?) {
        member("product", product?.name)
        member("productId", product?.id.value)
    }
}

extension SeatHolder {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("seat", seat.value)
            $0.member("person", personName)
            $0.member("personId", person.value)
            $0.member("email", email)
            $0.member("phone", phone)
            $0.member("role", role.rawValue)
            $0.member("votes", votes)
            $0.organisation(cvr: organisation.cvr, id: organisation.id, name: organisation.name)
            $0.term(term)
        }
    }
}

extension OrganisationGroup: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("group", name)
            $0.member("groupId", id.value)
            $0.member("kind", kind.rawValue)
            $0.product(product)
            $0.name("people")
            $0.array { for holder in people { holder.write(to: &$0) } }
            $0.name("contacts")
            $0.array { for holder in contacts { holder.write(to: &$0) } }
        }
    }

    public static let csvHeader = ["group", "group-id", "kind", "product", "people", "contacts"]

    public var csvCells: [String] {
        [
            name, id.description, kind.rawValue, product?.name ?? "", people.map(\.email).joined(separator: " "),
            contacts.map(\.email).joined(separator: " "),
        ]
    }
}

extension LookedUpAgreement: CSVRow {
    /// The agreement, and what its year costs and how it can end.
    public func write(to json: inout CanonicalJSON) {
        json.object {
            agreement.writeMembers(to: &$0)
            $0.member("year", year)
            $0.member("yearPriceMinor", price?.minorUnits)
            $0.member("latestNotice", outlook?.nextLatestNotice)
            $0.member("anyDay", outlook == .anyDay)
            $0.name("ends")
            $0.array {
                for end in ends {
                    $0.object {
                        $0.member("end", end.end)
                        $0.member("latestNotice", end.latestNotice)
                    }
                }
            }
        }
    }

    private var ends: [PossibleEnd] { if case .ends(let ends) = outlook { ends } else { [] } }

    public static let csvHeader = [
        "agreement", "subject", "state", "from", "to", "form", "year", "year-price", "latest-notice", "next-end",
    ]

    public var csvCells: [String] {
        [
            agreement.id.description, agreement.subjectName, agreement.life.state.rawValue, agreement.life.term?.first.description ?? "",
            agreement.life.term?.last?.description ?? "", form?.rawValue ?? "", String(year),
            price?.description ?? "", outlook?.nextLatestNotice?.description ?? "", ends.first?.end.description ?? "",
        ]
    }
}

extension ProductContacts: CSVRow {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.product(product)
            $0.member("agreement", agreement?.value)
            $0.member("form", form?.rawValue)
            $0.name("coordinator")
            if let coordinator {
                $0.object {
                    $0.member("name", coordinator.name)
                    $0.member("email", coordinator.email)
                }
            } else {
                $0.null()
            }
            $0.name("groups")
            $0.array {
                for group in groups {
                    $0.object {
                        $0.member("group", group.name)
                        $0.member("groupId", group.id.value)
                        $0.member("kind", group.kind.rawValue)
                        $0.name("contacts")
                        $0.array { for holder in group.contacts { holder.write(to: &$0) } }
                    }
                }
            }
        }
    }

    public static let csvHeader = ["product", "agreement", "form", "coordinator", "group", "contacts"]

    public var csvCells: [String] {
        [
            product.name, agreement?.description ?? "", form?.rawValue ?? "", coordinator?.email ?? "",
            groups.map(\.name).joined(separator: "; "),
            groups.flatMap(\.contacts).map(\.email).joined(separator: " "),
        ]
    }
}

extension ExpectedAmounts {
    /// - Throws: ``ArithmeticOverflow``.
    public func write(to json: inout CanonicalJSON) throws {
        try json.object {
            $0.member("year", year)
            $0.member("calculatedOn", calculatedOn)
            $0.member("netMinor", try net()?.minorUnits)
            $0.name("amounts")
            $0.array {
                for amount in amounts {
                    $0.object {
                        $0.member("subject", amount.subjectName ?? amount.subject.description)
                        $0.member("charge", amount.charge.rawValue)
                        $0.member("netMinor", amount.net?.minorUnits)
                        $0.member("parked", amount.parked?.rawValue)
                    }
                }
            }
        }
    }
}

extension OrganisationLookup {
    /// - Throws: ``ArithmeticOverflow``.
    public func write(to json: inout CanonicalJSON) throws {
        try json.object {
            $0.name("organisation")
            organisation.write(to: &$0)
            $0.member("asOf", day)
            $0.name("groups")
            $0.array { for group in groups { group.write(to: &$0) } }
            $0.name("agreements")
            $0.array { for agreement in agreements { agreement.write(to: &$0) } }
            $0.name("contacts")
            $0.array { for contact in contacts { contact.write(to: &$0) } }
            $0.name("productContacts")
            $0.array { for contacts in productContacts { contacts.write(to: &$0) } }
            $0.name("invoices")
            try $0.array { for invoice in invoices { try invoice.write(to: &$0) } }
            $0.name("expected")
            try expected.write(to: &$0)
        }
    }
}
