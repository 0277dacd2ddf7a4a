import Domain
import Interchange
import Postgres
import Registry
import Testing

/// Two layers keep organisations apart, and each of them does so alone: the conditions in the program's statements, and the database's policies.
@Suite struct SeparationTests {
    /// One layer after the other is taken away, and everybody still reads exactly the same.
    @Test(arguments: ServedList.shared)
    func eitherLayerAloneShowsTheSame(list: ServedList) async throws {
        let register = try await ReadableRegister.shared.value
        let everything = register.secretariat.caller
        for reader in [register.ballerup, register.favrskov, register.supplier] {
            let both = try await register.read(as: reader) { try await list.all(for: $1, in: $0) }
            // The program asks for all there is; the policies know better.
            let policies = try await register.read(as: reader) { work, _ in try await list.all(for: everything, in: work) }
            // No policy binds `batch`.
            let program = try await register.registry.read(as: register.actor, on: register.today) { work in
                try await list.all(for: reader.caller, in: work)
            }
            #expect(policies == both && program == both, "\(reader.caller.role)")
        }
    }

    /// A look-up of a day that is over as well: what a caller may be told is decided today.
    @Test(arguments: ["2020-06-01", "2026-01-15", nil])
    func eitherLayerAloneAnswersTheSameLookUp(day: String?) async throws {
        let register = try await ReadableRegister.shared.value
        let everything = register.secretariat.caller
        let day = try day.map { try CivilDate($0).orThrow("no day") } ?? register.today
        for reader in [register.ballerup, register.favrskov] {
            let own = try reader.organisation
            @Sendable func ask(_ caller: Caller, _ work: Work) async throws -> LookedUp {
                LookedUp(
                    groups: try await Lookups.groups(of: own, on: day, for: caller, in: work),
                    products: try await Lookups.productContacts(of: own, on: day, for: caller, in: work))
            }
            let both = try await register.read(as: reader) { try await ask($1, $0) }
            let policies = try await register.read(as: reader) { work, _ in try await ask(everything, work) }
            let program = try await register.registry.read(as: register.actor, on: register.today) { try await ask(reader.caller, $0) }
            #expect(policies == both && program == both, "\(day)")
            let served = try await register.served.groups(
                of: own, on: day, today: register.today, as: reader.token, allowing: Set(AccessRole.allCases), in: nil)
            #expect(served == both.groups)
        }
        guard day.components.0 == 2020 else { return }
        let (left, former) = try await (
            register.read(as: register.favrskov) { try await Lookups.groups(of: register.favrskov.organisation, on: day, for: $1, in: $0) },
            register.read(as: register.ballerup) { try await Lookups.groups(of: register.ballerup.organisation, on: day, for: $1, in: $0) }
        )
        // Its own seat of then is told, and neither who may be asked in a group that it has left, nor who could be asked once.
        let circle = left.first { $0.name == "Forladt kreds" }
        #expect(circle?.people.count == 1 && circle?.contacts == [])
        let kept = former.first { $0.name == "Kreds med tidligere kontakt" }
        #expect(kept?.people.count == 1 && kept?.contacts == [])
        // The association's own people are told of both.
        let all = try await register.read(as: register.secretariat) {
            try await Lookups.groups(of: register.ballerup.organisation, on: day, for: $1, in: $0)
        }
        #expect(all.first { $0.name == "Kreds med tidligere kontakt" }?.contacts.count == 1)
    }

    private struct LookedUp: Sendable, Equatable {
        let groups: [OrganisationGroup]
        let products: [ProductContacts]
    }

    /// What a credit note of a later day took back is not known yet.
    @Test func invoicesAreThoseOfTheDay() async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: register.ballerup) { work, caller async throws in
            func credited(_ day: String) async throws -> [Bool] {
                let day = try CivilDate(day).orThrow("no day")
                let found = try await Documents.invoices(
                    toOrganisation: register.ballerup.organisation, asOf: day, PageRequest(limit: 200), for: caller, in: work)
                return found.elements.map { $0.credited > .zero }
            }
            #expect(try await credited("2027-01-09") == [])
            #expect(try await credited("2027-01-31").allSatisfy { !$0 })
            #expect(try await credited("2027-02-01").contains(true))
            #expect(try await credited("2027-01-31").count == credited("2027-02-01").count)
        }
    }

    @Test(arguments: ServedList.shared)
    func whoSeesAllIsShownAll(list: ServedList) async throws {
        let register = try await ReadableRegister.shared.value
        let served = try await register.read(as: register.secretariat) { try await list.all(for: $1, in: $0) }
        let program = try await register.registry.read(as: register.actor, on: register.today) { work in
            try await list.all(for: register.secretariat.caller, in: work)
        }
        #expect(served == program)
        // Ballerup alone has a pledge and a credit note, so not everybody has to see less.
        var parts: [Int] = []
        for reader in [register.ballerup, register.favrskov, register.supplier] {
            parts.append(try await register.read(as: reader) { try await list.all(for: $1, in: $0) }.count)
        }
        let (least, most) = (try parts.min().orThrow("nobody"), try parts.max().orThrow("nobody"))
        #expect(most <= served.count && (least == served.count) == list.isPublished)
    }

    /// An organisation's own rows name no other.
    @Test func ownListsAreOnesOwn() async throws {
        let register = try await ReadableRegister.shared.value
        for reader in [register.ballerup, register.favrskov, register.supplier] {
            let own = try reader.organisation
            try await register.read(as: reader) { work, caller in
                let request = PageRequest(limit: 200)
                #expect(try await Agreements.page(request, for: caller, in: work).elements.allSatisfy { $0.organisation == own })
                #expect(try await People.contacts(request, for: caller, in: work).elements.allSatisfy { $0.organisation.id == own })
                #expect(try await Inhabitants.page(request, for: caller, in: work).elements.allSatisfy { $0.organisation.id == own })
                #expect(try await Pledges.page(request, for: caller, in: work).elements.allSatisfy { $0.organisation == own })
                #expect(
                    try await Documents.invoices(request, for: caller, in: work).elements.allSatisfy { $0.document.organisation == own })
                #expect(
                    try await Seats.page(request, for: caller, in: work).elements.allSatisfy {
                        $0.organisation == own || $0.role == .contact || $0.role == .productCoordinator
                    })
                let others = try await Organisations.page(request, for: caller, in: work).elements.filter { $0.id != own }
                #expect(!others.isEmpty && others.allSatisfy { $0.glns == [] && $0.billing == BillingContact() })
            }
        }
    }

    /// What is somebody else's is what is not there.
    @Test func aForeignNumberAndAnUnknownOneAreTheSame() async throws {
        let register = try await ReadableRegister.shared.value
        let theirs = try await Theirs(register)
        try await register.read(as: register.favrskov) { work, caller in
            for number in [theirs, .unknown] {
                let finds: [(String, () async throws -> Void)] = [
                    (
                        "lists",
                        { _ = try await Inhabitants.page(ofOrganisation: number.organisation, PageRequest(), for: caller, in: work) }
                    ),
                    (
                        "contacts",
                        { _ = try await People.contacts(ofOrganisation: number.organisation, PageRequest(), for: caller, in: work) }
                    ),
                    (
                        "invoices",
                        { _ = try await Documents.invoices(toOrganisation: number.organisation, PageRequest(), for: caller, in: work) }
                    ),
                    ("organisation", { _ = try await Organisations.find(number.stranger, for: caller, in: work) }),
                    ("person", { _ = try await People.find(number.person, for: caller, in: work) }),
                    ("agreement", { _ = try await Agreements.find(number.agreement, for: caller, in: work) }),
                    ("papers", { _ = try await Agreements.papers(of: number.agreement, PageRequest(), for: caller, in: work) }),
                    ("paper", { _ = try await Agreements.paper(number.paper, of: number.agreement, for: caller, in: work) }),
                    ("decision", { _ = try await Decisions.find(number.decision, for: caller, in: work) }),
                    ("group", { _ = try await Groups.find(number.group, for: caller, in: work) }),
                    ("seats", { _ = try await Seats.page(ofGroup: number.group, PageRequest(), for: caller, in: work) }),
                    ("meetings", { _ = try await Meetings.page(ofGroup: number.group, PageRequest(), for: caller, in: work) }),
                    ("meeting", { _ = try await Meetings.find(number.meeting, for: caller, in: work) }),
                    ("invoice", { _ = try await Documents.invoice(number.invoice, for: caller, in: work) }),
                    ("document", { _ = try await Documents.find(.invoice, number.invoice, for: caller, in: work) }),
                    ("credit note", { _ = try await Documents.find(.creditNote, number.creditNote, for: caller, in: work) }),
                ]
                for (name, find) in finds {
                    await #expect(throws: AccessRefusal.notFound, "\(name) \(number)") { try await find() }
                }
            }
            await #expect(throws: AccessRefusal.forbidden) { _ = try await InvoiceRuns.page(PageRequest(), for: caller, in: work) }
            await #expect(throws: AccessRefusal.forbidden) { _ = try await InvoiceRuns.find(1, for: caller, in: work) }
            await #expect(throws: AccessRefusal.forbidden) { _ = try await AuditLog.page(PageRequest(), for: caller, in: work) }
        }
        // They are there for whose they are.
        try await register.read(as: register.ballerup) { work, caller in
            #expect(try await Agreements.find(theirs.agreement, for: caller, in: work).organisation == theirs.organisation)
            #expect(try await Agreements.paper(theirs.paper, of: theirs.agreement, for: caller, in: work).fileName == "aftale.pdf")
            #expect(try await Groups.find(theirs.group, for: caller, in: work).group.kind == .board)
            #expect(try await Documents.invoice(theirs.invoice, for: caller, in: work).creditNotes == [theirs.creditNote])
            _ = try await People.find(theirs.person, for: caller, in: work)
            _ = try await Meetings.find(theirs.meeting, for: caller, in: work)
            _ = try await Decisions.find(theirs.decision, for: caller, in: work)
        }
    }

    /// Of the association's settings a session sees what a published price list is worked out with.
    @Test func settingsAreTheAssociationsOwn() async throws {
        let register = try await ReadableRegister.shared.value
        let names = try await register.read(as: register.secretariat) { work, _ in
            try await work.transaction.query("SELECT DISTINCT name FROM setting ORDER BY name", as: String.self)
        }
        #expect(names == ["contribution-member", "contribution-non-member", "size-bounds"])
        let prepared = try await register.read(as: register.ballerup) { work, _ in
            try await work.transaction.query("SELECT id FROM prepared_run", as: Int64.self)
        }
        #expect(prepared == [])
    }

    @Test func withoutATokenThereIsWhatIsPublished() async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: nil) { work, caller in
            let request = PageRequest(limit: 200)
            let products = try await Products.page(request, for: caller, in: work).elements
            #expect(products.count == 34 && products.allSatisfy { $0.coordinator == nil })
            #expect(try await SupplierRoles.suppliers(request, in: work).elements.map(\.roles.count) == [3])
            #expect(try await PriceLists.page(request, in: work).elements.isEmpty == false)
            #expect(try await People.page(request, for: caller, in: work).elements == [])
            #expect(try await Groups.page(request, for: caller, in: work).elements == [])
            #expect(try await Agreements.page(request, for: caller, in: work).elements == [])
        }
    }
}

/// Ballerup's own, that Favrskov has no part in.
private struct Theirs: Sendable, CustomStringConvertible {
    var organisation = Identifier<Organisation>(999_999_999)
    /// An organisation that Favrskov has nothing to do with.
    var stranger = Identifier<Organisation>(999_999_999)
    var person = Identifier<Person>(999_999_999)
    var agreement = Identifier<Agreement>(999_999_999)
    var paper = Identifier<AgreementPaper>(999_999_999)
    var decision = Identifier<Decision>(999_999_999)
    var group = Identifier<Group>(999_999_999)
    var meeting = Identifier<Meeting>(999_999_999)
    var invoice: Int64 = 999_999_999
    var creditNote: Int64 = 999_999_999

    static let unknown = Theirs()

    private init() {}

    init(_ register: ReadableRegister) async throws {
        self = try await register.read(as: register.ballerup) { work, caller in
            var own = Theirs()
            own.organisation = try caller.organisation.orThrow("no organisation")
            own.stranger = own.organisation
            let request = PageRequest(limit: 200)
            own.person = try await People.page(matching: "ballerup.example", request, for: caller, in: work).elements.first.orThrow(
                "person"
            ).id
            let agreements = try await Agreements.page(request, for: caller, in: work).elements
            for agreement in agreements {
                let papers = try await Agreements.papers(of: agreement.id, request, for: caller, in: work).elements
                if let paper = papers.first { (own.agreement, own.paper) = (agreement.id, paper.id) }
            }
            own.group = try await Groups.page(kind: .board, request, for: caller, in: work).elements.first.orThrow("board").group.id
            own.meeting = try await Meetings.page(of: own.group, request, for: caller, in: work).elements.first.orThrow("meeting").id
            let invoice = try await Documents.invoices(request, for: caller, in: work).elements.first { $0.credited > .zero }
            own.invoice = try invoice.orThrow("no invoice").document.number
            own.creditNote = try await Documents.creditNotes(request, for: caller, in: work).elements.first.orThrow("note").document.number
            own.decision = try await Decisions.page(request, for: caller, in: work).elements.first { $0.reference == "EKS-GF-2025-1" }
                .orThrow("no decision").id
            return own
        }
    }

    var description: String { invoice == 999_999_999 ? "unknown" : "foreign" }
}
