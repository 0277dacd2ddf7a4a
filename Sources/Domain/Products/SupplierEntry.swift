/// A supplier as everybody may see it: its name and what it does on products. What it has agreed is not published.
public struct SupplierEntry: Sendable, Hashable {
    public let organisation: OrganisationName
    /// By product in Danish order.
    public let roles: [SupplierRoleRecord]

    package init(organisation: OrganisationName, roles: [SupplierRoleRecord]) {
        self.organisation = organisation
        self.roles = roles
    }
}
