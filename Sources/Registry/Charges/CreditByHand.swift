public import Domain
import Postgres

/// A credit given by hand, for goodwill or a complaint: a decided fact that lowers what is owed on one key, and the credit note that follows
/// (DOMAIN §3, rule 7).
public enum CreditByHand {
    /// Records the adjustment and posts its credit note at once, on the named line first. Runs inside ``Registry/post(_:as:on:_:)``. Other keys
    /// are not touched.
    ///
    /// - Returns: the numbers of the credit notes, one per corrected invoice.
    /// - Throws: ``Refusal`` by `UNKNOWN_INVOICE`, `UNKNOWN_INVOICE_LINE`, `UNKNOWN_DECISION`, `AMOUNT_NOT_POSITIVE` for an amount not above zero, `VALUE_MISSING` or `TEXT_INVALID` for the reason, `RUN_FIRST` when the key has
    ///   another difference, `CREDIT_EXCEEDS_INVOICED`, `NO_RECEIVER` or `NO_REFERENCE` when no document can be addressed to the party.
    public static func post(
        _ amount: Money, on line: LineReference, because reason: String, decision reference: String, in work: Work
    ) async throws -> [Int64] {
        guard amount > .zero else { throw Refusal(.amountNotPositive, amount.description) }
        guard !reason.isEmpty else { throw Refusal(.valueMissing, "reason") }
        // It is printed on the credit note.
        guard reason.isLine(atMost: 500) else { throw Refusal(.textInvalid, "reason", "500") }
        let decision = try await Decisions.find(reference, in: work)
        guard
            let posted = try await work.transaction.first(
                "SELECT \(KeyRow.columns) FROM document_line WHERE kind = 'invoice' AND number = \(line.invoice) AND line = \(line.line)",
                as: KeyRow.self), let year = BillingPeriod(year: posted.covers.last.year)
        else {
            let isInvoice = try await work.transaction.only(
                "SELECT EXISTS (SELECT FROM document WHERE kind = 'invoice' AND number = \(line.invoice))", as: Bool.self)
            throw isInvoice
                ? Refusal(.unknownInvoiceLine, String(line.invoice), String(line.line)) : Refusal(.unknownInvoice, String(line.invoice))
        }
        let key = posted.key
        // What falls due without a period is in the window of the year it was posted for.
        let period = key.period ?? year

        var posting = try await Posting(.creditByHand, in: work)
        let (party, account, facts) = try await read(key, period, in: work)
        let standing = try Assessment(of: party, under: facts.terms)
        if let other = standing.differences.first(where: { $0.key == key }) {
            let latest = try await HistoryReading.load([key], in: work).keys[key]?.latest.now.basis
            var reversed = ""
            if case .reversal(let run, _)? = latest { reversed = String(run) }
            throw Refusal(
                .runFirst, other.amount.description, String(line.invoice), String(line.line), key.charge.rawValue,
                key.period?.description ?? "", reversed)
        }
        if let parked = standing.parked.first(where: { $0.key == key }) { throw Refusal(.keyParked, parked.reason.rawValue) }
        let balance = account.posted[key]?.balance ?? .zero
        if amount > balance { throw Refusal(.creditExceedsInvoiced, amount.description, balance.description, String(line.line)) }
        if let obstacle = party.obstacles.first { throw Refusal(obstacle == .noReceiver ? .noReceiver : .noReference, party.name) }

        try await work.transaction.execute(
            """
            INSERT INTO adjustment (organisation_id, subject, charge, billing_period, amount_minor, reason, decision_id)
            VALUES (\(key.organisation.value), \(key.subject.description), \(key.charge.rawValue), \(key.period?.description), \(amount.minorUnits),
                \(reason), \(decision.value))
            """)
        let (adjusted, _, adjustedFacts) = try await read(key, period, in: work)
        var assessment = try Assessment(of: adjusted, under: adjustedFacts.terms)
        assessment.differences = assessment.differences.filter { $0.key == key }
        assessment.parked = []
        assessment.waived = []
        let history = try await HistoryReading.load([assessment], in: work).preferring(line, for: key)
        let outcome = try PartyOutcome(of: adjusted, assessment, history: history, under: adjustedFacts.terms)
        var hasher = RunHasher()
        let hashed = hasher.add(outcome)
        var totals = RunTotals()
        try totals.add(outcome)
        let numbers = try await posting.post([hashed])
        _ = try await posting.finish(period, chargesBegin: facts.terms.window.chargesBegin, hash: hasher.finish(), totals: totals)
        return numbers.flatMap { $0 }
    }

    /// The key's account, with the party that answers for it: itself, or its successor.
    private static func read(
        _ key: ChargeKey, _ period: BillingPeriod, in work: Work
    ) async throws -> (party: ChargedParty, account: ChargedAccount, facts: ChargeFacts) {
        let facts = try await ChargeFacts.load(period, .only(key.subject), in: work)
        let receiver = facts.successions.predecessors(on: work.today)[key.organisation] ?? key.organisation
        let parties = try await PartyReading(facts, only: receiver, in: work)
        let party = try await parties.next().first
        try await parties.close()
        guard let party, let account = party.accounts.first(where: { $0.organisation == key.organisation }) else {
            throw Refusal(.unknownOrganisation, key.organisation.description)
        }
        return (party, account, facts)
    }
}

extension PartyHistory {
    /// The same history with one line first in its key's order.
    fileprivate func preferring(_ line: LineReference, for key: ChargeKey) -> PartyHistory {
        guard let history = keys[key] else { return self }
        let named = history.open.filter { $0.invoice == line.invoice && $0.line == line.line }
        let others = history.open.filter { $0.invoice != line.invoice || $0.line != line.line }
        var keys = keys
        keys[key] = KeyHistory(key: key, latest: history.latest, open: named + others)
        return PartyHistory(keys: keys, invoices: invoices)
    }
}

private struct KeyRow: RowDecodable, Sendable {
    let key: ChargeKey
    let covers: Period

    static var columns: SQL { "organisation_id, subject, charge, billing_period, covers" }

    init(row: inout Row) throws(DecodingFailure) {
        key = try row.chargeKey()
        covers = try row.period()
    }
}
