public import Domain

// Words of the register as people read them in a table. Programs that read CSV or JSON find the code.

extension OrganisationKind {
    public func text(in language: Language) -> String {
        switch self {
        case .municipality: language("kommune", "municipality")
        case .region: language("region", "region")
        case .stateBody: language("statslig myndighed", "state body")
        case .otherPublicBody: language("anden offentlig", "other public body")
        case .supplier: language("leverandør", "supplier")
        case .association: language("forening", "association")
        }
    }
}

extension AuditRecord.Change {
    public func text(in language: Language) -> String {
        switch self {
        case .added: language("tilføjet", "added")
        case .changed: language("ændret", "changed")
        case .removed: language("fjernet", "removed")
        }
    }
}

extension ContactRole {
    public func text(in language: Language) -> String {
        switch self {
        case .primary: language("primær", "primary")
        case .billing: language("faktura", "billing")
        case .signatory: language("underskriver", "signatory")
        case .technical: language("teknisk", "technical")
        }
    }
}

extension SupplierRole {
    public func text(in language: Language) -> String {
        switch self {
        case .development: language("udvikling", "development")
        case .maintenance: language("vedligehold", "maintenance")
        case .operation: language("drift", "operation")
        case .support: language("support", "support")
        case .advice: language("rådgivning", "advice")
        case .facilitation: language("facilitering", "facilitation")
        case .projectManagement: language("projektledelse", "project management")
        case .review: language("review", "review")
        }
    }
}

extension PledgeReduction {
    /// What paying the pledge does to a later joining fee.
    public func text(in language: Language) -> String {
        switch self {
        case .nothing: language("uændret", "unchanged")
        case .amount: language("nedsættes", "reduced")
        case .whole: language("bortfalder", "waived")
        }
    }
}

extension ProjectStanding.State {
    public func text(in language: Language) -> String {
        switch self {
        case .open: language("åbent", "open")
        case .reached: language("nået", "reached")
        case .lapsed: language("bortfaldet", "lapsed")
        }
    }
}

extension ChargeScope {
    public func text(in language: Language) -> String {
        switch self {
        case .all: language("alt", "all")
        case .dues: language("kontingent", "dues")
        case .products: language("produkter", "products")
        case .only(let subject): subject.text(in: language)
        }
    }
}

extension Language {
    /// A subject's stored name as people read it. No product is called as the other subjects are (`PRODUCT_NAME_RESERVED`).
    public func subject(named name: String) -> String {
        switch Subject(name) {
        case .association?: Subject.association.text(in: self)
        case .supplier?: Subject.supplier.text(in: self)
        default: name
        }
    }
}

extension AgreementRecord {
    /// What the agreement is about: a product by its name.
    public func subjectText(in language: Language) -> String { productName ?? subject.text(in: language) }
}
