public import Domain
import Postgres

/// Takes a whole run back by credit notes (DOMAIN §3, rule 7).
public enum Reversal {
    /// What a reversal would credit now. Writes nothing.
    ///
    /// - Throws: as ``post(_:expecting:taking:approved:in:)``, but for `FOUR_EYES` and `STALE_PREVIEW`.
    public static func preview(_ run: Int64, taking take: OutcomeTaker? = nil, in work: Work) async throws -> ChargeRunResult {
        try await walk(run, taking: take, posting: nil, in: work)
    }

    /// The hash of what a reversal would credit now.
    static func hash(_ run: Int64, in work: Work) async throws -> RunHash {
        try await walk(run, taking: { _, _ in }, posting: nil, in: work).hash
    }

    /// Credits what is left of the run's invoice lines and adjusts nothing, so the next run invoices again. Runs inside ``Registry/post(_:as:on:_:)``.
    ///
    /// - Parameters:
    ///   - expected: the hash of a reversal that was prepared; another outcome is refused.
    ///   - take: takes the outcomes as they are posted; without it the result holds them.
    ///   - approved: a second person has approved it, as the setting *four eyes* asks.
    /// - Throws: ``Refusal`` by `FOUR_EYES`, `UNKNOWN_RUN`, `RUN_NOT_REVERSIBLE` of a run that invoiced nothing, `RUN_REVERSED` when nothing is left,
    ///   `NO_RECEIVER` or `NO_REFERENCE` when a credit note cannot be addressed, `STALE_PREVIEW`.
    public static func post(
        _ run: Int64, expecting expected: RunHash? = nil, taking take: OutcomeTaker? = nil, approved: Bool = false, in work: Work
    ) async throws -> ChargeRunResult {
        if !approved { try await ChargeRun.checkFourEyes(reversing: run, in: work) }
        let result = try await walk(run, taking: take, posting: try await Posting(.reversal, in: work), in: work)
        if let expected, expected != result.hash { throw Refusal(.stalePreview, expected.description, result.hash.description) }
        return result
    }

    private static func walk(
        _ run: Int64, taking take: OutcomeTaker?, posting start: Posting?, in work: Work
    ) async throws -> ChargeRunResult {
        guard
            let text = try await work.transaction.first("SELECT target FROM invoice_run WHERE id = \(run)", as: String.self),
            let target = BillingPeriod(text)
        else { throw Refusal(.unknownRun, String(run)) }
        // A credit by hand stands on a decision and a reversal has nothing to give back: neither invoiced anything that could be credited.
        let kind = try await work.transaction.first("SELECT kind FROM invoice_run WHERE id = \(run)", as: String.self)
        if let kind, kind != RunRecord.Kind.charges.rawValue { throw Refusal(.runNotReversible, String(run), kind) }
        var posting = start
        let facts = try await ChargeFacts.load(target, in: work)
        let parties = try await PartyReading(facts, in: work)
        var hasher = RunHasher()
        var totals = RunTotals()
        var yield = RunYield(names: try await SubjectNames.load(in: work))
        while true {
            let page = try await parties.next()
            if page.isEmpty { break }
            let reversed = try await ReversedLines.load(of: run, to: page, in: work).outcomes(of: page)
            var hashed: [HashedOutcome] = []
            for outcome in reversed {
                if let obstacle = outcome.party.obstacles.first {
                    throw Refusal(obstacle == .noReceiver ? .noReceiver : .noReference, outcome.party.name)
                }
                hashed.append(hasher.add(outcome))
                try totals.add(outcome)
            }
            try yield.add(reversed, try await posting?.post(hashed), to: take)
        }
        try await parties.close()
        guard totals.documents > 0 else { throw Refusal(.runReversed, String(run)) }
        let hash = hasher.finish()
        let number = try await posting?.finish(target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals)
        return ChargeRunResult(
            target: target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals, breakdown: yield.breakdown,
            outcomes: yield.outcomes, names: yield.names, accounts: try await SubjectNames.accounts(facts.settings, in: work),
            run: number ?? nil)
    }
}

/// What one run invoiced on the keys of some parties: read a page at a time, so that a large run is taken back in the memory of a small one.
private struct ReversedLines {
    let run: Int64
    let invoices: Set<Int64>
    let history: PartyHistory

    static func load(of run: Int64, to page: [ChargedParty], in work: Work) async throws -> ReversedLines {
        let organisations = page.flatMap(\.accounts).map(\.organisation.value)
        let rows = try await work.transaction.query(
            """
            SELECT \(ReversedLine.columns) FROM document AS d JOIN document_line AS l USING (kind, number)
            WHERE d.run_id = \(run) AND d.kind = 'invoice' AND l.organisation_id = ANY(\(organisations))
            """, as: ReversedLine.self)
        return ReversedLines(
            run: run, invoices: Set(rows.map(\.invoice)), history: try await HistoryReading.load(Array(Set(rows.map(\.key))), in: work))
    }

    func outcomes(of page: [ChargedParty]) throws -> [PartyOutcome] {
        try page.map { try PartyOutcome(reversing: run, invoices, of: $0, history: history) }.filter { !$0.isEmpty }
    }
}

private struct ReversedLine: RowDecodable, Sendable {
    let invoice: Int64
    let key: ChargeKey

    static var columns: SQL { "l.number, l.organisation_id, l.subject, l.charge, l.billing_period" }

    init(row: inout Row) throws(DecodingFailure) {
        invoice = try row.next()
        key = try row.chargeKey()
    }
}
