import Domain
import Postgres
import Registry
import Testing

/// Where two act at the same moment, on databases of their own, because these tests commit.
@Suite struct ConcurrencyTests {
    private static let today = CivilDate("2026-11-22") ?? .epoch

    private static func setUp(members: Int) async throws -> (ConnectionConfiguration, Registry, Actor) {
        let configuration = try await MigratedDatabase.own()
        let registry = MigratedDatabase.registry(configuration, connections: 12)
        let actor = try Actor("tester").orThrow("actor")
        let place = SourceLocation(file: "t", line: 1, column: 1)
        var draft = ImportDraft()
        draft.decisions = [DecisionDraft(location: place, reference: "D", decidedBy: .board, decidedOn: today, title: "T")]
        draft.organisations = [
            OrganisationDraft(
                location: place, id: nil, kind: .association, name: "A", cvr: CVRNumber("41849983"), municipalityCode: nil, regionCode: nil,
                address: .unknown, glns: [], billing: BillingContact())
        ]
        let from = try day("2020-01-01")
        draft.settings = try [(.chargesBegin, ""), (.paymentDays, "30"), (.creditorNumber, "80000000")].map { (name: SettingName, value) in
            SettingDraft(
                location: place, name: name, from: name == .chargesBegin ? try day("2027-01-01") : from, value: value, decision: nil)
        }
        draft.duesRates = [
            DuesRateDraft(
                location: place, year: 2027, basis: .fixed(try kroner("25000")), indexSource: nil, decision: Located("D", at: place))
        ]
        let rate = try VATRate(.standard, basisPoints: 2500).orThrow("rate")
        let term = try Term(first: from, last: nil).orThrow("term")
        draft.vatRules = [
            VATRuleDraft(location: place, rule: VATRule(charge: .dues, term: term, rate: rate), decision: Located("D", at: place))
        ]
        for index in 0..<members {
            draft.organisations.append(
                OrganisationDraft(
                    location: place, id: "m\(index)", kind: .otherPublicBody, name: "M\(index)", cvr: try cvrNumber(index),
                    municipalityCode: nil,
                    regionCode: nil, address: .unknown, glns: [], billing: BillingContact(reference: "R")))
            let signature = Signature(name: "S", title: "T", date: from)
            let life = try [.send(from), .sign(signature), .countersign(signature, firstDay: nil)].reduce(AgreementLife.draft) {
                try $0.after($1 as AgreementMove)
            }
            draft.agreements.append(
                AgreementDraft(
                    location: place, id: "a\(index)", organisation: Located("m\(index)", at: place),
                    subject: Located("association", at: place), life: life,
                    decision: nil))
        }
        let complete = draft
        _ = try await registry.perform("set up", as: actor, on: today) { try await ImportStore.store(complete, in: $0) }
        return (configuration, registry, actor)
    }

    @Test func rule12RunsAtTheSameTimePostOnce() async throws {
        let (_, registry, actor) = try await Self.setUp(members: 40)
        let year = try BillingPeriod(year: 2027).orThrow("year")
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    try await registry.post("run", as: actor, on: Self.today) { try await ChargeRun.post(year, in: $0).totals.documents }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == [0, 0, 0, 0, 0, 40])
        let report = try await registry.read(as: actor, on: Self.today) { try await Verification.verify(in: $0) }
        #expect(report.violations == [])
        let documents = try await registry.read(as: actor, on: Self.today) { try await Documents.invoices(in: $0).map(\.document) }
        #expect(documents.map(\.number) == Array(1...40))
    }

    /// Sizes that nobody has used yet are frozen by whichever run comes first; the others find them.
    @Test func rule12RunsAtTheSameTimeFreezeASizeOnce() async throws {
        let (configuration, registry, actor) = try await Self.setUp(members: 12)
        let place = SourceLocation(file: "t", line: 1, column: 1)
        let term = try Term(first: try day("2027-01-01"), last: nil).orThrow("term")
        let rate = try VATRate(.standard, basisPoints: 2500).orThrow("rate")
        let decision = Located("D", at: place)
        var draft = ImportDraft()
        draft.vatRules = [VATRuleDraft(location: place, rule: VATRule(charge: .sharedCost, term: term, rate: rate), decision: decision)]
        draft.products = [
            ProductDraft(location: place, name: try ProductName("P"), account: nil, repository: nil, level: nil, coordinator: nil)
        ]
        draft.inhabitants = try (0..<12).map { index in
            InhabitantsDraft(
                location: place, organisation: Located("m\(index)", at: place), countedOn: try day("2026-01-01"),
                inhabitants: Int32(10_000 + index), source: "S")
        }
        draft.rateSheets = [
            RateSheetDraft(
                location: place, product: Located("P", at: place), term: term, frequency: .yearly, proRata: .days,
                passive: try Ratio(1, over: 3).orThrow("ratio"), lateChanges: .settle, carriesContribution: false, bounds: nil, vat: nil,
                decision: decision,
                rows: [
                    RateRowDraft(
                        location: place, component: "total", charge: .sharedCost, term: term,
                        price: .stated(.shared(Money(minorUnits: 10_000_000), by: .inhabitants)), decision: decision)
                ])
        ]
        let complete = draft
        try await registry.perform("price", as: actor, on: Self.today) { work in
            _ = try await ImportStore.store(complete, in: work)
            let product = try await Products.subject(named: "P", in: work)
            for index in 0..<12 {
                let organisation = try await Organisations.find("m\(index)", in: work)
                let id = try await Agreements.draft(product, with: organisation, in: work)
                let signature = Signature(name: "S", title: "T", date: Self.today)
                for move in [.send(signature.date), .sign(signature), .countersign(signature, firstDay: nil)] as [AgreementMove] {
                    try await Agreements.move(id, move, in: work)
                }
            }
        }
        let year = try BillingPeriod(year: 2027).orThrow("year")
        let lines = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await registry.post("run", as: actor, on: Self.today) { try await ChargeRun.post(year, in: $0).totals.lines }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(lines.sorted() == [0, 0, 0, 0, 24])
        let connection = try await MigratedDatabase.connect(configuration, as: "batch")
        #expect(try await connection.only("SELECT count(*) FROM frozen_size WHERE year = 2027", as: Int64.self) == 12)
        #expect(
            try await connection.only("SELECT sum(net_minor)::bigint FROM document_line WHERE charge = 'sharedCost'", as: Int64.self)
                == 10_000_000)
        await connection.close()
    }

    @Test func rule12RunsWithoutTheLockAreRefusedByTheDatabase() async throws {
        let (configuration, _, actor) = try await Self.setUp(members: 5)
        let year = try BillingPeriod(year: 2027).orThrow("year")
        let first = try await MigratedDatabase.connect(configuration, as: "batch")
        let second = try await MigratedDatabase.connect(configuration, as: "batch")
        // Both read the same state before either posts: the second's snapshot is older than the first's commit.
        let outcome = await Result {
            try await second.transaction(.repeatableRead, attempts: 1) { waiting in
                _ = try await waiting.only("SELECT count(*) FROM document", as: Int64.self)
                try await first.transaction(.repeatableRead, attempts: 1) { transaction in
                    _ = try await ChargeRun.post(year, in: try await Work.begin("run", as: actor, on: Self.today, in: transaction))
                }
                _ = try await ChargeRun.post(year, in: try await Work.begin("run", as: actor, on: Self.today, in: waiting))
            }
        }
        // The older snapshot may not lock a counter that has moved since: a serialization failure, which the edge would retry.
        let error = #expect(throws: PostgresError.self) { try outcome.get() }
        #expect(error?.serverError?.sqlState == "40001")
        #expect(try await first.only("SELECT count(*) FROM document", as: Int64.self) == 5)
        await first.close()
        await second.close()
    }

    @Test func overlappingAgreementsAreRefusedEvenAtTheSameMoment() async throws {
        let (configuration, registry, actor) = try await Self.setUp(members: 0)
        let place = SourceLocation(file: "t", line: 1, column: 1)
        let cvr = try cvrNumber(100)
        let organisation = OrganisationDraft(
            location: place, id: nil, kind: .otherPublicBody, name: "M", cvr: cvr, municipalityCode: nil, regionCode: nil,
            address: .unknown,
            glns: [], billing: BillingContact())
        _ = try await registry.perform("add", as: actor, on: Self.today) { try await Organisations.add(organisation, in: $0) }
        let signature = Signature(name: "S", title: "T", date: Self.today)
        let application = MembershipApplication(
            organisation: organisation, contact: nil, signature: signature, countersignature: signature, firstDay: nil, document: nil)
        let outcomes = await withTaskGroup(of: Rule?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        _ = try await registry.perform("register", as: actor, on: Self.today) {
                            try await Registration.register(application, in: $0)
                        }
                        return nil
                    } catch {
                        return (error as? Refusal)?.rule ?? .recordInvalid
                    }
                }
            }
            return await group.reduce(into: [Rule?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.compactMap { $0 }.allSatisfy { $0 == .liveAgreementExists || $0 == .overlappingAgreement }, "\(outcomes)")
        // The database itself, past every check of the program.
        let connection = try await MigratedDatabase.connect(configuration, as: "batch")
        let refusal = await Result {
            try await connection.transaction { transaction in
                _ = try await Work.begin("past the checks", as: actor, on: Self.today, in: transaction)
                try await transaction.execute(
                    """
                    INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                        countersigner_title, countersigned_on, during, end_reason)
                    SELECT id, 'association', 'ended', '2026-01-01', 'S', 'T', '2026-01-01', 'C', 'T', '2026-01-01',
                        '[2026-01-01,2027-01-01)', 'notice' FROM organisation WHERE name = 'M'
                    """)
            }
        }
        let error = #expect(throws: PostgresError.self) { try refusal.get() }
        #expect(error?.serverError?.constraint == "agreement_no_overlap")
        await connection.close()
    }

    @Test func aChangeWithoutAnActorIsRefused() async throws {
        let (configuration, _, _) = try await Self.setUp(members: 1)
        let connection = try await MigratedDatabase.connect(configuration, as: "batch")
        let refusal = await Result { try await connection.execute("UPDATE organisation SET name = 'X'") }
        let error = #expect(throws: PostgresError.self) { _ = try refusal.get() }
        #expect(error?.serverError?.constraint == "actor_missing")
        await connection.close()
    }
}

extension Result where Failure == any Error {
    /// What an asynchronous body came to.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
