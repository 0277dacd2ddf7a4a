public import Domain
import Postgres

/// Next year's charges if something were otherwise: the same run over the same register, with the changes made in between.
///
/// It changes the register for a moment, so it runs inside ``Registry/rehearse(_:as:on:_:)``, which takes everything back.
public enum WhatIf {
    /// - Parameter found: problems that reading the file has already found; the rest is checked all the same, so that all come out together.
    /// - Throws: ``ImportRefused`` with every problem, by line and column; ``Refusal`` as ``ChargeRun/preview(_:_:taking:in:)``.
    public static func compare(_ scenario: ScenarioDraft, found: [ImportProblem] = [], in work: Work) async throws -> ScenarioOutcome {
        // A number or a reference that is still missing holds back a document, and says nothing of what somebody will pay.
        let before = try await ChargeRun.amounts(scenario.year, in: work)
        try await suppose(scenario, found, in: work)
        let after = try await ChargeRun.amounts(scenario.year, in: work)

        var amounts = try await posted(in: scenario.year, in: work)
        try amounts.add(before, to: \.before)
        try amounts.add(after, to: \.after)
        let names = try await SubjectNames.load(in: work)
        let organisations = Dictionary(uniqueKeysWithValues: try await Organisations.list(in: work).map { ($0.id, $0.name) })
        let rows = amounts.sorted { $0.key < $1.key }
            .filter { $0.value.before != .zero || $0.value.after != .zero }
            .map { place, sums in
                ScenarioOutcome.Row(
                    organisation: organisations[place.organisation] ?? place.organisation.description,
                    product: names[place.subject] ?? place.subject.description, before: sums.before, after: sums.after)
            }
        return ScenarioOutcome(
            year: scenario.year.year, rows: rows, missingBefore: missing(in: before, names, organisations),
            missingAfter: missing(in: after, names, organisations))
    }

    /// What could not be charged, so that its amount is missing from the sums.
    private static func missing(
        in result: ChargeRunResult, _ names: [Subject: String], _ organisations: [Identifier<Organisation>: String]
    ) -> [ScenarioOutcome.Missing] {
        result.outcomes.flatMap(\.outcome.parked).map { parking in
            ScenarioOutcome.Missing(
                organisation: organisations[parking.organisation] ?? parking.organisation.description,
                product: parking.key.map { names[$0.subject] ?? $0.subject.description } ?? "", reason: parking.reason)
        }
    }

    /// Makes the changes, each in a savepoint, so that one that is refused does not hide the faults of those after it.
    private static func suppose(_ scenario: ScenarioDraft, _ found: [ImportProblem], in work: Work) async throws {
        var storing = Storing(work: work, unreadable: [], problems: found + scenario.changesOutsideYear)
        try await storing.loadOrganisations()
        let decision = try await proposal(in: work)
        for sheet in scenario.sheets.sorted(by: { $0.term.first < $1.term.first }) {
            try await storing.row(.rateSheets, at: sheet.location, key: "before \(sheet.product?.value ?? "") \(sheet.term.first)") {
                work, references in
                try await endSheets(of: try await references.subject(sheet.product), before: sheet.term.first, in: work)
                return .changed
            }
            // A product that is not known has been reported.
            if storing.problems.contains(where: { $0.location == sheet.product?.location }) { continue }
            try await storing.rateSheet(sheet)
        }
        var resized: Set<Identifier<Organisation>> = []
        for (index, change) in scenario.changes.enumerated() {
            try await storing.row(.agreements, at: change.location, key: String(index)) { work, references in
                let organisation = try references.organisation(change.organisation)
                switch change.kind {
                case .joins(let product, let from, let form):
                    let product = try await references.product(product)
                    try await join(organisation, product, from: from, as: form, in: work)
                case .leaves(let product, let lastDay):
                    let product = try await references.product(product)
                    try await leave(organisation, product, on: lastDay, in: work)
                case .merges(let into, let day):
                    let successor = try references.organisation(into)
                    try await merge(organisation, change.organisation.value, into: successor, into.value, on: day, in: work)
                case .places(let sizeClass):
                    try await place(organisation, in: sizeClass, year: scenario.year, decision: decision, in: work)
                    resized.insert(organisation.id)
                case .inhabitants(let number):
                    try await count(organisation, number, at: change, year: scenario.year, in: work)
                    resized.insert(organisation.id)
                }
                return .changed
            }
        }
        guard storing.problems.isEmpty else { throw ImportRefused(storing.problems) }
        for organisation in resized { try await refreeze(organisation, scenario.year, in: work) }
    }

    /// What supposed facts rest on in the place of a decision.
    private static func proposal(in work: Work) async throws -> Identifier<Decision> {
        let place = SourceLocation(file: ScenarioDraft.proposal, line: 1, column: 1)
        _ = try await Decisions.store(
            DecisionDraft(
                location: place, reference: ScenarioDraft.proposal, decidedBy: .board, decidedOn: work.today, title: ScenarioDraft.proposal),
            in: work)
        return try await Decisions.find(ScenarioDraft.proposal, in: work)
    }

    /// A proposed sheet takes the place of those in force: they end the day before, and one that begins on the same day loses its rows.
    private static func endSheets(of subject: Subject, before first: CivilDate, in work: Work) async throws {
        let (subject, first) = (subject.description, first.stored)
        try await work.transaction.execute(
            """
            UPDATE rate_row AS r SET voided = true FROM rate_sheet AS s
            WHERE s.id = r.sheet_id AND s.subject = \(subject) AND lower(s.during) <= \(first) AND lower(r.during) >= \(first)
            """)
        try await work.transaction.execute(
            """
            UPDATE rate_row AS r SET during = daterange(lower(r.during), \(first)) FROM rate_sheet AS s
            WHERE s.id = r.sheet_id AND s.subject = \(subject) AND lower(s.during) < \(first) AND r.during @> \(first) AND NOT r.voided
            """)
        try await work.transaction.execute(
            """
            UPDATE rate_sheet SET during = daterange(lower(during), \(first))
            WHERE subject = \(subject) AND lower(during) < \(first) AND during @> \(first)
            """)
    }

    private static func join(
        _ organisation: OrganisationRecord, _ product: Identifier<Product>, from first: CivilDate, as form: AgreementForm, in work: Work
    ) async throws {
        var terms = AgreementTerms.ordinary
        terms.forms = FormHistory(form)
        let id = try await Agreements.draft(.product(product), with: organisation, terms: terms, in: work)
        let signature = Signature(name: ScenarioDraft.proposal, title: ScenarioDraft.proposal, date: min(work.today, first))
        try await Agreements.move(id, .send(signature.date), in: work)
        try await Agreements.move(id, .sign(signature), in: work)
        try await Agreements.move(id, .countersign(signature, firstDay: first), in: work)
    }

    private static func leave(
        _ organisation: OrganisationRecord, _ product: Identifier<Product>, on lastDay: CivilDate, in work: Work
    ) async throws {
        let inForce = try await Agreements.list(of: organisation.id, on: .product(product), in: work).filter { $0.life.state.isInForce }
        guard let living = inForce.first(where: { $0.life.term?.contains(lastDay) ?? false }) else {
            let name = try await SubjectNames.load(in: work)[.product(product)] ?? Subject.product(product).description
            let term = inForce.last?.life.term?.description
            throw Refusal(.unknownAgreement, organisation.name, name, lastDay.description, term ?? "")
        }
        try await work.transaction.execute(
            """
            UPDATE agreement SET state = 'noticeGiven', during = daterange(lower(during), \(lastDay.stored), '[]'),
                notice_received_on = coalesce(notice_received_on, lower(during)), end_reason = 'notice'
            WHERE id = \(living.id.value)
            """)
    }

    /// Where both take part in one product, the successor's own terms hold.
    private static func merge(
        _ organisation: OrganisationRecord, _ text: String, into successor: OrganisationRecord, _ heir: String, on day: CivilDate,
        in work: Work
    ) async throws {
        let own = try await Agreements.list(of: successor.id, in: work).filter { $0.life.state.isLive }
        let theirs = Set(try await Agreements.list(of: organisation.id, in: work).filter { $0.life.state.isLive }.map(\.subject))
        try await Succession.carryOut(
            [text], by: heir, on: day, keeping: Set(own.filter { theirs.contains($0.subject) }.map(\.id)),
            decision: ScenarioDraft.proposal, in: work)
    }

    private static func place(
        _ organisation: OrganisationRecord, in sizeClass: SizeClass, year: BillingPeriod, decision: Identifier<Decision>, in work: Work
    ) async throws {
        let placed = try await work.transaction.execute(
            """
            UPDATE size_placement SET size_class = \(sizeClass.rawValue), reason = \(ScenarioDraft.proposal), decision_id = \(decision.value)
            WHERE organisation_id = \(organisation.id.value) AND int4range(first_year, last_year, '[]') @> \(Int32(clamping: year.year))
            """)
        if placed == 0 {
            _ = try await SizeStore.store(
                sizeClass: sizeClass, reason: ScenarioDraft.proposal, of: organisation.id, from: year.year, through: year.year,
                decision: decision, in: work)
        }
    }

    private static func count(
        _ organisation: OrganisationRecord, _ number: Int32, at change: ScenarioChange, year: BillingPeriod, in work: Work
    ) async throws {
        guard let day = CivilDate(year: year.year - 1, month: 1, day: 1) else { throw Refusal(.dateInvalid, year.description) }
        let draft = InhabitantsDraft(
            location: change.location, organisation: change.organisation, countedOn: day, inhabitants: number,
            source: ScenarioDraft.proposal)
        _ = try await Inhabitants.suppose(draft, of: organisation.id, in: work)
    }

    /// What postings have used already is supposed to be otherwise as well.
    private static func refreeze(_ organisation: Identifier<Organisation>, _ year: BillingPeriod, in work: Work) async throws {
        guard let history = try await SizeStore.histories(in: work)[organisation], history.isFrozen(year.year),
            history.recorded(for: year.year) != history.fact(for: year.year)
        else {
            return
        }
        _ = try await SizeStore.refreeze(organisation, year: year.year, decision: ScenarioDraft.proposal, in: work)
    }

    /// What stands posted for the year counts before and after alike, because a preview only says what is still to come.
    private static func posted(in year: BillingPeriod, in work: Work) async throws -> [ChargePlace: ScenarioSums] {
        var sums: [ChargePlace: ScenarioSums] = [:]
        for (key, posted) in try await PostedYear.sums(in: year, work: work) {
            let sum = try sums[key.place, default: ScenarioSums()].before + posted
            sums[key.place] = ScenarioSums(before: sum, after: sum)
        }
        return sums
    }
}

struct ScenarioSums {
    var before = Money.zero
    var after = Money.zero
}

extension [ChargePlace: ScenarioSums] {
    /// Adds the year's lines of a preview to one side.
    fileprivate mutating func add(_ result: ChargeRunResult, to side: WritableKeyPath<ScenarioSums, Money>) throws {
        let years = ComparedYears(target: result.target)
        for document in result.outcomes.flatMap(\.outcome.documents) {
            for line in document.lines where years.side(of: line.key, chargedFor: line.covers.first) == .now {
                let sum = self[line.key.place, default: ScenarioSums()][keyPath: side]
                self[line.key.place, default: ScenarioSums()][keyPath: side] = try sum + document.kind.counted(line.net)
            }
        }
    }
}
