public import Domain
import Postgres

extension Pledges {
    /// The caller's pledges by number; those that were recorded by mistake left out.
    ///
    /// - Parameter organisation: only by this one, where it is given; so with the project.
    public static func page(
        by organisation: Identifier<Organisation>? = nil, to project: Identifier<Project>? = nil, _ request: PageRequest,
        for caller: Caller, in work: Work
    ) async throws -> Page<PledgeRecord> {
        try await Listing(table: PledgeRecord.table, key: "g.id").page(
            request,
            where: """
                NOT g.voided AND \(caller.sees("g.organisation_id"))
                AND (\(organisation?.value)::bigint IS NULL OR g.organisation_id = \(organisation?.value))
                AND (\(project?.value)::bigint IS NULL OR g.project_id = \(project?.value))
                """, in: work)
    }
}
