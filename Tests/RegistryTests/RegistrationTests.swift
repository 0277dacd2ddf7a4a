import Domain
import Postgres
import Registry
import Testing

/// One command from an application to a profile.
@Suite struct RegistrationTests {
    private static let place = SourceLocation(file: "test", line: 1, column: 1)

    private static func application(
        _ index: Int, contact: String, first: String, kind: OrganisationKind = .municipality, countersigned: Bool = true
    ) throws -> MembershipApplication {
        let signature = Signature(name: "S", title: "Director", date: try day(first))
        return MembershipApplication(
            organisation: OrganisationDraft(
                location: place, id: nil, kind: kind, name: "Member \(index)", cvr: try cvrNumber(index), municipalityCode: nil,
                regionCode: nil, address: .unknown, glns: [], billing: BillingContact(reference: "Ref")),
            contact: PersonDraft(
                location: place, name: "Office", email: try EmailAddress(contact).orThrow("no address"), phone: nil),
            signature: signature, countersignature: countersigned ? signature : nil, firstDay: nil,
            document: ("agreement.pdf", Array("abc".utf8)))
    }

    @Test func anApplicationBecomesAProfile() async throws {
        try await Books.play { books in
            let work = try await books.work()
            let agreement = try await Registration.register(
                try Self.application(1, contact: "office@one.example", first: "2026-03-01"), in: work)
            #expect(agreement.life.state == .active)
            #expect(agreement.life.term == Term(first: try day("2026-03-01"), last: nil))
            let contacts = try await People.contacts(of: agreement.organisation, in: work)
            #expect(contacts.map(\.email) == ["office@one.example"] && contacts.map(\.role) == [.primary])
            // The digest of "abc", as FIPS 180 gives it.
            let papers = try await Agreements.documents(of: agreement.id, in: work)
            #expect(papers.map(\.sha256) == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])
            #expect(try await People.membersWithoutPrimaryContact(in: work).isEmpty)
            #expect(try await books.run().amounts == ["Member 1": ["25000.00"]])
        }
    }

    @Test func withoutTheChairItWaits() async throws {
        try await Books.play { books in
            let application = try Self.application(1, contact: "office@one.example", first: "2026-03-01", countersigned: false)
            let agreement = try await Registration.register(application, in: try await books.work())
            #expect(agreement.life.state == .signed)
            #expect(try await books.run().totals.documents == 0)
        }
    }

    @Test func aKnownOrganisationKeepsItsKindAndANewContactTakesThePlaceOfTheOld() async throws {
        try await Books.play { books in
            let first = try await Registration.register(
                try Self.application(1, contact: "old@one.example", first: "2026-03-01", kind: .region), in: try await books.work())
            try await books.notice(first.id, received: "2026-06-30", on: "2026-07-01")
            let second = try await Registration.register(
                try Self.application(1, contact: "new@one.example", first: "2026-10-01"), in: try await books.work())
            #expect(second.organisation == first.organisation)
            let work = try await books.work()
            #expect(try await Organisations.find("Member 1", in: work).kind == .region)
            let contacts = try await People.contacts(of: first.organisation, in: work)
            #expect(contacts.map(\.email) == ["new@one.example", "old@one.example"])
            #expect(contacts.map(\.term.last) == [nil, try day("2026-09-30")])
            #expect(try await Agreements.list(of: first.organisation, in: work).map(\.life.state) == [.ended, .active])
            #expect(try await books.run().amounts == ["Member 1": ["25000.00"]])
        }
    }

    @Test(arguments: [" ", "\n", "a\u{1}b"])
    func textsThatPrintNothingAreRefused(text: String) async throws {
        try await Books.play { books in
            let agreement = try await books.member(1, from: "2026-01-01", reference: nil)
            let organisation = try await Agreements.find(agreement, in: try await books.work()).organisation
            let rule = try await books.refused {
                try await Organisations.setBilling(BillingContact(reference: text), of: organisation, in: try await books.work())
            }
            #expect(rule == .textInvalid)
            #expect(try await books.run().parked == ["Member 1": [.noReference]])
        }
    }

    @Test func anotherOrganisationsNumberIsRefused() async throws {
        try await Books.play { books in
            try await books.member(1, from: "2026-01-01")
            _ = try await books.run()
            var application = try Self.application(1, contact: "office@one.example", first: "2026-03-01")
            application.organisation.name = "Member 2"
            let wrong = application
            let rule = try await books.refused { _ = try await Registration.register(wrong, in: try await books.work()) }
            #expect(rule == .nameMismatch)
        }
    }

    @Test func aSupplierCannotBecomeAMember() async throws {
        try await Books.play { books in
            let application = try Self.application(1, contact: "office@one.example", first: "2026-03-01", kind: .supplier)
            let rule = try await books.refused { _ = try await Registration.register(application, in: try await books.work()) }
            #expect(rule == .notEligible)
        }
    }

    /// Who registers a member a second time is told of the agreement, not of the contact that it would have been given again.
    @Test func aMemberIsRegisteredOnce() async throws {
        try await Books.play { books in
            for (contact, first) in [
                ("one@one.example", "2026-03-01"), ("one@one.example", "2026-05-01"), ("one@one.example", "2026-02-01"),
            ] {
                let application = try Self.application(1, contact: contact, first: first)
                guard first != "2026-03-01" else {
                    _ = try await Registration.register(application, in: try await books.work())
                    continue
                }
                let rule = try await books.refused { _ = try await Registration.register(application, in: try await books.work()) }
                #expect(rule == .liveAgreementExists, "\(first)")
            }
            _ = try await books.run()
        }
    }

    @Test func theAuditSaysWhichRecordsItKnows() async throws {
        try await Books.play { books in
            let work = try await books.work()
            let refusal = await #expect(throws: Refusal.self) { _ = try await AuditLog.list(record: "agreements", limit: 1, in: work) }
            #expect(
                refusal?.rule == .unknownRecord && refusal?.facts.last?.contains("agreement, agreement_document, agreement_form") == true)
        }
    }

    @Test func secondPrimaryContactsAreRefusedByTheDatabase() async throws {
        try await Books.play { books in
            let agreement = try await Registration.register(
                try Self.application(1, contact: "one@one.example", first: "2026-03-01"), in: try await books.work())
            try await books.transaction.execute("INSERT INTO person (name, email) VALUES ('Two', 'two@one.example')")
            let rule = try await books.refused {
                try await books.transaction.execute(
                    """
                    INSERT INTO contact_role (organisation_id, person_id, role, during)
                    SELECT \(agreement.organisation.value), id, 'primary', '[2026-05-01,)' FROM person WHERE email = 'two@one.example'
                    """)
            }
            #expect(rule == .primaryContactTaken)
            _ = try await books.run()
        }
    }
}
