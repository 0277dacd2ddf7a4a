public import Domain
import Postgres

/// The charge run: everything owed less everything posted. Preview and posting are the same walk over the same inputs.
public enum ChargeRun {
    /// What a run would do now. Writes nothing.
    ///
    /// - Parameter take: takes the outcomes as they come; without it the result holds them.
    /// - Throws: ``Refusal`` by `TARGET_TOO_FAR`, `SETTING_MISSING`, `AMOUNT_OUT_OF_RANGE`.
    public static func preview(
        _ target: BillingPeriod, _ scope: ChargeScope = .all, taking take: OutcomeTaker? = nil, in work: Work
    ) async throws -> ChargeRunResult {
        try await walk(target, scope, taking: take, posting: nil, in: work)
    }

    /// What a run would do now where only the amounts matter, so that nobody is parked for want of a receiver or a reference.
    static func amounts(_ target: BillingPeriod, _ scope: ChargeScope = .all, in work: Work) async throws -> ChargeRunResult {
        try await walk(target, scope, taking: nil, addressed: false, posting: nil, in: work)
    }

    /// The hash of what a run would do now.
    static func hash(_ target: BillingPeriod, _ scope: ChargeScope, in work: Work) async throws -> RunHash {
        try await walk(target, scope, taking: { _, _ in }, posting: nil, in: work).hash
    }

    /// Posts what is owed and not yet posted. Runs inside ``Registry/post(_:as:on:_:)``, which serialises postings.
    ///
    /// - Parameters:
    ///   - expected: the preview's hash; another outcome is refused.
    ///   - accepted: warnings a person has accepted.
    ///   - take: takes the outcomes as they are posted; without it the result holds them.
    ///   - approved: a second person has approved the outcome, as the setting *four eyes* asks.
    /// - Throws: ``Refusal`` by `FOUR_EYES`, `TARGET_TOO_FAR`, `LINE_LIMIT`, `STALE_PREVIEW`, `WARNING_NOT_ACCEPTED`, `SETTING_MISSING`, `AMOUNT_OUT_OF_RANGE`, `ALREADY_POSTED`.
    public static func post(
        _ target: BillingPeriod, _ scope: ChargeScope = .all, expecting expected: RunHash? = nil, accepting accepted: Set<String> = [],
        taking take: OutcomeTaker? = nil, approved: Bool = false, in work: Work
    ) async throws -> ChargeRunResult {
        if !approved { try await checkFourEyes(in: work) }
        let posting = try await Posting(.charges, in: work)
        let result = try await walk(target, scope, taking: take, posting: posting, accepting: accepted, in: work)
        if let expected, expected != result.hash { throw Refusal(.stalePreview, expected.description, result.hash.description) }
        return result
    }

    private static func walk(
        _ target: BillingPeriod, _ scope: ChargeScope, taking take: OutcomeTaker?, addressed: Bool = true, posting start: Posting?,
        accepting accepted: Set<String> = [], in work: Work
    ) async throws -> ChargeRunResult {
        var posting = start
        // What is only asked about may lie further ahead than what is invoiced.
        if addressed { try checkTarget(target, on: work.today) }
        let facts = try await ChargeFacts.load(target, scope, in: work)
        let parties = try await PartyReading(facts, in: work)
        let isPosting = posting != nil
        let unshared = facts.terms.unshared
        var tally = RunTally(unshared)
        var yield = RunYield(names: try await SubjectNames.load(in: work))
        var ready: [HashedOutcome] = []
        while true {
            // Reading and copying share the connection; computing needs none. So one page is computed while the server takes in the one before.
            let page = try await RunPage.next(from: parties, facts, addressed: addressed, in: work)
            let soFar = tally
            async let computing = soFar.computing(page, under: facts.terms, keeping: isPosting)
            let numbers = try await posting?.post(ready)
            try yield.add(ready.map(\.outcome), numbers, to: take)
            (tally, ready) = try await computing
            if posting != nil, let crowded = tally.crowded.first { throw try await refusal(of: crowded, in: work) }
            // What will be refused is walked to its end all the same, so that all that waits for somebody is said at once; but posted no further.
            if tally.waits(for: accepted) { posting = nil }
            if page.isEmpty { break }
        }
        try await parties.close()
        let (hash, charged) = tally.finished
        var totals = charged
        let earlier = totals.documents == 0 ? nil : EarlierDate(work.today, after: facts.postedDays.newest)
        totals.add(earlier)
        if isPosting { try check(totals, accepting: accepted) }
        let run = try await posting?.finish(
            target, (scope, accepted), chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals)
        return ChargeRunResult(
            target: target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals, breakdown: yield.breakdown,
            outcomes: yield.outcomes, unshared: unshared, crowded: tally.crowded, earlier: earlier, names: yield.names,
            accounts: try await SubjectNames.accounts(facts.settings, in: work), run: run ?? nil)
    }

    /// - Throws: ``Refusal`` by `WARNING_NOT_ACCEPTED`, which names every warning that waits.
    static func check(_ totals: RunTotals, accepting accepted: Set<String>) throws(Refusal) {
        let waiting = totals.waiting(for: accepted).map(\.rawValue)
        if !waiting.isEmpty {
            throw Refusal(.warningNotAccepted, waiting.joined(separator: ", "), waiting.map { "--accept \($0)" }.joined(separator: " "))
        }
    }

    static func refusal(of crowded: CrowdedAgreement, in work: Work) async throws -> Refusal {
        let name = try await SubjectNames.load(in: work)[crowded.place.subject] ?? crowded.place.subject.description
        return Refusal(.lineLimit, crowded.name, name, String(crowded.lines), String(crowded.limit))
    }

    /// Where two persons are asked for, one cannot post alone; nor by naming a day that is over, on which that was not so yet.
    ///
    /// - Parameter run: the run that is to be reversed; nothing for a run that charges.
    static func checkFourEyes(reversing run: Int64? = nil, in work: Work) async throws {
        let settings = try await SettingStore.load(in: work)
        let now = try await work.transaction.only(
            "SELECT (clock_timestamp() AT TIME ZONE 'Europe/Copenhagen')::date", as: PostgresDate.self)
        let day = max(work.today, CivilDate(daysSince2000: now.daysSince2000) ?? work.today)
        guard (try? settings.value(.fourEyes, on: day)) == "on" else { return }
        throw run.map { Refusal(.fourEyes, String($0)) } ?? Refusal(.fourEyes)
    }

    /// A slip in the year would invoice years that nobody has decided on.
    private static func checkTarget(_ target: BillingPeriod, on today: CivilDate) throws(Refusal) {
        if target.isTooFar(from: today) { throw Refusal(.targetTooFar, target.description, today.description) }
    }
}
