/// What a folder says, checked value by value and not yet against the register. Texts that name other records are resolved when it is stored.
public struct ImportDraft: Sendable {
    public var decisions: [DecisionDraft] = []
    public var settings: [SettingDraft] = []
    public var organisations: [OrganisationDraft] = []
    public var inhabitants: [InhabitantsDraft] = []
    public var people: [PersonDraft] = []
    public var contacts: [ContactDraft] = []
    public var products: [ProductDraft] = []
    public var supplierRoles: [SupplierRoleDraft] = []
    public var projects: [ProjectDraft] = []
    public var pledges: [PledgeDraft] = []
    public var duesRates: [DuesRateDraft] = []
    public var vatRules: [VATRuleDraft] = []
    public var placements: [PlacementDraft] = []
    public var rateSheets: [RateSheetDraft] = []
    public var agreements: [AgreementDraft] = []
    public var groups: [GroupDraft] = []
    public var seats: [SeatDraft] = []
    public var meetings: [MeetingDraft] = []
    public var commissions: [CommissionDraft] = []

    /// The texts by which other rows may mean a row that could not be read. A reference to one of them is not reported once more.
    public var unreadable: Set<String> = []

    public init() {}
}

/// The bodies that decide.
public enum DecisionMaker: String, Sendable, CaseIterable {
    case generalAssembly, board, steeringGroup, secretariat
    /// A public authority outside the association, such as the tax council.
    case authority
}

public struct DecisionDraft: Sendable {
    public let location: SourceLocation
    public var reference: String
    public var decidedBy: DecisionMaker
    public var decidedOn: CivilDate
    public var title: String

    public init(location: SourceLocation, reference: String, decidedBy: DecisionMaker, decidedOn: CivilDate, title: String) {
        self.location = location
        self.reference = reference
        self.decidedBy = decidedBy
        self.decidedOn = decidedOn
        self.title = title
    }
}

public struct SettingDraft: Sendable {
    public let location: SourceLocation
    public var name: SettingName
    public var from: CivilDate
    public var value: String
    public var decision: Located<String>?

    public init(location: SourceLocation, name: SettingName, from: CivilDate, value: String, decision: Located<String>?) {
        self.location = location
        self.name = name
        self.from = from
        self.value = value
        self.decision = decision
    }
}

public struct OrganisationDraft: Sendable {
    public let location: SourceLocation
    public var id: String?
    public var kind: OrganisationKind
    public var name: String
    public var cvr: CVRNumber?
    public var municipalityCode: String?
    public var regionCode: String?
    public var address: PostalAddress
    public var glns: [GLN]
    public var billing: BillingContact

    public init(
        location: SourceLocation, id: String?, kind: OrganisationKind, name: String, cvr: CVRNumber?, municipalityCode: String?,
        regionCode: String?, address: PostalAddress, glns: [GLN], billing: BillingContact
    ) {
        self.location = location
        self.id = id
        self.kind = kind
        self.name = name
        self.cvr = cvr
        self.municipalityCode = municipalityCode
        self.regionCode = regionCode
        self.address = address
        self.glns = glns
        self.billing = billing
    }
}

public struct InhabitantsDraft: Sendable {
    public let location: SourceLocation
    public var organisation: Located<String>
    public var countedOn: CivilDate
    public var inhabitants: Int32
    public var source: String

    public init(location: SourceLocation, organisation: Located<String>, countedOn: CivilDate, inhabitants: Int32, source: String) {
        self.location = location
        self.organisation = organisation
        self.countedOn = countedOn
        self.inhabitants = inhabitants
        self.source = source
    }
}

public struct PersonDraft: Sendable {
    public let location: SourceLocation
    public var name: String
    public var email: EmailAddress
    public var phone: String?

    public init(location: SourceLocation, name: String, email: EmailAddress, phone: String?) {
        self.location = location
        self.name = name
        self.email = email
        self.phone = phone
    }
}

public struct ContactDraft: Sendable {
    public let location: SourceLocation
    public var organisation: Located<String>
    public var email: Located<String>
    public var role: ContactRole
    public var term: Term

    public init(location: SourceLocation, organisation: Located<String>, email: Located<String>, role: ContactRole, term: Term) {
        self.location = location
        self.organisation = organisation
        self.email = email
        self.role = role
        self.term = term
    }
}

public struct DuesRateDraft: Sendable {
    public let location: SourceLocation
    public var year: Int
    public var basis: DuesRate.Basis
    public var indexSource: String?
    public var decision: Located<String>

    public init(location: SourceLocation, year: Int, basis: DuesRate.Basis, indexSource: String?, decision: Located<String>) {
        self.location = location
        self.year = year
        self.basis = basis
        self.indexSource = indexSource
        self.decision = decision
    }
}

public struct VATRuleDraft: Sendable {
    public let location: SourceLocation
    public var rule: VATRule
    public var decision: Located<String>

    public init(location: SourceLocation, rule: VATRule, decision: Located<String>) {
        self.location = location
        self.rule = rule
        self.decision = decision
    }
}

/// An agreement as a row of a folder describes it.
public struct AgreementDraft: Sendable {
    public let location: SourceLocation
    public var id: String?
    public var organisation: Located<String>
    /// `association`, `supplier` or a product's name, resolved when it is stored.
    public var subject: Located<String>
    /// As the row's own dates say; the last day after a notice on a product or partnership follows when the terms are known.
    public var life: AgreementLife
    public var terms: AgreementTermsDraft
    /// The last day as the row states it, which a notice must agree with.
    public var lastDay: Located<CivilDate>?
    public var decision: Located<String>?

    public init(
        location: SourceLocation, id: String?, organisation: Located<String>, subject: Located<String>, life: AgreementLife,
        terms: AgreementTermsDraft = AgreementTermsDraft(), lastDay: Located<CivilDate>? = nil, decision: Located<String>?
    ) {
        self.location = location
        self.id = id
        self.organisation = organisation
        self.subject = subject
        self.life = life
        self.terms = terms
        self.lastDay = lastDay
        self.decision = decision
    }
}
