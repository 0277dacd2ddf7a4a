/// The example association, carried by the program: what `fixtures/example` holds, compiled in. A test compares this list with the folder.
enum ExampleAssociation {
    static let files: [String: [UInt8]] = [
        "agreements.csv": PackageResources.agreements_csv,
        "association.yaml": PackageResources.association_yaml,
        "commissions.csv": PackageResources.commissions_csv,
        "contacts.csv": PackageResources.contacts_csv,
        "decisions.csv": PackageResources.decisions_csv,
        "groups.csv": PackageResources.groups_csv,
        "inhabitants.csv": PackageResources.inhabitants_csv,
        "meetings.csv": PackageResources.meetings_csv,
        "organisations.csv": PackageResources.organisations_csv,
        "people.csv": PackageResources.people_csv,
        "placements.csv": PackageResources.placements_csv,
        "pledges.csv": PackageResources.pledges_csv,
        "products.csv": PackageResources.products_csv,
        "projects.csv": PackageResources.projects_csv,
        "rates.yaml": PackageResources.rates_yaml,
        "seats.csv": PackageResources.seats_csv,
        "supplier_roles.csv": PackageResources.supplier_roles_csv,
    ]
}
