import Domain
import Postgres
import Registry
import Testing

/// A made-up association in a transaction that is rolled back: the place where invoicing scenarios are played.
struct Books {
    let transaction: Transaction

    /// Plays a scenario as the role `batch`, then shows that a further run posts nothing and that every invariant holds.
    ///
    /// The edge's isolation level is the scenario's; its lock is not needed, because nothing is committed.
    @discardableResult
    static func play<Value: Sendable>(_ scenario: @Sendable (Books) async throws -> Value) async throws -> Value {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        do {
            let value = try await connection.rolledBack(.repeatableRead) { transaction in
                let books = Books(transaction: transaction)
                try await books.found()
                let value = try await scenario(books)
                try await books.expectSettled()
                return value
            }
            await connection.close()
            return value
        } catch {
            await connection.close()
            throw error
        }
    }

    /// A use case on a day, as the tests' actor.
    func work(on today: String = "2027-01-10", _ useCase: String = "test") async throws -> Work {
        try await Work.begin(useCase, as: try Actor("tester").orThrow("no actor"), on: try day(today), in: transaction)
    }

    /// A use case that records something of a day: on that day, or the tests' own where that is later, for nothing is recorded before it has happened.
    func work(recording day: CivilDate) async throws -> Work {
        let today = try RegistryTests.day("2027-01-10")
        return try await work(on: max(today, day).description)
    }

    /// The association, its decisions, its settings, its VAT rule and its dues of 2025…2027.
    func found() async throws {
        var draft = ImportDraft()
        let place = SourceLocation(file: "test", line: 1, column: 1)
        for (reference, title) in [("GF-1", "Dues"), ("GF-2", "Other dues"), ("B-1", "Goodwill")] {
            draft.decisions.append(
                DecisionDraft(location: place, reference: reference, decidedBy: .board, decidedOn: try day("2026-04-01"), title: title))
        }
        draft.organisations = [
            OrganisationDraft(
                location: place, id: nil, kind: .association, name: "The association", cvr: CVRNumber("41849983"), municipalityCode: nil,
                regionCode: nil, address: .unknown, glns: [], billing: BillingContact(gln: GLN("5790002750595")))
        ]
        draft.settings = try [
            (.chargesBegin, ""), (.paymentDays, "30"), (.creditorNumber, "80000000"), (.indexRounding, "whole-kroner-half-up"),
        ]
        .map { (name: SettingName, value) in
            SettingDraft(
                location: place, name: name, from: try day(name == .chargesBegin ? "2027-01-01" : "2020-01-01"), value: value, decision: nil
            )
        }
        draft.duesRates = try (2025...2027).map { year in
            DuesRateDraft(
                location: place, year: year, basis: .fixed(try kroner("25000")), indexSource: nil, decision: Located("GF-1", at: place))
        }
        let term = try Term(first: try day("2012-01-01"), last: nil).orThrow("no term")
        let rate = try VATRate(.standard, basisPoints: 2500).orThrow("no rate")
        draft.vatRules = [
            VATRuleDraft(location: place, rule: VATRule(charge: .dues, term: term, rate: rate), decision: Located("GF-1", at: place))
        ]
        _ = try await ImportStore.store(draft, in: try await work())
    }

    /// Registers a member whose first day is given; signed and countersigned the month before.
    @discardableResult
    func member(
        _ index: Int, from first: String, reference: String? = "Ref", cvr: Bool = true, gln: String? = nil
    ) async throws -> Identifier<Agreement> {
        let firstDay = try day(first)
        let signed = try firstDay.adding(days: -30).orThrow("no day")
        let application = MembershipApplication(
            organisation: OrganisationDraft(
                location: SourceLocation(file: "test", line: index, column: 1), id: nil, kind: .municipality, name: "Member \(index)",
                cvr: cvr ? try cvrNumber(index) : nil, municipalityCode: nil, regionCode: nil, address: .unknown, glns: [],
                billing: BillingContact(gln: gln.flatMap { GLN($0) }, reference: reference)),
            contact: nil, signature: Signature(name: "S", title: "Director", date: signed),
            countersignature: Signature(name: "C", title: "Chair", date: signed), firstDay: firstDay, document: nil)
        return try await Registration.register(application, in: try await work(recording: signed)).id
    }

    func notice(_ agreement: Identifier<Agreement>, received: String, on today: String) async throws {
        try await Agreements.move(agreement, .giveNotice(receivedOn: try day(received)), in: try await work(on: today))
    }

    /// Sets a year's dues, as importing a changed rate sheet does.
    func dues(_ year: Int, _ basis: DuesRate.Basis, decision: String = "GF-2") async throws {
        let place = SourceLocation(file: "rates.yaml", line: 1, column: 1)
        var draft = ImportDraft()
        draft.duesRates = [
            DuesRateDraft(location: place, year: year, basis: basis, indexSource: nil, decision: Located(decision, at: place))
        ]
        _ = try await ImportStore.store(draft, in: try await work())
    }

    /// Posts, and shows that it was what the preview had said: documents, lines and totals, as given back and as the books keep them.
    func run(_ year: Int = 2027, on today: String = "2027-01-10") async throws -> ChargeRunResult {
        let seen = try await preview(year, on: today)
        let period = try BillingPeriod(year: year).orThrow("no year")
        // Scenarios are played on whatever day they need.
        let posted = try await ChargeRun.post(period, accepting: ["EARLIER_DATE"], in: try await work(on: today))
        #expect(posted.hash == seen.hash && posted.totals == seen.totals && posted.documents == seen.documents)
        var kept: [BookedDocument] = []
        for outcome in posted.outcomes {
            for (document, number) in zip(outcome.outcome.documents, outcome.numbers) {
                kept.append(BookedDocument(try await self.document(document.kind, number)))
            }
        }
        #expect(kept == seen.documents.map(BookedDocument.init))
        return posted
    }

    func preview(_ year: Int = 2027, on today: String = "2027-01-10") async throws -> ChargeRunResult {
        try await ChargeRun.preview(try BillingPeriod(year: year).orThrow("no year"), in: try await work(on: today))
    }

    func credit(_ amount: String, on invoice: Int64, on today: String = "2027-02-01") async throws -> [Int64] {
        try await CreditByHand.post(
            try kroner(amount), on: LineReference(invoice: invoice, line: 1), because: "goodwill", decision: "B-1",
            in: try await work(on: today))
    }

    func document(_ kind: DocumentKind, _ number: Int64) async throws -> PostedDocument {
        try await Documents.find(kind, number, in: try await work())
    }

    /// Lets something be refused without spoiling the scenario.
    func refused(_ body: () async throws -> Void) async throws -> Rule? {
        do {
            try await ConstraintRules.translating { try await transaction.savepoint { _ in try await body() } }
            return nil
        } catch let refusal as Refusal {
            return refusal.rule
        }
    }

    /// After every scenario, which ends with a run of its own: run again and nothing is posted; every invariant holds.
    private func expectSettled() async throws {
        #expect(try await run().totals.documents == 0)
        let report = try await Verification.verify(in: try await work())
        #expect(report.violations == [])
    }
}

/// What a document says of money, before it is posted or after.
private struct BookedDocument: Equatable {
    private struct Line: Equatable {
        let key: ChargeKey
        let revision: Int32
        let covers: Period
        let net: Money
        let vat: VATTreatment
        let derivation: LineDerivation
    }

    private let organisation: Identifier<Organisation>
    private let credits: Int64?
    private let lines: [Line]
    private let taxes: [TaxAmount]
    private let net: Money
    private let tax: Money

    init(_ document: DraftDocument) {
        organisation = document.organisation
        credits = document.credits?.number
        lines = document.lines.map {
            Line(key: $0.key, revision: $0.revision, covers: $0.covers, net: $0.net, vat: $0.vat, derivation: $0.derivation)
        }
        (taxes, net, tax) = (document.taxes, document.net, document.tax)
    }

    init(_ document: PostedDocument) {
        organisation = document.organisation
        if case .creditNote(let invoice, _) = document.role { credits = invoice } else { credits = nil }
        lines = document.lines.map {
            Line(key: $0.key, revision: $0.revision, covers: $0.covers, net: $0.net, vat: $0.vat, derivation: $0.derivation)
        }
        (taxes, net, tax) = (document.taxes, document.net, document.tax)
    }
}

extension ChargeRunResult {
    /// Every line's receiver and net amount, credits negative.
    var amounts: [String: [String]] {
        outcomes.reduce(into: [:]) { amounts, outcome in
            for document in outcome.outcome.documents {
                for line in document.lines {
                    amounts[outcome.outcome.party.name, default: []].append((document.kind == .invoice ? "" : "-") + line.net.description)
                }
            }
        }
    }

    var parked: [String: [ParkingReason]] {
        outcomes.reduce(into: [:]) { parked, outcome in
            let reasons = outcome.outcome.parked.map(\.reason)
            if !reasons.isEmpty { parked[outcome.outcome.party.name] = reasons }
        }
    }

    var documents: [DraftDocument] { outcomes.flatMap(\.outcome.documents) }
}
