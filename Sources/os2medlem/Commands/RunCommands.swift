import ArgumentParser
import Domain
import Interchange
import Registry
import Wording

extension InvoiceCommand {
    /// What a run looks at.
    struct Target: ParsableArguments {
        @Option(help: "The year to invoice; what earlier periods still owe comes along.")
        var year: Int

        @Option(help: "1 or 2: to the end of that half only.")
        var half: Int?

        @Option(help: "dues, products, or one product's name.")
        var only: String?

        func period() throws -> BillingPeriod {
            let half = try half.map { number in
                guard let half = BillingPeriod.Half(rawValue: number) else { throw ValidationError("--half is 1 or 2") }
                return half
            }
            guard let period = BillingPeriod(year: year, half: half) else { throw ValidationError("--year is a year from 2000 to 9998") }
            return period
        }

        /// - Throws: ``Refusal`` by `UNKNOWN_PRODUCT`.
        func scope(in work: Work) async throws -> ChargeScope {
            switch only {
            case nil: .all
            case "dues": .dues
            case "products": .products
            case "supplier": .only(.supplier)
            case let name?: .only(try await Products.subject(named: name, in: work))
            }
        }
    }

    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "What a run would post now. Writes nothing.")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var target: Target

        func run() async throws {
            let (target, period) = (target, try target.period())
            try await options.withSession { session in
                try await session.read { work in
                    let scope = try await target.scope(in: work)
                    return try await session.reported { try await ChargeRun.preview(period, scope, taking: $0, in: work) }
                }.print()
            }
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Post what is owed and not yet posted.",
            discussion:
                "As a table it prints what is parked and what it comes to, by product and by receiver; --format json and csv print every line."
        )
        @OptionGroup var options: GlobalOptions
        @OptionGroup var target: Target
        @Option(help: "The preview's inputs; another outcome is refused.") var expectInputs: String?
        @Option(help: "A warning that has been read and accepted; may be repeated.") var accept: [String] = []

        func run() async throws {
            let (target, period) = (target, try target.period())
            let expected = try expectInputs.map { text in
                guard let hash = RunHash(text) else { throw ValidationError("--expect-inputs is the 64 digits that a preview printed") }
                return hash
            }
            let accepted = try ChargeWarning.accepted(accept)
            try await options.withSession { session in
                try await session.post("invoice run") { work in
                    let scope = try await target.scope(in: work)
                    return try await session.reported(listingLines: false) {
                        try await ChargeRun.post(period, scope, expecting: expected, accepting: accepted, taking: $0, in: work)
                    }
                }.print()
            }
        }
    }

    struct Prepare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Preview a run and keep it for another person's approval.")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var target: Target
        @Option(help: "A warning that has been read and accepted; may be repeated.") var accept: [String] = []

        func run() async throws {
            let (target, period, accepted) = (target, try target.period(), try ChargeWarning.accepted(accept))
            try await options.withSession { session in
                let (prepared, preview) = try await session.record("invoice prepare") { work in
                    let scope = try await target.scope(in: work)
                    return try await session.reported {
                        // For programs only the prepared run is printed.
                        try await PreparedRuns.prepare(
                            period, scope, accepting: accepted, taking: session.format == .table ? $0 : { _, _ in }, in: work)
                    }
                }
                if session.format == .table { try preview.print() }
                try await session.print([(prepared, .prepared)])
            }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Approve a prepared run, as another person than who prepared it.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The prepared run's number.") var prepared: Int64

        func run() async throws {
            let id = prepared
            try await options.withSession { session in
                let approved = try await session.record("invoice approve") { try await PreparedRuns.approve(id, in: $0) }
                try await session.print([(approved, .approved)])
            }
        }
    }

    struct Post: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Post exactly what was prepared and approved.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The prepared run's number.") var prepared: Int64

        func run() async throws {
            let id = prepared
            try await options.withSession { session in
                try await session.post("invoice post") { work in
                    try await session.reported(listingLines: false) { try await PreparedRuns.post(id, taking: $0, in: work) }
                }.print()
            }
        }
    }

    struct Prepared: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prepared runs, the newest first.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let runs = try await session.read { work in
                    var listed: [(PreparedRun, PreparedRun.State)] = []
                    for run in try await PreparedRuns.list(in: work) {
                        listed.append((run, try await PreparedRuns.state(of: run, in: work)))
                    }
                    return listed
                }
                try await session.print(runs)
            }
        }
    }

    struct Runs: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Posted runs, the newest first.")
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            try await options.withSession { session in
                let runs = try await session.read { try await InvoiceRuns.list(in: $0) }
                try Console.list(
                    runs, in: session,
                    columns: [
                        (.run, .trailing), (.kind, .leading), (.period, .leading), (.posted, .leading), (.by, .leading),
                        (.invoices, .trailing),
                        (.creditNotes, .trailing), (.net, .trailing), (.vat, .trailing), (.total, .trailing), (.reversedBy, .trailing),
                    ],
                    row: { run, table in
                        table.row(
                            String(run.id), session.name(of: run), run.preparation.target.description, run.postedOn.description,
                            run.postedBy,
                            String(run.invoices), String(run.creditNotes), session.amount(run.net), session.amount(run.tax),
                            (try? run.gross()).map { session.amount($0) } ?? "", run.reversedBy.map { String($0) } ?? "")
                    }, json: { try $0.write(to: &$1) })
            }
        }
    }

    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a whole run back by credit notes.",
            discussion: "What is left of its lines is credited and nothing adjusted: the next run invoices again by the facts of that day.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The run's number.") var runNumber: Int64
        @Flag(help: "Keep it for another person's approval, in the place of posting it: then invoice approve and invoice post.")
        var prepare = false
        @Flag(help: "Only show what it would credit. Writes nothing.") var preview = false

        func validate() throws {
            if prepare && preview { throw ValidationError("--prepare keeps what --preview only shows: one of them") }
        }

        func run() async throws {
            let (number, prepare, preview) = (runNumber, prepare, preview)
            try await options.withSession { session in
                if preview {
                    try await session.read { work in
                        try await session.reported { try await Reversal.preview(number, taking: $0, in: work) }
                    }.print()
                    return try await session.tellWhatStays(of: number)
                }
                if prepare {
                    let (prepared, preview) = try await session.record("invoice prepare") { work in
                        try await session.reported {
                            try await PreparedRuns.prepare(reversing: number, taking: session.format == .table ? $0 : { _, _ in }, in: work)
                        }
                    }
                    if session.format == .table { try preview.print() }
                    try await session.tellWhatStays(of: number)
                    return try await session.print([(prepared, .prepared)])
                }
                try await session.post("invoice reverse") { work in
                    try await session.reported { try await Reversal.post(number, taking: $0, in: work) }
                }.print()
                try await session.tellWhatStays(of: number)
            }
        }
    }

    struct ReplayCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Compute posted lines again from what is stored with them: one document's, or all.")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The number; all documents of both kinds without it.") var number: Int64?
        @Option(help: "invoice or creditNote.") var kind: DocumentKind = .invoice

        func run() async throws {
            let (number, kind) = (number, kind)
            try await options.withSession { session in
                let result = try await session.read { work in
                    guard let number else { return try await Replay.all(in: work) }
                    return try await Replay.one(kind, number, in: work)
                }
                if session.format == .json {
                    var json = CanonicalJSON()
                    json.object {
                        $0.member("lines", result.lines)
                        $0.name("differing")
                        $0.array { for place in result.differing { $0.string(place.place) } }
                    }
                    Console.print(json)
                } else {
                    for place in result.differing { Console.print("\(place.place): \(place.invariant)") }
                    Console.print(
                        session.language.text(
                            "\(result.lines) linjer genberegnet, \(result.differing.count) afviger",
                            "\(result.lines) lines computed again, \(result.differing.count) differ"))
                }
                if !result.differing.isEmpty {
                    throw Failure(.replayDiffers(lines: result.differing.count), status: .data)
                }
            }
        }
    }
}

extension Session {
    /// What kind of run it is, and for people which run it takes back.
    fileprivate func name(of run: RunRecord) -> String {
        if format == .csv { return run.kind.rawValue }
        return [run.kind.text(in: language), run.reverses.map { String($0) }].compactMap { $0 }.joined(separator: " ")
    }

    /// What a prepared run looks at, a product by its name.
    private func scope(of run: PreparedRun, _ names: [Subject: String]) -> String {
        guard format != .csv, case .only(let subject) = run.scope else { return word(run.scope) }
        return names[subject] ?? word(run.scope)
    }

    fileprivate func print(_ runs: [(run: PreparedRun, state: PreparedRun.State)]) async throws {
        let names = try await read { try await SubjectNames.load(in: $0) }
        try Console.list(
            runs, in: self,
            columns: [
                (.prepared, .trailing), (.state, .leading), (.period, .leading),
                (.scope, .leading), (.by, .leading),
                (.approvedBy, .leading), (.run, .trailing),
                (.inputs, .leading),
            ],
            row: { listed, table in
                let run = listed.run
                table.row(
                    String(run.id), word(listed.state), run.target.description,
                    run.reverses.map { language.text("tilbagefører kørsel \($0)", "reverses run \($0)") } ?? scope(of: run, names),
                    "\(run.preparedBy) \(run.preparedOn)",
                    run.approvedBy.map { "\($0) \(run.approvedOn?.description ?? "")" } ?? "", run.run.map { String($0) } ?? "",
                    run.inputs.description)
            }, json: { $0.run.write($0.state, to: &$1) })
    }
}

extension Session {
    /// A reversal takes back what a run invoiced, never what it gave back: that would be invoicing by reversing.
    fileprivate func tellWhatStays(of run: Int64) async throws {
        guard format == .table else { return }
        let (notes, paid) = try await read { work in
            (
                try await Documents.creditNotes(of: run, in: work).map { String($0.document.number) },
                try await Pledges.paid(onInvoicesOf: run, in: work)
            )
        }
        if !paid.isEmpty {
            let listed = language.some(Array(paid.prefix(10)), of: paid.count)
            Console.print(
                language.text(
                    "Tilsagn, der er betalt: \(listed). Betalingen bliver stående, og den næste kørsel fakturerer beløbet igen.",
                    "Pledges that were paid: \(listed). The payment stays on record, and the next run invoices the amount again."))
        }
        if notes.isEmpty { return }
        let listed = language.some(Array(notes.prefix(10)), of: notes.count)
        Console.print(
            language.text(
                "Kreditnotaer, som kørsel \(run) selv gav, bliver stående: \(listed)",
                "Credit notes that run \(run) itself gave stay as they are: \(listed)"))
    }
}
