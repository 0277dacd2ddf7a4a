/// An organisation as the register holds it.
public struct OrganisationRecord: Sendable, Hashable {
    public let id: Identifier<Organisation>
    /// The id its rows carry in import folders.
    public let importID: String?
    public let kind: OrganisationKind
    public let name: String
    public let cvr: CVRNumber?
    public let municipalityCode: String?
    /// A region's own code, or the code of the region a municipality lies in.
    public let regionCode: String?
    public let address: PostalAddress
    public let glns: [GLN]
    public let billing: BillingContact

    package init(
        id: Identifier<Organisation>, importID: String?, kind: OrganisationKind, name: String, cvr: CVRNumber?, municipalityCode: String?,
        regionCode: String?, address: PostalAddress, glns: [GLN], billing: BillingContact
    ) {
        self.id = id
        self.importID = importID
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
