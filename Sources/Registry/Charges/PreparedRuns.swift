public import Domain
public import Postgres

/// Runs that two people make together.
public enum PreparedRuns {
    /// Previews a run and keeps its hash for approval.
    ///
    /// - Throws: as ``ChargeRun/preview(_:_:taking:in:)``; ``Refusal`` by `LINE_LIMIT`, `WARNING_NOT_ACCEPTED`.
    public static func prepare(
        _ target: BillingPeriod, _ scope: ChargeScope, accepting accepted: Set<String>, taking take: OutcomeTaker? = nil, in work: Work
    ) async throws -> (PreparedRun, ChargeRunResult) {
        let preview = try await ChargeRun.preview(target, scope, taking: take, in: work)
        if let crowded = preview.crowded.first { throw try await ChargeRun.refusal(of: crowded, in: work) }
        try ChargeRun.check(preview.totals, accepting: accepted)
        return (try await keep(preview, scope, accepting: accepted, reversing: nil, in: work), preview)
    }

    /// Prepares the reversal of a posted run, which changes the books as much as the run did.
    ///
    /// - Throws: as ``Reversal/preview(_:taking:in:)``.
    public static func prepare(
        reversing run: Int64, taking take: OutcomeTaker? = nil, in work: Work
    ) async throws -> (PreparedRun, ChargeRunResult) {
        let preview = try await Reversal.preview(run, taking: take, in: work)
        return (try await keep(preview, .all, accepting: [], reversing: run, in: work), preview)
    }

    private static func keep(
        _ preview: ChargeRunResult, _ scope: ChargeScope, accepting accepted: Set<String>, reversing run: Int64?, in work: Work
    ) async throws -> PreparedRun {
        let id = try await work.transaction.only(
            """
            INSERT INTO prepared_run (target, scope, reverses, inputs, accepted, prepared_by, prepared_on)
            VALUES (\(preview.target.description), \(scope.description), \(run), \(preview.hash.bytes), \(accepted.sorted()),
                \(work.actor.description), \(work.today.stored)) RETURNING id
            """, as: Int64.self)
        return try await find(id, in: work)
    }

    /// Approves a prepared run, as somebody else than who prepared it.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_RUN`, `APPROVED_BY_PREPARER`, `ALREADY_APPROVED`, `RUN_POSTED`, `STALE_PREVIEW` when the outcome would
    ///   be another by now, so that nobody approves what cannot be posted; of a reversal, as ``Reversal/preview(_:taking:in:)``.
    public static func approve(_ id: Int64, in work: Work) async throws -> PreparedRun {
        let prepared = try await lock(id, in: work)
        if let run = prepared.run { throw Refusal(.runPosted, String(run)) }
        if let approver = prepared.approvedBy { throw Refusal(.alreadyApproved, approver) }
        // The same name in other letters is the same person.
        if prepared.preparedBy.lowercased() == work.actor.description.lowercased() {
            throw Refusal(.approvedByPreparer, prepared.preparedBy)
        }
        let now = try await hash(of: prepared, in: work)
        if now != prepared.inputs { throw Refusal(.stalePreview, prepared.inputs.description, now.description) }
        try await work.transaction.execute(
            "UPDATE prepared_run SET approved_by = \(work.actor.description), approved_on = \(work.today.stored) WHERE id = \(id)")
        return try await find(id, in: work)
    }

    /// Posts exactly what was prepared. Runs inside ``Registry/post(_:as:on:_:)``.
    ///
    /// - Throws: ``Refusal`` by `UNKNOWN_RUN`, `NOT_APPROVED`, `RUN_POSTED`, `STALE_PREVIEW` when the outcome would be another by now.
    public static func post(_ id: Int64, taking take: OutcomeTaker? = nil, in work: Work) async throws -> ChargeRunResult {
        let prepared = try await lock(id, in: work)
        if let run = prepared.run { throw Refusal(.runPosted, String(run)) }
        guard prepared.approvedBy != nil else {
            // What is stale cannot be approved either.
            let now = try await hash(of: prepared, in: work)
            throw now == prepared.inputs
                ? Refusal(.notApproved, String(id)) : Refusal(.stalePreview, prepared.inputs.description, now.description)
        }
        let result: ChargeRunResult
        if let reversed = prepared.reverses {
            result = try await Reversal.post(reversed, expecting: prepared.inputs, taking: take, approved: true, in: work)
        } else {
            result = try await ChargeRun.post(
                prepared.target, prepared.scope, expecting: prepared.inputs, accepting: Set(prepared.accepted), taking: take,
                approved: true, in: work)
        }
        try await work.transaction.execute("UPDATE prepared_run SET run_id = \(result.run) WHERE id = \(id)")
        return result
    }

    /// Prepared runs, the newest first.
    public static func list(in work: Work) async throws -> [PreparedRun] {
        try await work.transaction.query("SELECT \(PreparedRun.columns) FROM prepared_run ORDER BY id DESC")
    }

    /// How far a prepared run has come. One that waits is previewed again, to see whether it could still be posted.
    public static func state(of prepared: PreparedRun, in work: Work) async throws -> PreparedRun.State {
        if prepared.run != nil { return .posted }
        do {
            if try await hash(of: prepared, in: work) != prepared.inputs { return .stale }
        } catch is Refusal {
            return .stale
        }
        return prepared.approvedBy == nil ? .prepared : .approved
    }

    /// The hash of what the prepared run would come to now.
    private static func hash(of prepared: PreparedRun, in work: Work) async throws -> RunHash {
        if let run = prepared.reverses { return try await Reversal.hash(run, in: work) }
        return try await ChargeRun.hash(prepared.target, prepared.scope, in: work)
    }

    public static func find(_ id: Int64, in work: Work) async throws -> PreparedRun {
        let found = try await work.transaction.first(
            "SELECT \(PreparedRun.columns) FROM prepared_run WHERE id = \(id)", as: PreparedRun.self)
        guard let found else { throw Refusal(.unknownRun, String(id), "prepared") }
        return found
    }

    private static func lock(_ id: Int64, in work: Work) async throws -> PreparedRun {
        _ = try await work.transaction.first("SELECT id FROM prepared_run WHERE id = \(id) FOR UPDATE", as: Int64.self)
        return try await find(id, in: work)
    }
}

extension PreparedRun: RowDecodable {
    public static var columns: SQL {
        "id, target, scope, reverses, inputs, accepted, prepared_by, prepared_on, approved_by, approved_on, run_id"
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.next(), target: try row.domain(try row.next(String.self)) { BillingPeriod($0) },
            scope: try row.domain(try row.next(String.self)) { ChargeScope($0) }, reverses: try row.next(),
            inputs: RunHash(digest: try row.next([UInt8].self)),
            accepted: try row.next(), preparedBy: try row.next(), preparedOn: try row.date(), approvedBy: try row.next(),
            approvedOn: try row.optionalDate(), run: try row.next())
    }
}
