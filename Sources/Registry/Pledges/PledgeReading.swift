import Domain
import Postgres

/// Reads pledges as charges see them: each with the day its project's target was reached.
enum PledgeReading {
    static func load(in work: Work) async throws -> [Identifier<Organisation>: [Pledge]] {
        let rows = try await work.transaction.query(
            """
            SELECT \(PledgeRow.columns) FROM pledge AS g JOIN project AS p ON p.id = g.project_id JOIN decision AS d ON d.id = g.decision_id
            WHERE NOT g.voided ORDER BY g.id
            """, as: PledgeRow.self)
        var reached: [Identifier<Project>: CivilDate] = [:]
        for (project, pledges) in Dictionary(grouping: rows, by: \.project) {
            guard let first = pledges.first else { continue }
            reached[project] = try ProjectStanding(
                target: first.target, deadline: first.deadline, pledges: pledges.map { ($0.amount, $0.pledgedOn, $0.withdrawnOn) }
            ).reachedOn()
        }
        return Dictionary(grouping: rows, by: \.organisation).mapValues { rows in rows.map { $0.pledge(reachedOn: reached[$0.project]) } }
    }
}

private struct PledgeRow: RowDecodable, Sendable {
    let organisation: Identifier<Organisation>
    let project: Identifier<Project>
    let amount: Money
    let pledgedOn: CivilDate
    let withdrawnOn: CivilDate?
    let target: Money
    let deadline: CivilDate
    private let id: Identifier<Pledge>
    private let projectName: String
    private let product: Identifier<Product>?
    private let decision: DecisionReference
    private let paidOn: CivilDate?
    private let proof: String?
    private let reduction: PledgeReduction

    static var columns: SQL {
        """
        g.organisation_id, p.id, g.amount_minor, g.pledged_on, g.withdrawn_on, p.target_minor, p.deadline, g.id, p.name, p.product_id,
        d.id, d.reference, g.paid_on, g.proof, g.reduction
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        project = try row.identifier()
        amount = try row.money()
        pledgedOn = try row.date()
        withdrawnOn = try row.optionalDate()
        target = try row.money()
        deadline = try row.date()
        id = try row.identifier()
        projectName = try row.next()
        product = try row.next(Int64?.self).map { Identifier($0) }
        decision = DecisionReference(id: try row.identifier(), reference: try row.next())
        paidOn = try row.optionalDate()
        proof = try row.next()
        reduction = try row.word()
    }

    /// A withdrawn pledge is never due; one made after the target was reached is due on its own day.
    func pledge(reachedOn: CivilDate?) -> Pledge {
        let isStanding = withdrawnOn == nil || reachedOn.map { day in withdrawnOn.map { $0 > day } ?? true } ?? false
        return Pledge(
            id: id, project: project, projectName: projectName, product: product, amount: amount, decision: decision,
            reachedOn: isStanding ? reachedOn.map { max($0, pledgedOn) } : nil, paidOn: paidOn, proof: proof, reduction: reduction)
    }
}
