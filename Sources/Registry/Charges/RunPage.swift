import Domain

/// Some parties of a run with what was read for them: all that computing their outcomes needs.
struct RunPage: Sendable {
    let parties: [ChargedParty]
    let assessments: [Assessment]
    let history: PartyHistory

    var isEmpty: Bool { parties.isEmpty }

    /// The next parties; an empty page at the end.
    static func next(from reading: PartyReading, _ terms: ChargeTerms, in work: Work) async throws -> RunPage {
        let parties = try await reading.next()
        let assessments = try parties.map { party in try Assessment(of: party, under: terms) }
        return RunPage(parties: parties, assessments: assessments, history: try await HistoryReading.load(assessments, in: work))
    }
}

/// What a run has come to so far: its hash and its totals.
struct RunTally: Sendable {
    private var hasher = RunHasher()
    private var totals = RunTotals()

    /// The outcomes of a page, and the tally after it.
    ///
    /// - Parameter accepted: the accepted warnings when outcomes are to be posted; nothing for a preview, which refuses none.
    /// - Throws: ``Refusal`` by `WARNING_NOT_ACCEPTED`; ``ChargeFault``; ``ArithmeticOverflow``.
    @concurrent
    func computing(
        _ page: RunPage, under terms: ChargeTerms, accepting accepted: Set<String>?
    ) async throws -> (RunTally, [PartyOutcome]) {
        var tally = self
        var outcomes: [PartyOutcome] = []
        for (party, assessment) in zip(page.parties, page.assessments) where !assessment.isEmpty {
            let outcome = try PartyOutcome(of: party, assessment, history: page.history, under: terms)
            if let accepted, let warning = outcome.warnings.first(where: { $0.needsAcceptance && !accepted.contains($0.rawValue) }) {
                throw Refusal(.warningNotAccepted, warning.rawValue)
            }
            if let limit = terms.policies.lineLimit, let crowded = outcome.crowded(over: limit) {
                throw Refusal(.lineLimit, party.name, crowded.description, String(limit))
            }
            tally.hasher.add(outcome)
            try tally.totals.add(outcome)
            outcomes.append(outcome)
        }
        return (tally, outcomes)
    }

    var finished: (hash: RunHash, totals: RunTotals) { (hasher.finish(), totals) }
}
