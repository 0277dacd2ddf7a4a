import Domain
import Foundation
import TestSupport
import Testing

/// `lookup`: the municipalities' question, asked from the terminal.
@Suite struct LookupCommandTests {
    private struct Lookup: Decodable {
        struct Organisation: Decodable {
            let name: String
            let organisationId: Int64
        }
        struct Holder: Decodable {
            let email: String
            let role: String
            let organisationId: Int64
        }
        struct Group: Decodable {
            let group: String
            let people: [Holder]
            let contacts: [Holder]
        }
        struct Agreement: Decodable {
            let subject: String
            let state: String
            let form: String?
            let year: Int
            let yearPriceMinor: Int64?
            let latestNotice: String?
            let anyDay: Bool
        }
        struct ProductContact: Decodable {
            let product: String
            let groups: [Contacts]
        }
        struct Contacts: Decodable {
            let contacts: [Holder]
        }
        struct Expected: Decodable {
            let year: Int
            let calculatedOn: String?
            let netMinor: Int64?
        }
        struct Invoice: Decodable {
            let openMinor: Int64
            let grossMinor: Int64
        }
        let organisation: Organisation
        let asOf: String
        let groups: [Group]
        let agreements: [Agreement]
        let productContacts: [ProductContact]
        let invoices: [Invoice]
        let expected: Expected
    }

    private static func lookup(_ text: String, _ more: String...) async throws -> Lookup {
        let place = try await AccessDatabase.shared.value.command
        return try await place.command.run(["lookup", text, "--format", "json"] + more).decoded(Lookup.self)
    }

    @Test func nameNumberAndCodeFindTheSame() async throws {
        let place = try await AccessDatabase.shared.value.command
        let answers = [
            try await place.command("lookup", "Syddjurs Kommune", "--format", "json", "--today", "2026-12-01").output,
            try await place.command("lookup", "SYDDJURS KOMMUNE", "--format", "json", "--today", "2026-12-01").output,
            try await place.command("lookup", "29189978", "--format", "json", "--today", "2026-12-01").output,
            try await place.command("lookup", "0706", "--format", "json", "--today", "2026-12-01").output,
        ]
        #expect(Set(answers).count == 1 && answers[0].hasPrefix("{\"organisation\""))
    }

    /// Groups with the own people and each one's contact person, agreements with what they cost and how they end, invoices, next year.
    @Test func everythingThatIsAskedIsAnswered() async throws {
        let found = try await Self.lookup("0706", "--today", "2027-02-01")
        let groups = Dictionary(uniqueKeysWithValues: found.groups.map { ($0.group, $0) })
        #expect(Set(groups.keys) == ["Bestyrelsen", "Koordinationsgruppen for OS2valghalla"])
        let valghalla = try #require(groups["Koordinationsgruppen for OS2valghalla"])
        #expect(valghalla.people.map(\.email) == ["digitalisering@syddjurs.example"])
        #expect(valghalla.contacts.map(\.email) == ["digitalisering@aarhus.example"])
        #expect(valghalla.people.allSatisfy { $0.organisationId == found.organisation.organisationId })
        let membership = try #require(found.agreements.first { $0.subject == "association" })
        #expect(membership.anyDay && membership.form == nil && membership.latestNotice == nil && membership.year == 2027)
        let product = try #require(found.agreements.first { $0.subject == "OS2valghalla" })
        #expect(product.form == "active" && product.latestNotice == "2027-06-30")
        // The year's dues, and the fee with what goes to the association.
        #expect(membership.yearPriceMinor == 2_500_000 && product.yearPriceMinor == 3_200_000 + 288_000)
        #expect(found.productContacts.map(\.product) == ["OS2valghalla"])
        #expect(found.productContacts[0].groups.flatMap(\.contacts).map(\.email) == ["digitalisering@aarhus.example"])
        #expect(!found.invoices.isEmpty && found.invoices.allSatisfy { $0.openMinor >= 0 && $0.openMinor <= $0.grossMinor })
        #expect(found.expected.year == 2028 && found.expected.calculatedOn == "2027-01-10")
    }

    /// As of a day: who sat where then.
    @Test func theDayThatIsAskedAboutCounts() async throws {
        let before = try await Self.lookup("0706", "--as-of", "2026-04-01", "--today", "2027-02-01")
        #expect(before.asOf == "2026-04-01" && before.groups.map(\.group) == ["Koordinationsgruppen for OS2valghalla"])
        let after = try await Self.lookup("0706", "--as-of", "2026-04-23", "--today", "2027-02-01")
        #expect(after.groups.map(\.group) == ["Bestyrelsen", "Koordinationsgruppen for OS2valghalla"])
    }

    /// Agreements too: what was in force then, though it was signed later, and what was on its way, as it stood.
    @Test func agreementsAreThoseOfTheDay() async throws {
        let place = try await AccessDatabase.copy()
        struct Made: Decodable {
            let agreement: Int64
        }
        /// Sent on 1, signed on 10 and countersigned on 20 January, in force from a day of its own.
        func agree(_ product: String, from first: String) async throws {
            let made = try await place.command("agreement", "draft", "0706", "--subject", product, "--as", "tester", "--format", "json")
            let number = String(try made.decoded([Made].self).first.orThrow("a draft: \(made.errors)").agreement)
            let moves = [
                ["send", number, "--on", "2027-01-01"], ["sign", number, "--by", "S", "--title", "Direktør", "--on", "2027-01-10"],
                ["countersign", number, "--by", "F", "--on", "2027-01-20", "--first-day", first],
            ]
            for move in moves {
                let outcome = try await place.command.run(["agreement"] + move + ["--today", "2027-01-25", "--as", "tester"])
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
        }
        try await agree("OS2mo", from: "2026-11-01")
        try await agree("OS2forms", from: "2027-03-01")
        func states(_ day: String) async throws -> [String] {
            let outcome = try await place.command.run(["lookup", "0706", "--format", "json", "--as-of", day, "--today", "2027-02-01"])
            return try outcome.decoded(Lookup.self).agreements.filter { ["OS2mo", "OS2forms"].contains($0.subject) }
                .map { "\($0.subject) \($0.state)" }
        }
        #expect(try await states("2026-10-31") == [])
        // In force, though nobody had signed or sent it yet.
        #expect(try await states("2026-11-01") == ["OS2mo active"])
        #expect(try await states("2026-12-31") == ["OS2mo active"])
        #expect(try await states("2027-01-01") == ["OS2forms sent", "OS2mo active"])
        #expect(try await states("2027-01-10") == ["OS2forms signed", "OS2mo active"])
        #expect(try await states("2027-01-20") == ["OS2forms active", "OS2mo active"])
    }

    /// One that has joined a product without being a member, and a supplier, look up too.
    @Test func whoIsNoMemberLooksUpToo() async throws {
        let supplier = try await Self.lookup("Eksempelleverandør", "--today", "2027-02-01")
        #expect(supplier.agreements.map(\.subject) == ["supplier"] && supplier.groups.contains { $0.group.contains("Eksempelprodukt A") })
        let participant = try await Self.lookup("11259979", "--today", "2027-02-01")
        #expect(participant.agreements.map(\.subject) == ["OS2valghalla"])
        // And over HTTP, with a token of its own: by each of its keys itself, and nobody else.
        let place = try await AccessDatabase.copyWithHolders()
        let token = try await AccessDatabase.token(.memberContact, for: "11259979", at: place.command).token
        try await ServedProgram.run(at: place.command) { served in
            try await onThread {
                let caller = served.caller(token)
                for key in ["Frederiksberg%20Kommune", "11259979", "0147"] {
                    let answer = try caller.get("/api/v1/lookup?organisation=\(key)&asOf=2027-02-01")
                    #expect(answer.status == 200 && answer.text.contains("OS2valghalla"), "\(key): \(answer.text.prefix(300))")
                }
                for key in ["Ballerup%20Kommune", "58271713", "0151", "Langbortistan"] {
                    let answer = try caller.get("/api/v1/lookup?organisation=\(key)")
                    #expect(answer.status == 404, "\(key)")
                }
            }
        }
    }

    @Test func whoIsNotThereIsNamed() async throws {
        let place = try await AccessDatabase.shared.value.command
        let outcome = try await place.command("lookup", "Langbortistan")
        #expect(outcome.code == "UNKNOWN_ORGANISATION" && outcome.status == 65 && outcome.errors.contains("Langbortistan"))
        #expect(try await place.command("lookup", "0706", "--as-of", "2026-02-30").status == 64)
    }
}
