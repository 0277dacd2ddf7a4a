public import Domain
import Postgres

/// Which outcomes a run gives back. Each takes memory, so a large posting gives back only what a person has to look at.
public enum CollectedOutcomes: Sendable {
    case all
    /// Those with something parked.
    case parked

    func wants(_ outcome: PartyOutcome) -> Bool {
        switch self {
        case .all: !outcome.isEmpty
        case .parked: !outcome.parked.isEmpty
        }
    }
}

/// The charge run: everything owed less everything posted. Preview and posting are the same walk over the same inputs.
public enum ChargeRun {
    /// What a run would do now. Writes nothing.
    ///
    /// - Throws: ``Refusal`` by `SETTING_MISSING`, `AMOUNT_OUT_OF_RANGE`.
    public static func preview(_ target: BillingPeriod, in work: Work) async throws -> ChargeRunResult {
        try await walk(target, collecting: .all, posting: nil, in: work)
    }

    /// Posts what is owed and not yet posted. Runs inside ``Registry/post(_:as:on:_:)``, which serialises postings.
    ///
    /// - Parameters:
    ///   - expected: the preview's hash; another outcome is refused.
    ///   - accepted: warnings a person has accepted.
    ///   - collecting: which outcomes to give back.
    /// - Throws: ``Refusal`` by `STALE_PREVIEW`, `WARNING_NOT_ACCEPTED`, `SETTING_MISSING`, `AMOUNT_OUT_OF_RANGE`, `ALREADY_POSTED`.
    public static func post(
        _ target: BillingPeriod, expecting expected: RunHash? = nil, accepting accepted: Set<String> = [], collecting: CollectedOutcomes = .all, in work: Work
    ) async throws -> ChargeRunResult {
        let posting = try await Posting(.charges, in: work)
        let result = try await walk(target, collecting: collecting, posting: posting, accepting: accepted, in: work)
        if let expected, expected != result.hash { throw Refusal(.stalePreview, expected.description, result.hash.description) }
        return result
    }

    private static func walk(
        _ target: BillingPeriod, collecting: CollectedOutcomes, posting start: Posting?, accepting accepted: Set<String> = [], in work: Work
    ) async throws -> ChargeRunResult {
        var posting = start
        let facts = try await ChargeFacts.load(target, in: work)
        let parties = try await PartyReading(facts, in: work)
        var hasher = RunHasher()
        var totals = RunTotals()
        var outcomes: [RunOutcome] = []
        while true {
            let page = try await parties.next()
            if page.isEmpty { break }
            let assessments = try page.map { party in try Assessment(of: party, under: facts.terms) }
            let history = try await HistoryReading.load(assessments, in: work)
            var found: [PartyOutcome] = []
            for (party, assessment) in zip(page, assessments) where !assessment.isEmpty {
                let outcome = try PartyOutcome(of: party, assessment, history: history, under: facts.terms)
                if posting != nil {
                    for warning in outcome.warnings where warning.needsAcceptance && !accepted.contains(warning.rawValue) {
                        throw Refusal(.warningNotAccepted, warning.rawValue)
                    }
                }
                hasher.add(outcome)
                try totals.add(outcome)
                found.append(outcome)
            }
            let numbers = try await posting?.post(found)
            for (index, outcome) in found.enumerated() where collecting.wants(outcome) {
                outcomes.append(RunOutcome(outcome: outcome, numbers: numbers?[index] ?? []))
            }
        }
        try await parties.close()
        let hash = hasher.finish()
        let run = try await posting?.finish(target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals)
        return ChargeRunResult(
            target: target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals, outcomes: outcomes, run: run ?? nil)
    }
}
