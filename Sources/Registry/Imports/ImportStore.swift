public import Domain
import Postgres

/// Stores what a folder says: all of it, or nothing.
public enum ImportStore {
    /// - Parameter found: problems that reading the files has already found; the rest is checked all the same, so that all come out together.
    /// - Throws: ``ImportRefused`` with every problem, by file, line and column.
    public static func store(_ draft: ImportDraft, found: [ImportProblem] = [], in work: Work) async throws -> ImportSummary {
        var storing = Storing(work: work, unreadable: draft.unreadable, problems: found)
        try await storing.loadOrganisations()
        for decision in draft.decisions {
            try await storing.row(.decisions, at: decision.location, key: decision.reference, identity: [decision.reference]) { work, _ in
                try await Decisions.store(decision, in: work)
            }
        }
        for setting in draft.settings {
            try await storing.row(.settings, at: setting.location, key: setting.naturalKey) { work, references in
                try await SettingStore.store(setting, decision: try await references.decision(setting.decision), in: work)
            }
        }
        for organisation in draft.organisations { try await storing.organisation(organisation) }
        for inhabitants in draft.inhabitants {
            try await storing.row(
                .inhabitants, at: inhabitants.location, key: "\(inhabitants.organisation.value) \(inhabitants.countedOn)"
            ) { work, references in
                try await Inhabitants.store(inhabitants, of: try references.organisation(inhabitants.organisation).id, in: work)
            }
        }
        for person in draft.people {
            let email = person.email.description
            try await storing.row(.people, at: person.location, key: email, identity: [email]) { work, _ in
                try await People.store(person, in: work)
            }
        }
        for contact in draft.contacts {
            let key = "\(contact.organisation.value) \(contact.email.value) \(contact.role) \(contact.term.first)"
            try await storing.row(.contacts, at: contact.location, key: key) { work, references in
                let organisation = try references.organisation(contact.organisation)
                do {
                    return try await People.store(
                        contact.role, of: contact.email.value, at: organisation.id, during: contact.term, in: work)
                } catch let refusal as Refusal where refusal.rule == .unknownPerson {
                    throw ImportProblem(at: contact.email.location, refusal)
                }
            }
        }
        for product in draft.products {
            let name = product.name.description
            try await storing.row(.products, at: product.location, key: name.lowercased(), identity: [name]) { work, references in
                let coordinator = try await references.optionalPerson(product.coordinator)
                return try await Products.store(product, coordinator: coordinator, in: work)
            }
        }
        for role in draft.supplierRoles {
            let key = "\(role.organisation.value) \(role.product.value) \(role.role) \(role.term.first)"
            try await storing.row(.supplierRoles, at: role.location, key: key) { work, references in
                let organisation = try references.organisation(role.organisation)
                let product = try await references.product(role.product)
                return try await SupplierRoles.store(role, of: organisation, on: product, in: work)
            }
        }
        try await storing.projects(of: draft)
        for rate in draft.duesRates {
            try await storing.row(.duesRates, at: rate.location, key: String(rate.year)) { work, references in
                try await RateStore.store(rate, decision: try await references.decision(rate.decision), in: work)
            }
        }
        for rule in draft.vatRules {
            try await storing.row(.vatRules, at: rule.location, key: "\(rule.rule.charge) \(rule.rule.term.first)") { work, references in
                try await RateStore.store(rule.rule, decision: try await references.decision(rule.decision), in: work)
            }
        }
        try await storing.checkIndexedAmounts(of: draft.duesRates)
        for placement in draft.placements {
            let key = "\(placement.organisation.value) \(placement.firstYear)"
            try await storing.row(.placements, at: placement.location, key: key) { work, references in
                try await SizeStore.store(
                    sizeClass: placement.sizeClass, reason: placement.reason, of: try references.organisation(placement.organisation).id,
                    from: placement.firstYear, through: placement.lastYear,
                    decision: try await references.decision(placement.decision), in: work)
            }
        }
        // By first day, so that a sheet that ends makes room for the next, whatever their order.
        for sheet in draft.rateSheets.sorted(by: { $0.term.first < $1.term.first }) { try await storing.rateSheet(sheet) }
        // By first day, so that a spell that came back finds the earlier one ended, whatever the order of the rows.
        let inOrder = draft.agreements.sorted { ($0.life.term?.first ?? .epoch) < ($1.life.term?.first ?? .epoch) }
        for agreement in inOrder {
            let key =
                agreement.id ?? "\(agreement.organisation.value) \(agreement.subject.value) \(agreement.life.term?.first.description ?? "")"
            try await storing.row(.agreements, at: agreement.location, key: key) { work, references in
                let organisation = try references.organisation(agreement.organisation)
                let subject = try await references.subject(agreement.subject)
                let decision = try await references.optionalDecision(agreement.decision)
                return try await AgreementImport.store(agreement, on: subject, with: organisation, decision: decision, in: work)
            }
        }
        try await storing.groups(of: draft)
        guard storing.problems.isEmpty else { throw ImportRefused(storing.problems) }
        return storing.summary
    }
}

/// An import under way: what was stored, what was found wrong, and what rows may refer to.
struct Storing {
    let work: Work
    var problems: [ImportProblem]
    var summary = ImportSummary()
    private(set) var references: References
    private var seen: [String: SourceLocation] = [:]

    init(work: Work, unreadable: Set<String>, problems: [ImportProblem]) {
        self.work = work
        self.problems = problems
        references = References(work: work, unreadable: unreadable)
    }

    mutating func loadOrganisations() async throws {
        for record in try await Organisations.list(in: work) { references.add(record) }
    }

    /// Stores one row in a savepoint, so that a row that is refused does not hide the faults of those after it.
    ///
    /// - Parameter identity: the texts by which other rows may mean this one.
    mutating func row(
        _ kind: ImportSummary.Kind, at location: SourceLocation, key: String, identity: [String] = [],
        _ store: (Work, References) async throws -> StoreOutcome
    ) async throws {
        if let earlier = seen.updateValue(location, forKey: "\(kind.rawValue) \(key)") {
            problems.append(ImportProblem(at: location, Refusal(.rowDoubled, earlier.description)))
            return
        }
        let references = references
        let work = work
        do {
            let outcome = try await ConstraintRules.translating {
                try await work.transaction.savepoint { _ in try await store(work, references) }
            }
            summary.count(outcome, of: kind)
        } catch let refusal as Refusal {
            problems.append(ImportProblem(at: location, refusal))
            self.references.unreadable.formUnion(identity)
        } catch let problem as ImportProblem {
            problems.append(problem)
            self.references.unreadable.formUnion(identity)
        } catch is KnownElsewhere {
            // The row it refers to has been reported already, and so has what refers to this one.
            self.references.unreadable.formUnion(identity)
        }
    }

    mutating func organisation(_ draft: OrganisationDraft) async throws {
        let identity = [
            draft.id, draft.cvr?.description, draft.municipalityCode, draft.kind == .region ? draft.regionCode : nil, draft.name,
        ]
        .compactMap { $0 }
        let known = references.matching(draft)
        let key = known.map { "#\($0.id)" } ?? identity.first ?? draft.name
        try await row(.organisations, at: draft.location, key: key, identity: identity) { work, _ in
            guard let known else {
                _ = try await Organisations.add(draft, in: work)
                return .added
            }
            return try await Organisations.update(known, to: draft, in: work) ? .changed : .unchanged
        }
        let stored = try await work.transaction.query(
            """
            SELECT \(OrganisationRecord.columns) FROM \(OrganisationRecord.table)
            WHERE o.id = \(known?.id.value) OR (o.import_id = \(draft.id)) OR o.cvr = \(draft.cvr?.description)
                OR o.municipality_code = \(draft.municipalityCode) OR o.name = \(draft.name)
            """, as: OrganisationRecord.self)
        for record in stored { references.add(record) }
    }

    /// An indexed year's published amount is what the formula gives, or the sheet is refused, at the row that says otherwise.
    mutating func checkIndexedAmounts(of drafts: [DuesRateDraft]) async throws {
        for mismatch in try await RateStore.tariff(in: work).mismatches {
            guard let place = drafts.first(where: { $0.year == mismatch.year }) ?? drafts.first else { continue }
            problems.append(
                ImportProblem(
                    at: place.location,
                    Refusal(.indexAmountMismatch, String(mismatch.year), mismatch.published.description, mismatch.computed.description)))
        }
    }
}

/// A reference to a row whose own fault is in the list already.
struct KnownElsewhere: Error {}

/// What rows of an import may refer to.
struct References {
    let work: Work
    var unreadable: Set<String>
    private var byImportID: [String: OrganisationRecord] = [:]
    private var byNumber: [String: OrganisationRecord] = [:]
    private var byName: [String: [OrganisationRecord]] = [:]

    init(work: Work, unreadable: Set<String>) {
        self.work = work
        self.unreadable = unreadable
    }

    mutating func add(_ record: OrganisationRecord) {
        if let id = record.importID { byImportID[id] = record }
        if let cvr = record.cvr { byNumber[cvr.description] = record }
        if let code = record.municipalityCode { byNumber[code] = record }
        if record.kind == .region, let code = record.regionCode { byNumber[code] = record }
        byName[record.name] = byName[record.name, default: []].filter { $0.id != record.id } + [record]
    }

    /// The organisation a row's own id or natural keys name (rule 17); by name only when the row has no other key.
    func matching(_ draft: OrganisationDraft) -> OrganisationRecord? {
        if let id = draft.id, let record = byImportID[id] { return record }
        let numbers = [draft.cvr?.description, draft.municipalityCode, draft.kind == .region ? draft.regionCode : nil].compactMap { $0 }
        for number in numbers {
            if let record = byNumber[number] { return record }
        }
        // By name only one that lacks what the row adds: a number that was not known when it was registered.
        guard draft.id == nil, let named = byName[draft.name], named.count == 1, let only = named.first else { return nil }
        let contradicts =
            (draft.cvr != nil && only.cvr != nil) || (draft.municipalityCode != nil && only.municipalityCode != nil)
            || (draft.kind == .region && draft.regionCode != nil && only.regionCode != nil)
        return contradicts ? nil : only
    }

    func organisation(_ text: Located<String>) throws -> OrganisationRecord {
        if let record = byImportID[text.value] ?? byNumber[text.value] { return record }
        let named = byName[text.value] ?? []
        if named.count == 1, let record = named.first { return record }
        if unreadable.contains(text.value) { throw KnownElsewhere() }
        throw ImportProblem(at: text.location, Refusal(named.isEmpty ? .unknownOrganisation : .ambiguousOrganisation, text.value))
    }

    func decision(_ text: Located<String>) async throws -> Identifier<Decision> {
        try await located(text) { try await Decisions.find(text.value, in: work) }
    }

    /// Finds what a cell names; a refusal points at the cell, unless the row it means has been reported already.
    ///
    /// - Parameter row: the text by which the row is meant, where it is another than the cell's.
    func located<Value>(
        _ text: Located<String>, meaning row: String? = nil, _ find: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await find()
        } catch let refusal as Refusal {
            if unreadable.contains(text.value) || row.map(unreadable.contains) == true { throw KnownElsewhere() }
            throw ImportProblem(at: text.location, refusal)
        }
    }

    func optionalPerson(_ email: Located<String>?) async throws -> Identifier<Person>? {
        guard let email else { return nil }
        return try await located(email) { try await People.find(email.value, in: work) }
    }

    func optionalDecision(_ text: Located<String>?) async throws -> Identifier<Decision>? {
        guard let text else { return nil }
        return try await decision(text)
    }

    func decision(_ text: Located<String>?) async throws -> Identifier<Decision>? { try await optionalDecision(text) }

    /// The product of a name, those of the same folder among them.
    func product(_ name: Located<String>) async throws -> Identifier<Product> {
        try await located(name) { try await Products.find(name.value, in: work).id }
    }

    /// What an agreement is about.
    func subject(_ text: Located<String>) async throws -> Subject {
        try await located(text) { try await Products.subject(named: text.value, in: work) }
    }
}
