import Domain
import Postgres
import Registry
import Testing
import Wording

/// Organisations that become one (DOMAIN §2 and §3, rule 15): what goes over, what stays, and who is addressed.
@Suite struct SuccessionTests {
    /// Two regions and the one that takes their place, which has neither a CVR number nor a GLN.
    private static func play(_ scenario: @Sendable (Books) async throws -> Void) async throws {
        try await Books.play { books in
            try await books.foundProducts()
            try await books.body(1, "Region West")
            try await books.body(2, "Region East")
            try await books.body(3, "Region Both", cvr: false)
            try await scenario(books)
        }
    }

    private static let regions = ["Region West", "Region East"]

    private static func plan(
        _ predecessors: [String] = regions, by successor: String = "Region Both", on day: String, keeping: Set<Identifier<Agreement>> = [],
        today: String = "2026-12-01", in books: Books
    ) async throws -> SuccessionPlan {
        try await Succession.plan(
            predecessors, by: successor, on: try CivilDate(day).orThrow("no day"), keeping: keeping, in: try await books.work(on: today))
    }

    @discardableResult
    private static func carryOut(
        _ predecessors: [String] = regions, by successor: String = "Region Both", on day: String, keeping: Set<Identifier<Agreement>> = [],
        today: String = "2026-12-01", in books: Books
    ) async throws -> SuccessionPlan {
        try await Succession.carryOut(
            predecessors, by: successor, on: try CivilDate(day).orThrow("no day"), keeping: keeping, decision: "GF-2",
            in: try await books.work(on: today))
    }

    private static func receivable(_ organisation: String, in books: Books) async throws {
        let record = try await Organisations.find(organisation, in: try await books.work())
        try await Organisations.setBilling(
            BillingContact(gln: GLN("5798000860575"), reference: "Ref"), of: record.id, in: try await books.work())
    }

    private static func agreements(of organisation: String, on today: String, in books: Books) async throws -> [AgreementRecord] {
        let work = try await books.work(on: today)
        return try await Agreements.list(of: try await Organisations.find(organisation, in: work).id, in: work)
    }

    /// Rule 15: the keys of 2026 are the predecessors', those of 2027 the successor's, who waits until it can be addressed.
    @Test func twoRegionsBecomeOneAtTheTurnOfTheYear() async throws {
        try await Self.play { books in
            var draft = ImportDraft()
            draft.settings = [
                SettingDraft(location: Books.place, name: .chargesBegin, from: try day("2026-01-01"), value: "", decision: nil)
            ]
            _ = try await ImportStore.store(draft, in: try await books.work())
            let west = try await books.join(.association, "Region West", from: "2026-01-01")
            let east = try await books.join(.association, "Region East", from: "2026-01-01")
            let before = try await books.run(2026, on: "2026-02-01")
            #expect(before.amounts == ["Region West": ["25000.00"], "Region East": ["25000.00"]])

            let open = try await Self.plan(on: "2027-01-01", in: books)
            #expect(open.conflicts.map(\.kind) == [.severalAgreements])
            #expect(open.documents.map(\.left) == [try kroner("25000"), try kroner("25000")])
            let refused = try await books.refused { try await Self.carryOut(on: "2027-01-01", in: books) }
            #expect(refused == .successionConflict)
            try await Self.carryOut(on: "2027-01-01", keeping: [east], in: books)

            let ended = try await Self.agreements(of: "Region West", on: "2027-01-10", in: books)
            #expect(ended.map(\.life.state) == [.ended] && ended.map(\.life.endReason) == [.succeeded])
            #expect(try ended.map(\.life.term?.last) == [day("2026-12-31")])
            let taken = try await Self.agreements(of: "Region Both", on: "2027-01-10", in: books)
            #expect(taken.map(\.life.state) == [.active] && taken.map { Set($0.takenOverFrom) } == [[west, east]])
            #expect(try taken.map(\.life.term?.first) == [day("2027-01-01")] && taken.map(\.life.signature?.date) == [day("2026-01-01")])
            for name in ["Region West", "Region Both"] {
                let work = try await books.work()
                let history = try await Succession.history(of: try await Organisations.find(name, in: work).id, in: work)
                #expect(history.map(\.successorName).allSatisfy { $0 == "Region Both" } && history.map(\.decision).contains("GF-2"))
            }

            let waiting = try await books.run()
            #expect(waiting.parked == ["Region Both": [.noReceiver]] && waiting.amounts.isEmpty)
            try await Self.receivable("Region Both", in: books)
            #expect(try await books.run().amounts == ["Region Both": ["25000.00"]])
        }
    }

    /// Rule 15: the begun year stays the predecessor's, and its correction is addressed to the successor.
    @Test func aBegunYearStaysThePredecessors() async throws {
        try await Self.play { books in
            func rows(_ fee: String) -> [(component: String, charge: ChargeKind, amount: String)] {
                [("Fee", .annualFee, fee), ("Join", .joiningFee, "60000")]
            }
            let subject = try await books.product("Succession product", rows: rows("12000"))
            try await books.join(subject, "Region West", from: "2027-01-01")
            #expect(try await books.run().amounts == ["Region West": ["60000.00", "12000.00"]])
            try await Self.carryOut(["Region West"], on: "2027-07-01", today: "2027-06-01", in: books)
            try await Self.receivable("Region Both", in: books)
            #expect(try await books.run(on: "2027-07-02").totals.documents == 0)

            try await books.product("Succession product", rows: rows("13000"))
            let corrected = try await books.run(on: "2027-08-01")
            #expect(corrected.amounts == ["Region Both": ["1000.00"]])
            let west = try await Organisations.find("Region West", in: try await books.work())
            #expect(corrected.documents.flatMap(\.lines).map(\.key.organisation) == [west.id])
            #expect(corrected.outcomes.first?.outcome.party.name(of: west.id) == "Region West")
            // The next year is the successor's alone, and the joining fee has been paid.
            let next = try await books.run(2028, on: "2028-01-10")
            #expect(next.amounts == ["Region Both": ["13000.00"]])
        }
    }

    /// A half-year that begins on the day is the successor's; a shared total goes on among those who are there, the successor once.
    @Test func halvesAndSharesFollow() async throws {
        try await Self.play { books in
            try await books.body(4, "Region North")
            let halves = try await books.product("Half product", frequency: .halfYearly, rows: [("Fee", .annualFee, "12000")])
            try await books.importing([
                "products.csv": "name,account,repository,level,coordinator\nShared product,,,,\n",
                "rates.yaml": Books.sheet(
                    of: "Shared product",
                    rows: [
                        "{ component: Share, charge: sharedCost, shared: { total: 900, by: equal } }"
                    ]),
            ])
            let shared = try await Products.subject(named: "Shared product", in: try await books.work())
            try await books.join(halves, "Region West", from: "2027-01-01")
            var kept: Set<Identifier<Agreement>> = []
            for name in ["Region West", "Region East", "Region North"] {
                kept.insert(try await books.join(shared, name, from: "2027-01-01"))
            }
            let first = try await books.run(on: "2027-01-10")
            #expect(first.amounts["Region West"]?.sorted() == ["300.00", "6000.00", "6000.00"])
            #expect(first.amounts["Region East"] == ["300.00"] && first.amounts["Region North"] == ["300.00"])
            let plan = try await Self.plan(on: "2027-07-01", in: books)
            #expect(plan.conflicts.map(\.kind) == [.severalAgreements])
            let west = try await Self.agreements(of: "Region West", on: "2027-06-01", in: books)
            let holding = west.map(\.id).filter { kept.contains($0) }
            try await Self.carryOut(on: "2027-07-01", keeping: Set(holding), today: "2027-06-01", in: books)
            try await Self.receivable("Region Both", in: books)
            let moved = try await books.run(on: "2027-07-02")
            // The second half had been invoiced to the predecessor: it is credited there and charged to the successor.
            #expect(moved.amounts["Region Both"]?.sorted() == ["-6000.00", "6000.00"] && moved.amounts.count == 1)
            let next = try await books.run(2028, on: "2028-01-10")
            #expect(next.amounts["Region Both"]?.sorted() == ["450.00", "6000.00", "6000.00"])
            #expect(next.amounts["Region North"] == ["450.00"])
        }
    }

    @Test func aNotifiedEndStays() async throws {
        try await Self.play { books in
            let subject = try await books.product("Succession product", rows: [("Fee", .annualFee, "12000")])
            let passive = AgreementTerms(
                forms: FormHistory(.active, changes: [FormChange(from: try day("2027-09-01"), form: .passive)]), notice: .ordinary,
                minimumLastDay: nil)
            let lasting = try await books.join(subject, "Region West", from: "2027-01-01", passive)
            try await books.notice(lasting, received: "2027-02-01", on: "2027-02-01")
            let other = try await books.product("Other product", rows: [("Fee", .annualFee, "1000")])
            try await books.join(other, "Region East", from: "2027-01-01", passive)
            try await Self.receivable("Region Both", in: books)
            let plan = try await Self.carryOut(on: "2027-07-01", today: "2027-06-01", in: books)
            #expect(plan.agreements.map(\.fate) == [.goesOver, .goesOver])
            let taken = try await Self.agreements(of: "Region Both", on: "2027-07-01", in: books)
            #expect(taken.map(\.subjectName) == ["Other product", "Succession product"])
            #expect(taken.map(\.life.state) == [.active, .noticeGiven])
            #expect(try taken.map(\.life.term?.last) == [nil, day("2027-12-31")])
            #expect(taken.map(\.terms.forms) == [passive.forms, passive.forms])
            // The end is no longer the predecessor's to take back.
            let moved = try await books.refused {
                try await Agreements.move(lasting, .removeEnd, decision: "GF-2", in: try await books.work())
            }
            #expect(moved == .illegalMove)
            _ = try await books.run(2028, on: "2028-01-10")
            let again = try await Self.agreements(of: "Region West", on: "2028-01-10", in: books)
            #expect(again.map(\.life.endReason) == [.succeeded])
        }
    }

    /// What had ended it in the begun year is told as the board's exclusion, with that decision, and not as a notice that nobody gave.
    @Test func anExclusionBeforeASuccessionIsToldAsOne() async throws {
        try await Self.play { books in
            let subject = try await books.product("Succession product", rows: [("Fee", .annualFee, "36500")])
            let excluded = try await books.join(subject, "Region West", from: "2026-12-01")
            let other = try await books.product("Other product", rows: [("Fee", .annualFee, "36500")])
            let noticed = try await books.join(other, "Region East", from: "2026-12-01")
            try await Self.receivable("Region Both", in: books)
            _ = try await books.run()
            for (agreement, received) in [(excluded, nil), (noticed, "2027-02-01")] {
                if let received { try await books.notice(agreement, received: received, on: received) }
                try await Agreements.move(
                    agreement, .exclude(lastDay: try day("2027-09-30")), decision: "B-1", in: try await books.work(on: "2027-03-01"))
            }
            try await Self.carryOut(on: "2027-07-01", today: "2027-06-01", in: books)
            let credits = try await books.run(on: "2027-07-02").documents.flatMap(\.lines)
            #expect(try credits.map(\.net) == [kroner("9200"), kroner("9200")])
            for (product, agreement) in [(subject, excluded), (other, noticed)] {
                let line = try credits.first { $0.key.subject == product }.orThrow("no credit")
                let told = line.derivation.explanation(in: .english)
                let end = "Agreement \(agreement) ends by exclusion: the last day is 30 September 2027 (decision B-1)."
                #expect(told.contains(end) && !told.contains { $0.contains("notice") }, "\(told)")
                #expect(told.contains { $0.hasPrefix("Agreement \(agreement) went over to Region Both ") }, "\(told)")
            }
            #expect(try await Replay.all(in: try await books.work()).differing.isEmpty)
        }
    }

    /// What was on record before it was kept, migration 19 finds in the audit. In a database of its own: a table that is altered is nobody else's for so long.
    @Test func whyAnEndHadBeenNotifiedIsFoundInTheAudit() async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.own(), as: "migrator")
        let (kept, found) = try await connection.rolledBack(.repeatableRead) { transaction in
            let books = Books(transaction: transaction)
            try await books.found()
            try await books.foundProducts()
            for (index, name) in (Self.regions + ["Region Both"]).enumerated() { try await books.body(index + 1, name) }
            for (region, isExcluded) in zip(Self.regions, [true, false]) {
                let product = try await books.product("Product of \(region)", rows: [("Fee", .annualFee, "36500")])
                let agreement = try await books.join(product, region, from: "2026-12-01")
                try await books.notice(agreement, received: "2027-02-01", on: "2027-02-01")
                guard isExcluded else { continue }
                try await Agreements.move(
                    agreement, .exclude(lastDay: try day("2027-09-30")), decision: "B-1", in: try await books.work(on: "2027-03-01"))
            }
            try await Self.carryOut(on: "2027-07-01", today: "2027-06-01", in: books)
            func notified() async throws -> [String] {
                try await transaction.query(
                    """
                    SELECT a.notified_last_day || ' ' || a.notified_reason || coalesce(' ' || d.reference, '')
                    FROM agreement AS a LEFT JOIN decision AS d ON d.id = a.notified_decision_id WHERE a.notified_last_day IS NOT NULL ORDER BY a.id
                    """, as: String.self)
            }
            let kept = try await notified()
            let migration = try EmbeddedSQL.migrations.first { $0.number == 19 }.orThrow("no migration")
            try await transaction.run(
                script: """
                    SET CONSTRAINTS ALL IMMEDIATE;
                    ALTER TABLE agreement DROP COLUMN notified_reason, DROP COLUMN notified_decision_id;
                    \(migration.sql)
                    """)
            return (kept, try await notified())
        }
        await connection.close()
        #expect(kept == ["2027-09-30 exclusion B-1", "2027-12-31 notice"] && found == kept)
    }

    /// The successor may be one that has agreements of its own.
    @Test func theSuccessorsOwnGoesOnOrMerges() async throws {
        for keepsOwn in [true, false] {
            try await Self.play { books in
                let west = try await books.join(.association, "Region West", from: "2026-01-01")
                let own = try await books.join(.association, "Region East", from: "2026-02-01")
                let plan = try await Self.carryOut(
                    ["Region West"], by: "Region East", on: "2027-01-01", keeping: [keepsOwn ? own : west], in: books)
                #expect(plan.agreements.map(\.fate) == (keepsOwn ? [.merges, .goesOn] : [.goesOver, .merges]))
                let agreements = try await Self.agreements(of: "Region East", on: "2027-01-10", in: books)
                #expect(agreements.map(\.life.state) == (keepsOwn ? [.active] : [.ended, .active]))
                #expect(agreements.last?.takenOverFrom == (keepsOwn ? [] : [west, own].sorted()))
                #expect(try await books.run().amounts == ["Region East": ["25000.00"]])
            }
        }
    }

    @Test func whatStandsInTheWayIsNamed() async throws {
        try await Self.play { books in
            let itself = try await books.refused { _ = try await Self.plan(by: "Region East", on: "2027-01-01", in: books) }
            #expect(itself == .successionOfItself)
            let work = try await books.work()
            let west = try await Organisations.find("Region West", in: work)
            let draft = try await Agreements.draft(.association, with: west, in: work)
            try await books.join(.association, "Region East", from: "2027-05-01")
            let plan = try await Self.plan(on: "2027-01-01", keeping: [Identifier(999_999)], in: books)
            #expect(plan.conflicts.map(\.kind) == [.onItsWay, .beginsLater, .keepsNothing])
            try await Agreements.move(draft, .cancel, in: work)
            try await Self.carryOut(["Region West"], on: "2027-01-01", in: books)
            let again = try await Self.plan(["Region West"], by: "Region East", on: "2027-06-01", in: books)
            #expect(again.conflicts.map(\.kind) == [.alreadySucceeded])
            let circle = try await Self.plan(["Region Both"], by: "Region West", on: "2027-06-01", in: books)
            #expect(circle.conflicts.map(\.kind) == [.successorSucceeded, .circle])
            // Past everything the program checks, the database refuses the same by itself.
            let forged = try await books.refused {
                try await books.transaction.execute(
                    """
                    INSERT INTO succession (predecessor_id, successor_id, on_day, decision_id)
                    SELECT successor_id, predecessor_id, on_day, decision_id FROM succession
                    """)
            }
            #expect(forged == .successionConflict)
            _ = try await books.run()
        }
    }

    @Test func suppliersRolesGoOver() async throws {
        try await Self.play { books in
            for index in 5...6 { try await books.body(index, "Supplier \(index)", kind: .supplier) }
            try await books.product("Supplied product")
            let header = "organisation,product,role,from,until\n"
            try await books.importing([
                "supplier_roles.csv": header
                    + "Supplier 5,Supplied product,support,2026-01-01,\nSupplier 5,Supplied product,advice,2027-03-01,\n"
                    + "Supplier 5,Supplied product,operation,2026-01-01,\nSupplier 6,Supplied product,operation,2026-06-01,\n"
            ])
            try await books.join(.supplier, "Supplier 5", from: "2026-01-01")
            let plan = try await Self.carryOut(["Supplier 5"], by: "Supplier 6", on: "2027-01-01", in: books)
            #expect(plan.supplierRoles.count == 3 && plan.agreements.map(\.fate) == [.goesOver])
            let roles = try await SupplierRoles.list(in: try await books.work()).filter { $0.productName == "Supplied product" }
            let texts = roles.map { "\($0.organisationName) \($0.role.rawValue) \($0.term.first)–\($0.term.last?.description ?? "")" }
            #expect(
                texts == [
                    "Supplier 5 operation 2026-01-01–2026-12-31", "Supplier 5 support 2026-01-01–2026-12-31",
                    "Supplier 6 operation 2026-06-01–", "Supplier 6 support 2027-01-01–", "Supplier 6 advice 2027-03-01–",
                ])
            _ = try await books.run()
        }
    }

    @Test func contactsGoOver() async throws {
        try await Self.play { books in
            try await books.importing([
                "people.csv": "name,email,phone\nA,a@west.example,\nB,b@east.example,\nC,c@east.example,\n",
                "contacts.csv":
                    "organisation,email,role,from,until\nRegion West,a@west.example,primary,2026-01-01,\n"
                    + "Region East,b@east.example,primary,2026-01-01,\nRegion East,c@east.example,billing,2026-01-01,2026-06-30\n"
                    + "Region East,c@east.example,signatory,2027-03-01,\nRegion East,a@west.example,primary,2020-01-01,2020-12-31\n",
            ])
            let plan = try await Self.carryOut(on: "2027-01-01", in: books)
            #expect(plan.contacts.map(\.role) == [.primary, .technical, .signatory])
            let work = try await books.work()
            func contacts(_ name: String) async throws -> [String] {
                try await People.contacts(of: try await Organisations.find(name, in: work).id, in: work).map {
                    "\($0.email) \($0.role.rawValue) \($0.term.first)–\($0.term.last?.description ?? "")"
                }.sorted()
            }
            #expect(
                try await contacts("Region Both") == [
                    "a@west.example primary 2027-01-01–", "b@east.example technical 2027-01-01–", "c@east.example signatory 2027-03-01–",
                ])
            #expect(try await contacts("Region West") == ["a@west.example primary 2026-01-01–2026-12-31"])
            #expect(
                try await contacts("Region East") == [
                    "a@west.example primary 2020-01-01–2020-12-31", "b@east.example primary 2026-01-01–2026-12-31",
                    "c@east.example billing 2026-01-01–2026-06-30",
                ])
            _ = try await books.run()
        }
    }
}
