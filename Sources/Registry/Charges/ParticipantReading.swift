import Domain
import Postgres

/// Reads who takes part in the products whose prices depend on all participants: shared totals and step-downs.
enum ParticipantReading {
    /// Every subject with agreements; those whose sheets need it with their participants, by CVR number, those without one last, then by id.
    static func load(
        _ sheets: [RateSheet], sizes: [Identifier<Organisation>: SizeHistory], in work: Work
    ) async throws -> [Subject: [Participant]] {
        let subjects = try await work.transaction.query(
            "SELECT DISTINCT subject FROM agreement WHERE subject <> 'association' AND state IN ('active', 'noticeGiven', 'ended')",
            as: String.self)
        var participants: [Subject: [Participant]] = [:]
        for subject in subjects.compactMap({ Subject($0) }) { participants[subject] = [] }
        for subject in Set(sheets.filter(\.needsParticipants).map(\.subject)).sorted() where participants[subject] != nil {
            participants[subject] = try await work.transaction.query(
                """
                SELECT o.id, o.name, o.cvr, \(ParticipationRows.columns)
                FROM (\(ParticipationRows.table("a.subject = \(subject.description)"))) AS p JOIN organisation AS o ON o.id = p.organisation_id
                ORDER BY o.cvr NULLS LAST, o.id
                """, as: ParticipantRow.self
            ).map { $0.participant(sizes) }
        }
        return participants
    }
}

extension RateSheet {
    /// Does a price depend on who else takes part?
    fileprivate var needsParticipants: Bool {
        rows.contains { row in
            switch row.price {
            case .shared, .stepDown: true
            case .amount, .perClass, .perInhabitant, .fraction: false
            }
        }
    }
}

private struct ParticipantRow: RowDecodable, Sendable {
    private let organisation: Identifier<Organisation>
    private let name: String
    private let cvr: CVRNumber?
    private let participations: [Participation]

    static var columns: SQL { "o.id, o.name, o.cvr, \(ParticipationRows.columns)" }

    init(row: inout Row) throws(DecodingFailure) {
        organisation = try row.identifier()
        name = try row.next()
        cvr = try row.optional(try row.next(String?.self)) { CVRNumber($0) }
        participations = try row.participations()
    }

    func participant(_ sizes: [Identifier<Organisation>: SizeHistory]) -> Participant {
        Participant(
            organisation: organisation, name: name, cvr: cvr, participations: participations, sizes: sizes[organisation] ?? .unknown)
    }
}
