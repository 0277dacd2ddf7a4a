import Domain
import Postgres

extension Succession {
    /// What becomes of the predecessors' contact roles that last to the day or longer, in the order the predecessors are named.
    ///
    /// There is one primary contact: the successor's own, else that of the predecessor named first. The others become technical contacts. A role that
    /// the person has at the successor already is not given twice.
    static func contacts(
        of predecessors: [OrganisationRecord], to successor: OrganisationRecord, on day: CivilDate, in work: Work
    ) async throws -> [SuccessionPlan.ContactStep] {
        var taken = try await roles(of: successor, from: day, in: work).map(\.contact)
        var steps: [SuccessionPlan.ContactStep] = []
        for party in predecessors {
            for row in try await roles(of: party, from: day, in: work) {
                guard let term = Term(first: max(row.contact.term.first, day), last: row.contact.term.last) else { continue }
                var role: ContactRole? = row.contact.role
                if role == .primary,
                    taken.contains(where: { $0.role == .primary && $0.term.overlaps(term) && $0.email != row.contact.email })
                {
                    role = .technical
                }
                if taken.contains(where: { $0.role == role && $0.email == row.contact.email && $0.term.overlaps(term) }) { role = nil }
                if let role {
                    taken.append(row.contact.with(role, during: term))
                }
                steps.append(
                    SuccessionPlan.ContactStep(organisationName: party.name, contact: row.contact, role: role, row: row.id))
            }
        }
        return steps
    }

    /// The old role ends the day before and the new one begins on the day; one that had not begun goes over as it is.
    static func move(
        _ step: SuccessionPlan.ContactStep, to successor: Identifier<Organisation>, on day: CivilDate, in work: Work
    ) async throws {
        if step.contact.term.first >= day {
            guard let role = step.role else { return }
            try await work.transaction.execute(
                "UPDATE contact_role SET organisation_id = \(successor.value), role = \(role.rawValue) WHERE id = \(step.row)")
            return
        }
        if let role = step.role {
            try await work.transaction.execute(
                """
                INSERT INTO contact_role (organisation_id, person_id, role, during)
                SELECT \(successor.value), person_id, \(role.rawValue), daterange(\(day.stored), upper(during))
                FROM contact_role WHERE id = \(step.row)
                """)
        }
        try await work.transaction.execute(
            "UPDATE contact_role SET during = daterange(lower(during), \(day.stored)) WHERE id = \(step.row)")
    }

    private static func roles(
        of organisation: OrganisationRecord, from day: CivilDate, in work: Work
    ) async throws -> [HeldRole] {
        try await work.transaction.query(
            """
            SELECT \(HeldRole.columns) FROM \(ContactRecord.table)
            WHERE c.organisation_id = \(organisation.id.value) AND (upper_inf(c.during) OR upper(c.during) > \(day.stored))
            ORDER BY lower(c.during), c.id
            """)
    }
}

/// A contact role with the id of its row.
private struct HeldRole: RowDecodable, Sendable {
    let id: Int64
    let contact: ContactRecord

    static var columns: SQL { "c.id, \(ContactRecord.columns)" }

    init(row: inout Row) throws(DecodingFailure) {
        id = try row.next()
        contact = try ContactRecord(row: &row)
    }
}
