import Domain
import Interchange
import Postgres
import Registry
import Testing

/// What scenarios with products, projects and successions need beyond ``Books/found()``.
extension Books {
    static let place = SourceLocation(file: "test", line: 1, column: 1)

    /// VAT rules for every charge of a product, size bounds, and contributions of 9 % and 35 %.
    func foundProducts() async throws {
        var draft = ImportDraft()
        draft.settings = try [
            (SettingName.sizeBounds, "24999 60000 120000"), (.contributionMember, "9"), (.contributionNonMember, "35"),
        ].map { name, value in
            SettingDraft(location: Books.place, name: name, from: try day("2012-01-01"), value: value, decision: nil)
        }
        let term = try Term(first: try day("2012-01-01"), last: nil).orThrow("no term")
        let rate = try VATRate(.standard, basisPoints: 2500).orThrow("no rate")
        draft.vatRules = [ChargeKind.annualFee, .sharedCost, .joiningFee, .contribution, .pledge, .supplierFee].map { charge in
            VATRuleDraft(
                location: Books.place, rule: VATRule(charge: charge, term: term, rate: rate), decision: Located("GF-1", at: Books.place))
        }
        _ = try await ImportStore.store(draft, in: try await work())
    }

    /// Stores a product with one rate sheet from 2027 on, without contribution.
    ///
    /// - Parameter rows: component, charge and amount in kroner; a joining fee holds for every signing date.
    @discardableResult
    func product(
        _ name: String, frequency: BillingFrequency = .yearly, proRata: ProRata = .days,
        rows: [(component: String, charge: ChargeKind, amount: String)] = []
    ) async throws -> Subject {
        var draft = ImportDraft()
        draft.products = [
            ProductDraft(location: Books.place, name: try ProductName(name), account: nil, repository: nil, level: nil, coordinator: nil)
        ]
        let decision = Located("GF-1", at: Books.place)
        let term = try Term(first: try day("2027-01-01"), last: nil).orThrow("no term")
        let always = try Term(first: try day("2012-01-01"), last: nil).orThrow("no term")
        let prices = try rows.map { row in
            RateRowDraft(
                location: Books.place, component: row.component, charge: row.charge, term: row.charge == .joiningFee ? always : term,
                price: .stated(.amount(try kroner(row.amount))), decision: decision)
        }
        draft.rateSheets = [
            RateSheetDraft(
                location: Books.place, product: Located(name, at: Books.place), term: term, frequency: frequency, proRata: proRata,
                passive: try Ratio(1, over: 3).orThrow("no ratio"), lateChanges: nil, carriesContribution: false, bounds: nil, vat: nil,
                decision: decision, rows: prices)
        ]
        _ = try await ImportStore.store(draft, in: try await work())
        return try await Products.subject(named: name, in: try await work())
    }

    /// A public body that has agreed to nothing yet.
    @discardableResult
    func body(_ index: Int, _ name: String, kind: OrganisationKind = .region, cvr: Bool = true) async throws -> OrganisationRecord {
        let draft = OrganisationDraft(
            location: Books.place, id: nil, kind: kind, name: name, cvr: cvr ? try cvrNumber(index) : nil, municipalityCode: nil,
            regionCode: nil, address: .unknown, glns: [], billing: BillingContact(reference: "Ref"))
        _ = try await Organisations.add(draft, in: try await work())
        return try await Organisations.find(name, in: try await work())
    }

    /// An agreement that is signed, countersigned and in force from a day.
    @discardableResult
    func join(
        _ subject: Subject, _ organisation: String, from first: String, _ terms: AgreementTerms = .ordinary
    ) async throws -> Identifier<Agreement> {
        let record = try await Organisations.find(organisation, in: try await work())
        let id = try await Agreements.draft(subject, with: record, terms: terms, in: try await work())
        let signature = Signature(name: "S", title: "T", date: try day(first))
        for move in [.send(signature.date), .sign(signature), .countersign(signature, firstDay: nil)] as [AgreementMove] {
            try await Agreements.move(id, move, in: try await work(recording: signature.date))
        }
        return id
    }

    /// A `rates.yaml` with one sheet of a product from 2027 on, each row as it stands in one.
    static func sheet(
        of product: String = "P", frequency: String = "yearly", proRata: String = "days", contribution: String = "no", rows: [String]
    ) -> String {
        """
        dues: []
        vat: []
        sheets:
          - product: \(product)
            from: 2027-01-01
            frequency: \(frequency)
            pro-rata: \(proRata)
            passive: 1/3
            late-changes: settle
            contribution: \(contribution)
            decision: GF-1
            rows:
        """ + rows.map { "\n      - \($0)" }.joined() + "\n"
    }

    /// Stores rows as a folder of these files would.
    @discardableResult
    func importing(_ files: [String: String], on today: String = "2027-01-10") async throws -> ImportSummary {
        let (draft, problems) = ImportFolder.readAll { (file) throws(ImportProblem) in files[file].map { Array($0.utf8) } }
        return try await ImportStore.store(draft, found: problems.filter { $0.refusal.rule != .fileMissing }, in: try await work(on: today))
    }
}
