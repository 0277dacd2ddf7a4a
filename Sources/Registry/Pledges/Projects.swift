public import Domain
public import Postgres

/// The projects of the register: listed, found by name, stored from folders.
public enum Projects {
    /// Every project with its pledges, by name in Danish order.
    public static func list(in work: Work) async throws -> [ProjectRecord] { try await records(named: nil, in: work) }

    /// The project of a name, in capitals or not.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PROJECT`.
    public static func find(_ name: String, in work: Work) async throws -> ProjectRecord {
        guard let found = try await records(named: name, in: work).first else { throw Refusal(.unknownProject, name) }
        return found
    }

    private static func records(named name: String?, in work: Work) async throws -> [ProjectRecord] {
        let rows = try await work.transaction.query(
            """
            SELECT \(ProjectRow.columns) FROM \(ProjectRow.table) WHERE \(name)::text IS NULL OR lower(p.name) = lower(\(name))
            ORDER BY p.name COLLATE "da-x-icu", p.id
            """, as: ProjectRow.self)
        let ids = rows.map(\.id.value)
        let pledges = try await work.transaction.query(
            """
            SELECT \(PledgeRecord.columns) FROM \(PledgeRecord.table)
            WHERE g.project_id = ANY(\(ids)) AND NOT g.voided ORDER BY g.pledged_on, o.name COLLATE "da-x-icu", g.id
            """, as: PledgeRecord.self)
        let byProject = Dictionary(grouping: pledges, by: \.project)
        return rows.map { $0.record(pledges: byProject[$0.id] ?? []) }
    }

    /// Registers a project, or brings the one of this name up to date. What is blank in the draft is unknown to it and stays.
    ///
    /// - Throws: ``Refusal`` by `VALUE_MISSING` where a new project lacks its target, deadline or decision.
    static func store(
        _ draft: ProjectDraft, becoming product: Identifier<Product>?, decision: Identifier<Decision>?, in work: Work
    ) async throws -> StoreOutcome {
        let (product, target, deadline) = (product?.value, draft.target?.minorUnits, draft.deadline?.stored)
        let known = try await work.transaction.first("SELECT id FROM project WHERE lower(name) = lower(\(draft.name))", as: Int64.self)
        guard let known else {
            guard let target else { throw Refusal(.valueMissing, "target") }
            guard let deadline else { throw Refusal(.valueMissing, "deadline") }
            guard let decision else { throw Refusal(.valueMissing, "decision") }
            try await work.transaction.execute(
                """
                INSERT INTO project (name, product_id, target_minor, deadline, decision_id)
                VALUES (\(draft.name), \(product), \(target), \(deadline), \(decision.value))
                """)
            return .added
        }
        let updated = try await work.transaction.execute(
            """
            UPDATE project SET name = \(draft.name), product_id = coalesce(\(product), product_id),
                target_minor = coalesce(\(target), target_minor), deadline = coalesce(\(deadline), deadline),
                decision_id = coalesce(\(decision?.value), decision_id)
            WHERE id = \(known) AND (name, product_id, target_minor, deadline, decision_id) IS DISTINCT FROM
                (\(draft.name), coalesce(\(product), product_id), coalesce(\(target), target_minor), coalesce(\(deadline), deadline),
                    coalesce(\(decision?.value), decision_id))
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

private struct ProjectRow: RowDecodable, Sendable {
    let id: Identifier<Project>
    private let name: String
    private let productName: String?
    private let target: Money
    private let deadline: CivilDate
    private let decision: String

    static var table: SQL {
        "project AS p JOIN decision AS d ON d.id = p.decision_id LEFT JOIN product AS t ON t.id = p.product_id"
    }

    static var columns: SQL { "p.id, p.name, t.name, p.target_minor, p.deadline, d.reference" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.identifier()
        name = try row.next()
        productName = try row.next()
        target = try row.money()
        deadline = try row.date()
        decision = try row.next()
    }

    func record(pledges: [PledgeRecord]) -> ProjectRecord {
        ProjectRecord(
            id: id, name: name, productName: productName, target: target, deadline: deadline, decision: decision, pledges: pledges)
    }
}

extension PledgeRecord: RowDecodable {
    static var table: SQL {
        """
        pledge AS g JOIN project AS j ON j.id = g.project_id JOIN organisation AS o ON o.id = g.organisation_id
        JOIN decision AS d ON d.id = g.decision_id
        """
    }

    public static var columns: SQL {
        """
        g.id, j.id, j.name, o.id, o.name, o.cvr, g.amount_minor, g.pledged_on, g.withdrawn_on, g.paid_on, g.proof, g.reduction, d.reference
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), project: try row.identifier(), projectName: try row.next(), organisation: try row.identifier(),
            organisationName: try row.next(), organisationCVR: try row.optional(try row.next(String?.self)) { CVRNumber($0) },
            amount: try row.money(), pledgedOn: try row.date(), withdrawnOn: try row.optionalDate(), paidOn: try row.optionalDate(),
            proof: try row.next(), reduction: try row.word(), decision: try row.next())
    }
}
