import Domain
import Postgres

/// The association as seller: what the law wants on every invoice, and where it is paid.
struct Seller: Sendable {
    let name: String
    let cvr: CVRNumber
    let gln: GLN?
    let address: PostalAddress
    let creditorNumber: String

    /// - Throws: ``Refusal`` by `UNKNOWN_ORGANISATION` when the association or its CVR number is not registered, `SETTING_MISSING`.
    static func load(_ settings: Settings, in work: Work) async throws -> Seller {
        let association = try await work.transaction.first(
            "SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table) WHERE o.kind = 'association'",
            as: OrganisationRecord.self)
        guard let association, let cvr = association.cvr else { throw Refusal(.unknownOrganisation, OrganisationKind.association.rawValue) }
        return Seller(
            name: association.name, cvr: cvr, gln: association.billing.gln ?? association.glns.first, address: association.address,
            creditorNumber: try settings.value(.creditorNumber, on: work.today))
    }
}
