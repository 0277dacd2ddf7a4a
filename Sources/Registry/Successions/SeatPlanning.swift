import Domain
import Postgres

extension Succession {
    /// What becomes of the predecessors' seats that last to the day or longer, in the order the predecessors are named.
    ///
    /// A seat that the person has for the successor already is not given twice. Two persons on the board for one organisation are a finding, which those
    /// who merge settle among themselves afterwards.
    static func seats(
        of predecessors: [OrganisationRecord], to successor: OrganisationRecord, on day: CivilDate, in work: Work
    ) async throws -> [SuccessionPlan.SeatStep] {
        let lasting = try await Groups.list(in: work).flatMap { group in
            group.seats.filter { $0.term.last.map { $0 >= day } ?? true && group.exists(on: max($0.term.first, day)) }.map {
                ($0, group.kind)
            }
        }
        var taken = lasting.map(\.0).filter { $0.organisation == successor.id }
        var steps: [SuccessionPlan.SeatStep] = []
        for party in predecessors {
            for (seat, kind) in lasting where seat.organisation == party.id {
                guard let term = Term(first: max(seat.term.first, day), last: seat.term.last) else { continue }
                let beside = taken.filter { $0.group == seat.group && $0.term.overlaps(term) }
                let goesOver = !beside.contains { $0.person == seat.person && $0.role == seat.role }
                let isSecond = kind == .board && seat.role.mayVote && beside.contains { $0.role.mayVote && $0.person != seat.person }
                steps.append(
                    SuccessionPlan.SeatStep(
                        seat: seat, goesOver: goesOver, isSecondOnBoard: goesOver && isSecond,
                        electedUntil: seat.lastDayElected(to: kind)))
                if goesOver { taken.append(seat) }
            }
        }
        return steps
    }

    /// The old seat ends the day before and the new one begins on the day. One that had not begun never does; it stays on record as void.
    static func move(
        _ step: SuccessionPlan.SeatStep, to successor: Identifier<Organisation>, on day: CivilDate, in work: Work
    ) async throws {
        let (id, first) = (step.seat.id.value, step.seat.term.first)
        if first >= day {
            try await work.transaction.execute("UPDATE seat SET voided = true WHERE id = \(id)")
        } else {
            try await work.transaction.execute("UPDATE seat SET during = daterange(lower(during), \(day.stored)) WHERE id = \(id)")
        }
        guard step.goesOver, let term = Term(first: max(first, day), last: step.seat.term.last) else { return }
        try await work.transaction.execute(
            """
            INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during, elected_until, decision_id)
            SELECT group_id, person_id, \(successor.value), role, votes, \(term.stored), \(step.electedUntil?.stored), decision_id
            FROM seat WHERE id = \(id)
            """)
    }
}
