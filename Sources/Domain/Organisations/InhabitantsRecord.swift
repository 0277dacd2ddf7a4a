/// How many live in an organisation's area, as counted on a day.
public struct InhabitantsRecord: Sendable, Hashable {
    public let organisation: OrganisationName
    /// 0 or more.
    public let inhabitants: Int32
    public let countedOn: CivilDate

    package init(organisation: OrganisationName, inhabitants: Int32, countedOn: CivilDate) {
        self.organisation = organisation
        self.inhabitants = inhabitants
        self.countedOn = countedOn
    }
}
