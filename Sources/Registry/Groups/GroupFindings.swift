public import Domain
import Postgres

/// What the secretariat should look at in the groups, read in as many statements for one group as for all.
public enum GroupFindings {
    /// - Throws: ``Refusal`` by `SETTING_MISSING` where there is no model of governance today and a product's groups go by it.
    public static func list(in work: Work) async throws -> [GroupFinding] {
        let settings = try await SettingStore.load(in: work)
        let facts = GovernanceFacts(
            groups: try await Groups.list(in: work),
            agreements: try await work.transaction.query(
                """
                SELECT \(AgreedTerm.columns) FROM agreement AS a
                WHERE a.state IN ('active', 'noticeGiven', 'ended') AND a.subject <> 'supplier'
                """, as: AgreedTerm.self
            ).map { ($0.organisation, $0.subject, $0.term) },
            products: try await Products.list(in: work), models: settings.governanceModels)
        if facts.asksForModel { _ = try settings.value(.governanceModel, on: work.today) }
        return facts.findings(on: work.today)
    }
}

/// When an organisation was, is or will be part of the association or of a product's cost sharing.
private struct AgreedTerm: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let subject: Subject
    let term: Term

    static var columns: SQL { "a.organisation_id, a.subject, a.during" }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        subject = try row.domain(try row.next(String.self)) { Subject($0) }
        term = try row.term()
    }
}
