import Domain
import Postgres
import Registry
import Testing

/// Agreements on products and with suppliers: the same life, with a form and a notice of their own.
@Suite struct ProductAgreementTests {
    private static let place = SourceLocation(file: "test", line: 1, column: 1)

    /// Registers a product and gives its subject.
    private static func product(_ name: String, in books: Books) async throws -> Subject {
        var draft = ImportDraft()
        draft.products = [
            ProductDraft(location: place, name: try ProductName(name), account: nil, repository: nil, level: nil, coordinator: nil)
        ]
        _ = try await ImportStore.store(draft, in: try await books.work())
        return try await Products.subject(named: name, in: try await books.work())
    }

    /// An organisation that is no member.
    private static func organisation(_ index: Int, _ kind: OrganisationKind, in books: Books) async throws -> OrganisationRecord {
        let name = "Party \(index)"
        let draft = OrganisationDraft(
            location: place, id: nil, kind: kind, name: name, cvr: try cvrNumber(index), municipalityCode: nil, regionCode: nil,
            address: .unknown, glns: [], billing: BillingContact(reference: "Ref"))
        _ = try await Organisations.add(draft, in: try await books.work())
        return try await Organisations.find(name, in: try await books.work())
    }

    /// An agreement in force from a day.
    private static func agreement(
        _ subject: Subject, with organisation: OrganisationRecord, from first: String, _ terms: AgreementTerms = .ordinary, in books: Books
    ) async throws -> Identifier<Agreement> {
        let signature = Signature(name: "S", title: "T", date: try day(first))
        let work = try await books.work(recording: signature.date)
        let id = try await Agreements.draft(subject, with: organisation, terms: terms, in: work)
        for move in [.send(signature.date), .sign(signature), .countersign(signature, firstDay: nil)] as [AgreementMove] {
            try await Agreements.move(id, move, in: work)
        }
        return id
    }

    private static func terms(
        _ months: Int = 6, _ to: NoticePeriodEnd = .year, form: AgreementForm = .active, minimum: String? = nil
    ) throws -> AgreementTerms {
        AgreementTerms(
            forms: FormHistory(form), notice: try NoticeTerms(months: months, to: to).orThrow("terms"), minimumLastDay: try minimum.map(day)
        )
    }

    @Test func aNonMemberJoinsAndGivesNoticeByTheTerms() async throws {
        try await Books.play { books in
            let product = try await Self.product("Product", in: books)
            let party = try await Self.organisation(1, .municipality, in: books)
            let id = try await Self.agreement(
                product, with: party, from: "2026-01-01", try Self.terms(3, .halfYear, minimum: "2027-06-15"), in: books)
            let before = try await books.refused { try await books.notice(id, received: "2025-12-31", on: "2027-01-10") }
            #expect(before == .noticeBeforeStart)
            try await books.notice(id, received: "2026-02-01", on: "2027-01-10")
            let record = try await Agreements.find(id, in: try await books.work())
            #expect(record.productName == "Product" && record.subjectName == "Product" && record.subject == product)
            #expect(record.life.state == .noticeGiven)
            #expect(try record.life.term?.last == day("2027-06-30"))
            // It owes no dues, and may join again once it has ended.
            #expect(try await books.run().totals.documents == 0)
            let later = try await Agreements.find(id, in: try await books.work(on: "2027-07-01"))
            #expect(later.life.state == .ended)
        }
    }

    /// What is to come has not been sent or signed; the first day in force may lie ahead.
    @Test func nothingIsRecordedBeforeItHappened() async throws {
        try await Books.play { books in
            let product = try await Self.product("Product", in: books)
            let party = try await Self.organisation(1, .municipality, in: books)
            let id = try await Agreements.draft(product, with: party, in: try await books.work())
            func tried(_ move: AgreementMove) async throws -> Refusal? {
                do {
                    try await books.transaction.savepoint { _ in
                        _ = try await Agreements.move(id, move, in: try await books.work(on: "2027-01-10"))
                    }
                    return nil
                } catch let refusal as Refusal { return refusal }
            }
            let (today, tomorrow) = (try day("2027-01-10"), try day("2027-01-11"))
            func signature(_ date: CivilDate) -> Signature { Signature(name: "S", title: "T", date: date) }
            func future(_ fact: PastFact) -> Refusal { Refusal(.dayInFuture, fact.rawValue, "2027-01-11", "2027-01-10") }
            #expect(try await tried(.send(tomorrow)) == future(.sending))
            #expect(try await tried(.send(today)) == nil)
            #expect(try await tried(.sign(signature(tomorrow))) == future(.signature))
            #expect(try await tried(.sign(signature(today))) == nil)
            #expect(try await tried(.countersign(signature(tomorrow), firstDay: nil)) == future(.countersignature))
            #expect(try await tried(.countersign(signature(today), firstDay: try day("2029-01-01"))) == nil)
            _ = try await books.run()
        }
    }

    @Test func onlyAuthoritiesJoinProductsAndOnlyOnce() async throws {
        try await Books.play { books in
            let product = try await Self.product("Product", in: books)
            let supplier = try await Self.organisation(1, .supplier, in: books)
            let party = try await Self.organisation(2, .region, in: books)
            #expect(
                try await books.refused { _ = try await Self.agreement(product, with: supplier, from: "2026-01-01", in: books) }
                    == .notEligible)
            _ = try await Self.agreement(product, with: party, from: "2026-01-01", in: books)
            let again = try await books.refused { _ = try await Self.agreement(product, with: party, from: "2026-05-01", in: books) }
            #expect(again == .liveAgreementExists)
            let unknown = try await books.refused {
                _ = try await Self.agreement(.product(Identifier(999_999)), with: party, from: "2026-01-01", in: books)
            }
            #expect(unknown == .unknownProduct)
            _ = try await books.run()
        }
    }

    @Test func aSupplierPartnershipLivesTheSameLife() async throws {
        try await Books.play { books in
            let supplier = try await Self.organisation(1, .supplier, in: books)
            let id = try await Self.agreement(.supplier, with: supplier, from: "2026-01-01", in: books)
            try await books.notice(id, received: "2026-06-30", on: "2026-07-01")
            let record = try await Agreements.find(id, in: try await books.work())
            #expect(record.life.state == .ended)
            #expect(try record.life.term?.last == day("2026-12-31"))
            let passive = try await books.refused {
                _ = try await Self.agreement(.supplier, with: supplier, from: "2027-01-01", try Self.terms(form: .passive), in: books)
            }
            #expect(passive == .passiveOnlyOnProducts)
            #expect(try await SupplierRoles.suppliers(in: try await books.work()).map(\.agreements) == [[record]])
            _ = try await books.run()
        }
    }

    @Test func thePassiveBecomeActive() async throws {
        try await Books.play { books in
            let product = try await Self.product("Product", in: books)
            let party = try await Self.organisation(1, .municipality, in: books)
            let id = try await Self.agreement(product, with: party, from: "2026-01-01", try Self.terms(form: .passive), in: books)
            let work = try await books.work(on: "2027-01-10", "agreement form")
            let changed = try await Agreements.changeForm(id, to: .active, from: try day("2028-01-01"), in: work)
            #expect(changed.terms.forms.firstActiveDay(in: try changed.life.term.orThrow("no term")) == (try day("2028-01-01")))
            #expect(try await Agreements.changeForm(id, to: .active, from: try day("2028-03-01"), in: work) == changed)
            let corrected = try await Agreements.changeForm(id, to: .active, from: try day("2026-01-01"), in: work)
            #expect(corrected.terms.forms.initial == .active)
            #expect(try await AuditLog.list(record: "agreement_form", limit: 10, in: work).map(\.record.recordID) == ["\(id) 2028-01-01"])

            let outside = try await books.refused {
                try await Agreements.changeForm(id, to: .passive, from: try day("2025-12-31"), in: work)
            }
            #expect(outside == .formOutsideTerm)
            let membership = try await books.member(2, from: "2026-01-01")
            let member = try await books.refused { try await Agreements.changeForm(membership, to: .passive, from: work.today, in: work) }
            #expect(member == .passiveOnlyOnProducts)
            let draft = try await Agreements.draft(product, with: try await Self.organisation(3, .municipality, in: books), in: work)
            #expect(
                try await books.refused { try await Agreements.changeForm(draft, to: .passive, from: work.today, in: work) } == .illegalMove
            )
            _ = try await books.run()
        }
    }

    /// What the use cases refuse, the database refuses too.
    @Test(arguments: [
        ("UPDATE agreement SET form = 'passive'", Rule.passiveOnlyOnProducts),
        ("UPDATE agreement SET notice_months = 61", .noticeMonthsInvalid),
        ("UPDATE agreement SET subject = 'product:999999'", .unknownProduct),
        ("INSERT INTO agreement_form SELECT id, '2027-01-01', 'passive' FROM agreement", .passiveOnlyOnProducts),
        ("INSERT INTO product (name) VALUES ('Supplier')", .productNameReserved),
        ("INSERT INTO product (name) VALUES ('project:1')", .productNameReserved),
        ("INSERT INTO product (name) VALUES ('Twice'), ('TWICE')", .productNameTaken),
        ("INSERT INTO product (name) VALUES (' ')", .textInvalid),
    ])
    func theDatabaseKeepsTheRules(statement: String, rule: Rule) async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            #expect(try await books.refused { try await books.transaction.run(script: statement) } == rule)
            _ = try await books.run()
        }
    }

    @Test func theCalendarSaysWhoHasToActFirst() async throws {
        try await Books.play { books in
            let product = try await Self.product("Product", in: books)
            let supplier = try await Self.organisation(1, .supplier, in: books)
            let partnership = try await Self.agreement(.supplier, with: supplier, from: "2026-01-01", in: books)
            var joined: [Identifier<Agreement>] = []
            for (index, terms) in [try Self.terms(3, .halfYear), try Self.terms(1, .month, minimum: "2029-03-15")].enumerated() {
                let party = try await Self.organisation(index + 2, .municipality, in: books)
                joined.append(try await Self.agreement(product, with: party, from: "2026-01-01", terms, in: books))
            }
            let leaving = try await Self.agreement(
                product, with: try await Self.organisation(5, .municipality, in: books), from: "2026-01-01", in: books)
            try await books.notice(leaving, received: "2027-01-05", on: "2027-01-10")
            let membership = try await books.member(9, from: "2026-01-01")

            let calendar = try await NoticeCalendar.list(in: try await books.work(on: "2027-04-01"))
            #expect(calendar.map(\.agreement.id) == [partnership, joined[0], joined[1], membership, leaving])
            func ends(_ texts: (String, String)...) throws -> NoticeOutlook {
                .ends(try texts.map { PossibleEnd(end: try day($0.0), latestNotice: try day($0.1)) })
            }
            #expect(
                calendar.map(\.outlook) == [
                    try ends(("2027-12-31", "2027-06-30"), ("2028-12-31", "2028-06-30")),
                    try ends(("2027-12-31", "2027-09-30"), ("2028-06-30", "2028-03-31")),
                    try ends(("2029-03-31", "2029-02-28"), ("2029-04-30", "2029-03-31")),
                    .anyDay, .ending(try day("2027-12-31")),
                ])
            _ = try await books.run()
            // On the first day after its last it is in force no more.
            let next = try await NoticeCalendar.list(in: try await books.work(on: "2028-01-01"))
            #expect(!next.map(\.agreement.id).contains(leaving))
        }
    }
}
