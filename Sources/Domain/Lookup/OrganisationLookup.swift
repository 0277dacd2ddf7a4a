/// An organisation's own business on a day: which groups it sits in and whom to ask, what it has joined and can leave, what that costs (DOMAIN §4).
public struct OrganisationLookup: Sendable {
    public let organisation: OrganisationRecord
    public let day: CivilDate
    public let groups: [OrganisationGroup]
    /// Those that are in force on the day, or later, or on their way to it; by subject.
    public let agreements: [LookedUpAgreement]
    public let contacts: [ContactRecord]
    public let productContacts: [ProductContacts]
    /// The newest first, 200 at most.
    public let invoices: [InvoiceEntry]
    /// What stands posted and is to come for the year after the day's.
    public let expected: ExpectedAmounts

    package init(
        organisation: OrganisationRecord, day: CivilDate, groups: [OrganisationGroup], agreements: [LookedUpAgreement],
        contacts: [ContactRecord], productContacts: [ProductContacts], invoices: [InvoiceEntry],
        expected: ExpectedAmounts
    ) {
        self.organisation = organisation
        self.day = day
        self.groups = groups
        self.agreements = agreements
        self.contacts = contacts
        self.productContacts = productContacts
        self.invoices = invoices
        self.expected = expected
    }
}

/// An agreement with what it costs in the year of a day and how it can end.
public struct LookedUpAgreement: Sendable, Hashable {
    public let agreement: AgreementRecord
    /// As it is on the day; nothing for a subject that has none.
    public let form: AgreementForm?
    /// The year that the price is of.
    public let year: Int
    /// Everything the year comes to, without VAT; nothing where it was not calculated or cannot be told.
    public let price: Money?
    /// Nothing where it is not in force on the day or later.
    public let outlook: NoticeOutlook?

    package init(agreement: AgreementRecord, form: AgreementForm?, year: Int, price: Money?, outlook: NoticeOutlook?) {
        self.agreement = agreement
        self.form = form
        self.year = year
        self.price = price
        self.outlook = outlook
    }
}

/// Whom to ask about a product that an organisation has joined or supplies.
public struct ProductContacts: Sendable, Hashable {
    public let product: ProductMention
    /// Nothing for one that the organisation supplies and has not joined; so with the form, which is that of the day.
    public let agreement: Identifier<Agreement>?
    public let form: AgreementForm?
    public let coordinator: ProductCoordinator?
    /// The product's groups, each with its contact persons.
    public let groups: [GroupContacts]

    public struct GroupContacts: Sendable, Hashable {
        public let id: Identifier<Group>
        public let name: String
        public let kind: GroupKind
        public let contacts: [SeatHolder]

        package init(id: Identifier<Group>, name: String, kind: GroupKind, contacts: [SeatHolder]) {
            self.id = id
            self.name = name
            self.kind = kind
            self.contacts = contacts
        }
    }

    package init(
        product: ProductMention, agreement: Identifier<Agreement>?, form: AgreementForm?, coordinator: ProductCoordinator?,
        groups: [GroupContacts]
    ) {
        self.product = product
        self.agreement = agreement
        self.form = form
        self.coordinator = coordinator
        self.groups = groups
    }
}
