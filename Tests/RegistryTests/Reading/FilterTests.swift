import Domain
import Interchange
import Postgres
import Registry
import Testing
import Wording

/// What lists can be asked for.
@Suite struct FilterTests {
    private static func secretariat<Value: Sendable>(_ body: @Sendable (Work, Caller) async throws -> Value) async throws -> Value {
        let register = try await ReadableRegister.shared.value
        return try await register.read(as: register.secretariat, body)
    }

    private static let whole = PageRequest(limit: 200)

    @Test(arguments: [
        ("ballerup", ["Ballerup Kommune"]), ("BALERUP", ["Ballerup Kommune"]), ("soenderborg", ["Sønderborg Kommune"]),
        ("Århus", ["Aarhus Kommune"]), ("58271713", ["Ballerup Kommune"]), ("0151", ["Ballerup Kommune"]), ("%", []), ("_", []),
        ("region østdanmark", ["Region Østdanmark"]),
    ])
    func organisationsByPartOfANameOrNumber(text: String, names: [String]) async throws {
        let found = try await Self.secretariat { work, caller in
            try await Organisations.page(matching: text, Self.whole, for: caller, in: work).elements.map(\.name)
        }
        #expect(names.allSatisfy(found.contains) && found.isEmpty == names.isEmpty, "\(found)")
        #expect(found.count <= max(names.count, 5), "\(found)")
    }

    /// Who is meant comes first, then who begins so, then who has it in the name, then who is like it; by pages as at once.
    @Test func whatFitsBestComesFirst() async throws {
        let register = try await ReadableRegister.shared.value
        func list(_ text: String, by limit: Int = 200) async throws -> [String] {
            try await register.read(as: register.secretariat) { work, caller in
                var (names, after): ([String], Int64?) = ([], nil)
                repeat {
                    let request = PageRequest(after: after, limit: limit)
                    let page = try await Organisations.page(matching: text, by: .name, request, for: caller, in: work)
                    names += page.elements.map(\.name)
                    after = page.next
                } while after != nil
                return names
            }
        }
        let likeSonderborg = try await list("Sønderborg")
        #expect(likeSonderborg.first == "Sønderborg Kommune" && likeSonderborg.count > 1, "\(likeSonderborg)")
        #expect(try await list("0151").first == "Ballerup Kommune")
        let regions = try await list("region")
        #expect(regions.prefix(6).allSatisfy { $0.hasPrefix("Region") }, "\(regions)")
        let inside = try await list("sted")
        let (held, nearly) = (inside.filter { $0.lowercased().contains("sted") }, inside.filter { !$0.lowercased().contains("sted") })
        #expect(inside == held + nearly && !held.isEmpty, "\(inside)")
        for text in ["Sønderborg", "region", "sted", "kommune", "Kobenhavn"] {
            let whole = try await list(text)
            #expect(Set(whole).count == whole.count)
            for limit in text == "kommune" ? [7] : [1, 2] { #expect(try await list(text, by: limit) == whole, "\(text) by \(limit)") }
        }
        // The other lists with names, by the name alone.
        let (person, product, group) = try await register.read(as: register.secretariat) { work, caller in
            (
                try await People.page(matching: "digitalisering@syddjurs.example", by: .name, Self.whole, for: caller, in: work).elements
                    .map(\.email),
                try await Products.page(matching: "OS2mo", by: .name, Self.whole, for: caller, in: work).elements.map(\.name),
                try await Groups.page(matching: "Styregruppen for OS2mo", by: .name, Self.whole, for: caller, in: work).elements.map(
                    \.group.name)
            )
        }
        #expect(person.first == "digitalisering@syddjurs.example" && person.count > 1, "\(person)")
        #expect(product.first == "OS2mo", "\(product)")
        #expect(group.first == "Styregruppen for OS2mo" && group.count > 1, "\(group)")
    }

    @Test func organisationsByKind() async throws {
        let kinds = try await Self.secretariat { work, caller in
            try await Organisations.page(kind: .region, Self.whole, for: caller, in: work).elements.map(\.kind)
        }
        #expect(kinds.count == 6 && kinds.allSatisfy { $0 == .region })
    }

    @Test func agreementsBySubjectStateAndDay() async throws {
        try await Self.secretariat { work, caller in
            func subjects(_ subject: String?, _ state: AgreementState? = nil, on day: CivilDate? = nil) async throws -> [AgreementRecord] {
                try await Agreements.page(subject: subject, state: state, on: day, Self.whole, for: caller, in: work).elements
            }
            let all = try await subjects(nil)
            #expect(all.count == 44)
            #expect(try await subjects("association") == all.filter { $0.subject == .association })
            #expect(try await subjects("os2MO") == all.filter { $0.productName == "OS2mo" })
            #expect(try await subjects("nothing") == [])
            for state in AgreementState.allCases {
                #expect(try await subjects(nil, state) == all.filter { $0.life.state == state }, "\(state)")
            }
            let ending = try all.first { $0.life.state == .ended }.orThrow("none ended")
            let last = try (ending.life.term?.last).orThrow("no end")
            #expect(try await subjects(nil, .noticeGiven, on: last).contains { $0.id == ending.id })
            #expect(try await subjects(nil, .ended, on: last.adding(days: 1)).contains { $0.id == ending.id })
        }
    }

    @Test func contactsByRoleOrganisationAndDay() async throws {
        let register = try await ReadableRegister.shared.value
        let ballerup = try register.ballerup.organisation
        try await Self.secretariat { work, caller in
            let primary = try await People.contacts(as: .primary, on: try day("2026-06-01"), Self.whole, for: caller, in: work).elements
            #expect(primary.count == 27 && primary.allSatisfy { $0.role == .primary })
            #expect(try await People.contacts(on: try day("2025-12-31"), Self.whole, for: caller, in: work).elements == [])
            let own = try await People.contacts(ofOrganisation: ballerup, Self.whole, for: caller, in: work).elements
            #expect(own.map(\.email) == ["digitalisering@ballerup.example"])
            let person = try await People.find(own[0].person, for: caller, in: work)
            #expect(person.organisation?.id == ballerup && person.roles.map(\.role) == [.primary])
        }
    }

    @Test func groupsSeatsAndMeetings() async throws {
        let register = try await ReadableRegister.shared.value
        let ballerup = try register.ballerup.organisation
        try await Self.secretariat { work, caller in
            let groups = try await Groups.page(with: ballerup, Self.whole, for: caller, in: work).elements.map(\.group.name)
            #expect(Set(groups) == ["Bestyrelsen", "Styregruppen for OS2mo", "Forladt kreds", "Kreds med tidligere kontakt"])
            let board = try await Groups.page(kind: .board, on: try day("2025-04-23"), Self.whole, for: caller, in: work).elements[0]
            #expect(
                board.size == GroupSize(seats: 4, votes: 2) && board.group.roster(on: board.day).chair?.organisationName == "Viborg Kommune"
            )
            #expect(try await Groups.page(matching: "kordinationsgruppen", Self.whole, for: caller, in: work).elements.count == 3)
            let seats = try await Seats.page(organisation: ballerup, on: try day("2024-01-01"), Self.whole, for: caller, in: work).elements
            #expect(
                Set(seats.map { "\($0.groupName) \($0.role)" }) == [
                    "Bestyrelsen member", "Forladt kreds contact", "Kreds med tidligere kontakt member",
                ])
            let held = try await Meetings.page(
                from: try day("2026-06-04"), through: try day("2026-09-17"), Self.whole, for: caller, in: work
            ).elements.map(\.heldOn)
            #expect(held == [try day("2026-09-17"), try day("2026-09-10"), try day("2026-06-04")])
        }
    }

    /// A member knows how large its groups are, not who sits in them; and who of its own was at a meeting.
    @Test func aMembersViewOfItsBoard() async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: register.ballerup) { work, caller in
            let board = try await Groups.page(kind: .board, Self.whole, for: caller, in: work).elements[0]
            #expect(board.size == GroupSize(seats: 9, votes: 6))
            let seen = Set(board.group.roster(on: board.day).seats.map(\.organisationName))
            #expect(seen == ["Ballerup Kommune", "OS2 – Offentligt digitaliseringsfællesskab"])
            let meetings = try await Meetings.page(ofGroup: board.group.id, Self.whole, for: caller, in: work).elements
            let held = try meetings.first { $0.heldOn == CivilDate("2026-09-10") }.orThrow("no meeting")
            let record = try await Meetings.find(held.id, for: caller, in: work)
            #expect(record.attendance.map(\.email) == ["digitalisering@ballerup.example"])
        }
    }

    @Test func invoicesByWhatBecameOfThem() async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: register.ballerup) { work, caller in
            let own = try caller.organisation.orThrow("no organisation")
            let all = try await Documents.invoices(toOrganisation: own, Self.whole, for: caller, in: work).elements
            let credited = try await Documents.invoices(toOrganisation: own, status: .credited, Self.whole, for: caller, in: work).elements
            #expect(try await Documents.invoices(toOrganisation: own, status: .open, Self.whole, for: caller, in: work).elements == all)
            #expect(all == credited && all.count == 1)
            let entry = all[0]
            #expect(try entry.credited == kroner("125") && entry.extent() == .partly)
            let invoice = try await Documents.invoice(entry.document.number, for: caller, in: work)
            #expect(invoice.credited == entry.credited)
            var json = CanonicalJSON()
            try invoice.write(to: &json)
            try invoice.document.writeExplanation(to: &json, in: .danish)
            let year = try BillingPeriod(year: 2026).orThrow("no year")
            #expect(try await Documents.invoices(issuedIn: year, Self.whole, for: caller, in: work).elements == [])
        }
        try await Self.secretariat { work, caller in
            let runs = try await InvoiceRuns.page(Self.whole, for: caller, in: work).elements
            #expect(runs.map(\.kind) == [.creditByHand, .charges] && runs.map(\.preparation.scope) == [nil, "all"])
            #expect(runs.map(\.postedBy) == ["reader", "reader"])
            let first = try await Documents.invoices(of: runs[1].id, Self.whole, for: caller, in: work).elements
            #expect(Int64(first.count) == runs[1].invoices && first.map(\.document.number) == first.map(\.document.number).sorted(by: >))
            let run = try await InvoiceRuns.find(runs[1].id, for: caller, in: work)
            // Nobody prepared them; what was accepted is kept all the same.
            #expect(
                runs.map(\.preparation.accepted) == [nil, ["STALE_POPULATION"]] && runs.allSatisfy { $0.preparation.preparedBy == nil })
            #expect(run == runs[1])
            let entries = try await AuditLog.page(record: "invoice_run", by: "reader", Self.whole, for: caller, in: work).elements
            #expect(entries.count == 2 && entries.allSatisfy { $0.change == .added })
            #expect(try await AuditLog.page(through: try day("2020-01-01"), Self.whole, for: caller, in: work).elements == [])
        }
    }

    @Test func ratesOfAProduct() async throws {
        let register = try await ReadableRegister.shared.value
        try await register.read(as: nil) { work, caller in
            let year = try BillingPeriod(year: 2027).orThrow("no year")
            let sheets = try await PriceLists.page(duringYear: year, Self.whole, in: work).elements
            let entry = try sheets.first { $0.subject.product != nil }.orThrow("no sheet")
            let product = try entry.subject.product.orThrow("no product")
            #expect(try await PriceLists.page(of: product, Self.whole, in: work).elements.allSatisfy { $0.subject == entry.subject })
            #expect(try await PriceLists.find(entry.id, in: work).productName == entry.productName)
            let (name, list) = try await PriceLists.find(of: product, in: year, in: work)
            #expect(name == entry.productName && list.year == 2027 && !list.lines.isEmpty)
            let early = try BillingPeriod(year: 2001).orThrow("no year")
            await #expect(throws: AccessRefusal.notFound) { _ = try await PriceLists.find(of: product, in: early, in: work) }
            await #expect(throws: AccessRefusal.notFound) { _ = try await PriceLists.find(Identifier(999_999_999), in: work) }
            await #expect(throws: AccessRefusal.notFound) {
                _ = try await Products.find(Identifier(999_999_999), for: caller, in: work)
            }
        }
    }
}
