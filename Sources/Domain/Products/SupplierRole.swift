/// What a supplier does on a product (DOMAIN §2).
public enum SupplierRole: String, Sendable, CaseIterable {
    case development, maintenance, operation, support, advice, facilitation, projectManagement, review
}

/// A supplier's role on one product, from a day, through a day or without a known end.
public struct SupplierRoleRecord: Sendable, Hashable {
    public let organisation: Identifier<Organisation>
    public let organisationName: String
    public let organisationCVR: CVRNumber?
    public let product: Identifier<Product>
    public let productName: String
    public let role: SupplierRole
    public let term: Term

    package init(
        organisation: Identifier<Organisation>, organisationName: String, organisationCVR: CVRNumber?, product: Identifier<Product>,
        productName: String, role: SupplierRole, term: Term
    ) {
        self.organisation = organisation
        self.organisationName = organisationName
        self.organisationCVR = organisationCVR
        self.product = product
        self.productName = productName
        self.role = role
        self.term = term
    }
}

/// A supplier: an organisation with a partnership, or with a role on a product.
public struct SupplierRecord: Sendable, Hashable {
    public let organisation: OrganisationRecord
    /// Its supplier agreements, the oldest first; none where it only has roles.
    public let agreements: [AgreementRecord]
    /// By product and first day.
    public let roles: [SupplierRoleRecord]

    package init(organisation: OrganisationRecord, agreements: [AgreementRecord], roles: [SupplierRoleRecord]) {
        self.organisation = organisation
        self.agreements = agreements
        self.roles = roles
    }
}
