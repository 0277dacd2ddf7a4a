public import Domain
import Postgres

/// Pledges: made, withdrawn, paid. A project's rules look at all of its pledges together, see ``ProjectRecord/fault()``.
public enum Pledges {
    /// A new pledge, or one in the place of a pledge that was recorded by mistake.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_PROJECT`, `UNKNOWN_ORGANISATION`, `UNKNOWN_DECISION`, `PLEDGE_EXISTS`, `PLEDGE_AFTER_DEADLINE`,
    ///   `PLEDGE_BINDING` where another pledge was withdrawn after the target would have been reached.
    @discardableResult
    public static func add(
        _ facts: PledgeFacts, to project: String, by organisation: String, decision: String, in work: Work
    ) async throws -> ProjectRecord {
        let record = try await Projects.find(project, in: work)
        let party = try await Organisations.find(organisation, in: work)
        if record.pledges.contains(where: { $0.organisation == party.id }) { throw Refusal(.pledgeExists, party.name, record.name) }
        var facts = facts
        facts.isVoid = false
        _ = try await store(
            facts, of: party.id, to: record.id, decision: try await Decisions.find(decision, in: work), in: work)
        return try await checked(project, in: work)
    }

    /// Adds to what is known of a pledge: its withdrawal, or its payment.
    ///
    /// - Parameter decision: what the change stands on, such as the reduction that a payment gives; nothing leaves the pledge's own.
    /// - Throws: ``Refusal`` by `UNKNOWN_PROJECT`, `UNKNOWN_ORGANISATION`, `UNKNOWN_PLEDGE`, `UNKNOWN_DECISION`, `PLEDGE_BINDING`, `PLEDGE_NOT_OWED`
    ///   where a payment answers nothing, `PLEDGE_NOT_INVOICED` where it would be invoiced after it was paid, `PLEDGE_PAID` where there was one already, `PAID_WITHOUT_PROOF`.
    @discardableResult
    public static func change(
        _ facts: PledgeFacts, to project: String, by organisation: String, decision: String?, in work: Work
    ) async throws -> ProjectRecord {
        try await lock(try await Projects.find(project, in: work).id, in: work)
        let record = try await Projects.find(project, in: work)
        let party = try await Organisations.find(organisation, in: work)
        guard let pledge = record.pledges.first(where: { $0.organisation == party.id }) else {
            throw Refusal(.unknownPledge, party.name, record.name)
        }
        if let obstacle = try record.obstacle(to: facts, of: pledge) { throw obstacle }
        var decisionID: Identifier<Decision>?
        if let decision { decisionID = try await Decisions.find(decision, in: work) }
        _ = try await store(facts, of: party.id, to: record.id, decision: decisionID, in: work)
        let changed = try await checked(project, in: work)
        if facts.paidOn != nil, let refusal = try await notInvoiced(pledge, of: changed, in: work) { throw refusal }
        return changed
    }

    /// Why a payment cannot be recorded yet: what is paid before it is invoiced would be invoiced all the same. Pledges that were owed before charges begin are never
    /// invoiced here: whoever kept the accounts then had them paid.
    static func notInvoiced(_ pledge: PledgeRecord, of project: ProjectRecord, in work: Work) async throws -> Refusal? {
        guard let begin = try await chargesBegin(in: work), let reached = try project.standing.reachedOn() else { return nil }
        let due = max(reached, pledge.pledgedOn)
        if due < begin { return nil }
        let invoiced = try await work.transaction.only(
            """
            SELECT coalesce(sum(CASE kind WHEN 'invoice' THEN net_minor ELSE -net_minor END), 0)::bigint FROM document_line
            WHERE organisation_id = \(pledge.organisation.value) AND subject = \(Subject.project(project.id).description)
                AND charge = \(ChargeKind.pledge.rawValue)
            """, as: Int64.self)
        return invoiced == 0 ? Refusal(.pledgeNotInvoiced, pledge.organisationName, project.name, due.description) : nil
    }

    /// Those that are on record as paid.
    static func paid(in work: Work) async throws -> Set<Identifier<Pledge>> {
        let ids = try await work.transaction.query("SELECT id FROM pledge WHERE paid_on IS NOT NULL AND NOT voided", as: Int64.self)
        return Set(ids.map { Identifier($0) })
    }

    /// Nothing where the day is not set: nothing is ever invoiced then.
    private static func chargesBegin(in work: Work) async throws -> CivilDate? {
        let settings = try await SettingStore.load(in: work)
        do {
            return try settings.chargesBegin()
        } catch let refusal where refusal.rule == .settingMissing {
            return nil
        }
    }

    /// The paid pledges that a run invoiced, as project, organisation and day of payment.
    public static func paid(onInvoicesOf run: Int64, in work: Work) async throws -> [String] {
        try await work.transaction.query(
            """
            SELECT DISTINCT concat(p.name, ' (', o.name, ', ', l.paid_on, ')') FROM document AS d JOIN document_line AS line USING (kind, number)
            JOIN pledge AS l ON line.subject = 'project:' || l.project_id AND line.organisation_id = l.organisation_id
                AND l.paid_on IS NOT NULL AND NOT l.voided
            JOIN project AS p ON p.id = l.project_id JOIN organisation AS o ON o.id = l.organisation_id
            WHERE d.kind = 'invoice' AND d.run_id = \(run) ORDER BY 1
            """, as: String.self)
    }

    /// One at a time on a project: its rules look at all of its pledges.
    private static func lock(_ project: Identifier<Project>, in work: Work) async throws {
        _ = try await work.transaction.first("SELECT id FROM project WHERE id = \(project.value) FOR UPDATE", as: Int64.self)
    }

    private static func checked(_ project: String, in work: Work) async throws -> ProjectRecord {
        let record = try await Projects.find(project, in: work)
        if let fault = try record.fault() { throw fault.refusal }
        return record
    }

    /// Stores what is said of the pledge of an organisation to a project. What is not said stays.
    ///
    /// - Throws: ``Refusal`` by `DAY_IN_FUTURE`; by `VALUE_MISSING` where a new pledge lacks its amount, day or decision; `PAID_WITHOUT_PROOF`; `END_BEFORE_START` where
    ///   the withdrawal is not after the pledge.
    static func store(
        _ facts: PledgeFacts, of organisation: Identifier<Organisation>, to project: Identifier<Project>, decision: Identifier<Decision>?,
        in work: Work
    ) async throws -> StoreOutcome {
        try await lock(project, in: work)
        let known = try await work.transaction.first(
            "SELECT \(KnownPledge.columns) FROM pledge WHERE project_id = \(project.value) AND organisation_id = \(organisation.value)",
            as: KnownPledge.self)
        if let obstacle = facts.obstacle(besides: known?.pledgedOn, known?.paidOn, on: work.today) { throw obstacle }
        let (amount, pledgedOn, withdrawnOn) = (facts.amount?.minorUnits, facts.pledgedOn?.stored, facts.withdrawnOn?.stored)
        let (paidOn, reduction) = (facts.paidOn?.stored, facts.reduction?.rawValue)
        guard let known else {
            guard let amount else { throw Refusal(.valueMissing, "amount") }
            guard let pledgedOn else { throw Refusal(.valueMissing, "pledged_on") }
            guard let decision else { throw Refusal(.valueMissing, "decision") }
            try await work.transaction.execute(
                """
                INSERT INTO pledge
                    (project_id, organisation_id, amount_minor, pledged_on, withdrawn_on, paid_on, proof, reduction, decision_id, voided)
                VALUES (\(project.value), \(organisation.value), \(amount), \(pledgedOn), \(withdrawnOn), \(paidOn), \(facts.proof),
                    \(reduction ?? PledgeReduction.nothing.rawValue), \(decision.value), \(facts.isVoid ?? false))
                """)
            return .added
        }
        // One that was recorded by mistake and now stands again is stated anew.
        let revives = facts.isVoid == false
        let updated = try await work.transaction.execute(
            """
            UPDATE pledge AS g SET amount_minor = n.amount_minor, pledged_on = n.pledged_on, withdrawn_on = n.withdrawn_on,
                paid_on = n.paid_on, proof = n.proof, reduction = n.reduction, decision_id = n.decision_id, voided = n.voided
            FROM (
                SELECT id, coalesce(\(amount), amount_minor) AS amount_minor, coalesce(\(pledgedOn), pledged_on) AS pledged_on,
                    coalesce(\(withdrawnOn), CASE WHEN NOT (voided AND \(revives)) THEN withdrawn_on END) AS withdrawn_on,
                    coalesce(\(paidOn), CASE WHEN NOT (voided AND \(revives)) THEN paid_on END) AS paid_on,
                    coalesce(\(facts.proof), CASE WHEN NOT (voided AND \(revives)) THEN proof END) AS proof, coalesce(\(reduction), reduction) AS reduction,
                    coalesce(\(decision?.value), decision_id) AS decision_id, coalesce(\(facts.isVoid), voided) AS voided
                FROM pledge WHERE id = \(known.id)
            ) AS n
            WHERE g.id = n.id AND (g.amount_minor, g.pledged_on, g.withdrawn_on, g.paid_on, g.proof, g.reduction, g.decision_id, g.voided)
                IS DISTINCT FROM (n.amount_minor, n.pledged_on, n.withdrawn_on, n.paid_on, n.proof, n.reduction, n.decision_id, n.voided)
            """)
        return updated > 0 ? .changed : .unchanged
    }
}

private struct KnownPledge: RowDecodable, Sendable {
    let id: Int64
    let pledgedOn: CivilDate
    let paidOn: CivilDate?

    static var columns: SQL { "id, pledged_on, paid_on" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.next()
        pledgedOn = try row.date()
        paidOn = try row.optionalDate()
    }
}
