public import Domain
import Postgres

/// Takes a whole run back by credit notes (DOMAIN §3, rule 7).
public enum Reversal {
    /// Credits what is left of the run's invoice lines and adjusts nothing, so the next run invoices again. Runs inside ``Registry/post(_:as:on:_:)``.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_RUN`, `RUN_REVERSED` when nothing is left, `NO_RECEIVER` or `NO_REFERENCE` when a credit note cannot be
    ///   addressed.
    public static func post(_ run: Int64, in work: Work) async throws -> ChargeRunResult {
        guard
            let text = try await work.transaction.first("SELECT target FROM invoice_run WHERE id = \(run)", as: String.self),
            let target = BillingPeriod(text)
        else { throw Refusal(.unknownRun, String(run)) }
        var posting = try await Posting(.reversal, in: work)
        let keys = try await work.transaction.query(
            """
            SELECT DISTINCT l.organisation_id, l.subject, l.charge, l.billing_period
            FROM document AS d JOIN document_line AS l USING (kind, number) WHERE d.run_id = \(run) AND d.kind = 'invoice'
            """, as: ReversedKey.self
        ).map(\.key)
        let invoices = Set(
            try await work.transaction.query(
                "SELECT number FROM document WHERE run_id = \(run) AND kind = 'invoice'", as: Int64.self))
        let history = try await HistoryReading.load(keys, in: work)
        let facts = try await ChargeFacts.load(target, in: work)
        let parties = try await PartyReading(facts, in: work)
        var hasher = RunHasher()
        var totals = RunTotals()
        var outcomes: [RunOutcome] = []
        while true {
            let page = try await parties.next()
            if page.isEmpty { break }
            let reversed = try page.map { try PartyOutcome(reversing: run, invoices, of: $0, history: history) }.filter { !$0.isEmpty }
            for outcome in reversed {
                if let obstacle = outcome.party.obstacles.first {
                    throw Refusal(obstacle == .noReceiver ? .noReceiver : .noReference, outcome.party.name)
                }
                hasher.add(outcome)
                try totals.add(outcome)
            }
            let numbers = try await posting.post(reversed)
            for (outcome, own) in zip(reversed, numbers) { outcomes.append(RunOutcome(outcome: outcome, numbers: own)) }
        }
        try await parties.close()
        guard totals.documents > 0 else { throw Refusal(.runReversed, String(run)) }
        let hash = hasher.finish()
        let number = try await posting.finish(target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals)
        return ChargeRunResult(
            target: target, chargesBegin: facts.terms.window.chargesBegin, hash: hash, totals: totals, outcomes: outcomes,
            names: try await SubjectNames.load(in: work), run: number)
    }
}

private struct ReversedKey: RowDecodable, Sendable {
    let key: ChargeKey

    static var columns: SQL { "organisation_id, subject, charge, billing_period" }

    init(row: inout Row) throws(DecodingFailure) { key = try row.chargeKey() }
}
