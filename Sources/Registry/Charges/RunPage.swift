import Domain
import Postgres

/// Some parties of a run with what was read for them: all that computing their outcomes needs.
struct RunPage: Sendable {
    let parties: [ChargedParty]
    let assessments: [Assessment]
    let history: PartyHistory
    /// The lines that agreements with a difference were charged today already.
    let postedToday: [ChargePlace: Int]

    var isEmpty: Bool { parties.isEmpty }

    /// The next parties; an empty page at the end.
    static func next(from reading: PartyReading, _ facts: ChargeFacts, addressed: Bool, in work: Work) async throws -> RunPage {
        let parties = try await reading.next()
        let assessments = try parties.map { party in try Assessment(of: party, under: facts.terms, addressed: addressed) }
        return RunPage(
            parties: parties, assessments: assessments, history: try await HistoryReading.load(assessments, in: work),
            postedToday: facts.postedDays.includeToday ? try await postedToday(assessments, in: work) : [:])
    }

    private static func postedToday(_ assessments: [Assessment], in work: Work) async throws -> [ChargePlace: Int] {
        let organisations = Set(assessments.flatMap(\.differences).map(\.key.organisation.value)).sorted()
        if organisations.isEmpty { return [:] }
        let rows = try await work.transaction.query(
            """
            SELECT \(LineCount.columns) FROM document_line AS l JOIN document AS d USING (kind, number)
            WHERE l.organisation_id = ANY(\(organisations)) AND d.kind = 'invoice' AND d.issued_on = \(work.today.stored) GROUP BY l.organisation_id, l.subject
            """, as: LineCount.self)
        return Dictionary(rows.map { ($0.place, $0.lines) }) { first, _ in first }
    }
}

private struct LineCount: RowDecodable, Sendable {
    let place: ChargePlace
    let lines: Int

    static var columns: SQL { "l.organisation_id, l.subject, count(*)" }

    init(row: inout Row) throws(DecodingFailure) {
        place = try row.chargePlace()
        lines = Int(try row.next(Int64.self))
    }
}

/// What a run has come to so far: its hash and its totals.
struct RunTally: Sendable {
    private var hasher = RunHasher()
    private var totals = RunTotals()
    /// Agreements with too many lines for one day. They are no part of the hash: on another day they are none.
    private(set) var crowded: [CrowdedAgreement] = []

    init(_ unshared: [UnsharedTotal]) {
        hasher.add(unshared)
        totals.add(unshared)
    }

    /// The outcomes of a page, and the tally after it.
    ///
    /// - Parameter keeping: outcomes are to be posted, with what is stored of them.
    /// - Throws: ``ChargeFault``; ``ArithmeticOverflow``.
    @concurrent
    func computing(
        _ page: RunPage, under terms: ChargeTerms, keeping: Bool
    ) async throws -> (RunTally, [HashedOutcome]) {
        var tally = self
        var outcomes: [HashedOutcome] = []
        for (party, assessment) in zip(page.parties, page.assessments) where !assessment.isEmpty {
            let outcome = try PartyOutcome(of: party, assessment, history: page.history, under: terms)
            if let limit = terms.policies.lineLimit {
                let crowded = outcome.crowded(over: limit, beside: page.postedToday)
                tally.crowded += crowded
                tally.totals.add(crowded)
            }
            try tally.totals.add(outcome)
            outcomes.append(tally.hasher.add(outcome, keeping: keeping))
        }
        return (tally, outcomes)
    }

    /// Does it warn of what somebody has to accept and has not?
    func waits(for accepted: Set<String>) -> Bool { !totals.waiting(for: accepted).isEmpty }

    var finished: (hash: RunHash, totals: RunTotals) { (hasher.finish(), totals) }
}
