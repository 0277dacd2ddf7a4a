import Domain
import Foundation
import Registry
import Wording

/// The end of the demo: an example municipality asks the register over HTTP what it asks about itself.
struct DemoLookup {
    /// Favrskov sits in three of the example's groups and takes part in a product.
    static let organisation = "0710"
    static let person = "digitalisering@favrskov.example"
    private static let target = "/api/v1/lookup?organisation=\(organisation)"

    let options: GlobalOptions
    let session: Session

    /// Serves, asks, prints what came back, and stops serving. The token ends with it.
    ///
    /// - Throws: ``Failure`` for any answer but 200.
    func run() async throws {
        // Tokens live by the clock, whatever day the demo is on.
        let today = try Copenhagen.today()
        let request = Tokens.Request(
            email: DemoLookup.person, role: .memberContact, organisation: DemoLookup.organisation, lastDay: today)
        let (token, record) = try await session.registry.perform("token create", as: session.actor, on: today) {
            try await Tokens.create(request, in: $0)
        }
        let asked: Result<LocalRequest.Answer, any Error>
        do {
            asked = .success(try await ServeProcess.run(with: options) { try LocalRequest.get(DemoLookup.target, port: $0, token: token) })
        } catch {
            asked = .failure(error)
        }
        _ = try await session.registry.perform("token revoke", as: session.actor, on: today) {
            try await Tokens.revoke(record.prefix, in: $0)
        }
        let answer = try asked.get()
        Console.print("GET \(DemoLookup.target): \(answer.status)")
        guard answer.status == 200 else {
            throw Failure(code: "DEMO", String(decoding: answer.body, as: UTF8.self), status: .software)
        }
        try print(JSONDecoder().decode(Lookup.self, from: answer.body))
    }

    /// How to do the same by hand: these lines work as they are.
    func commands(of program: String) -> [String] {
        [
            "TOKEN=$(\(program) token create \(DemoLookup.person) --role memberContact --organisation \(DemoLookup.organisation) --format csv)",
            "\(program) serve &",
            "curl --retry 5 --retry-connrefused -H \"Authorization: Bearer $TOKEN\" 'http://127.0.0.1:8080\(DemoLookup.target)'",
        ]
    }

    private func print(_ found: Lookup) throws {
        let language = session.language
        for group in found.groups {
            let people = group.people.map { "\(DemoLookup.word($0.role, SeatRole.init) { $0.text(in: language) }) \($0.email)" }.joined(
                separator: ", ")
            let contacts = group.contacts.map(\.email).joined(separator: ", ")
            Console.print("  \(group.group): \(people); " + language.text("spørg \(contacts)", "ask \(contacts)"))
        }
        for agreement in found.agreements {
            let subject = agreement.subject == "association" ? language.text("medlemskab", "membership") : agreement.subject
            let state = DemoLookup.word(agreement.state, AgreementState.init) { $0.text(in: language) }
            var line = language.text("  Aftale \(agreement.agreement)", "  Agreement \(agreement.agreement)")
            line += ", \(subject): \(state), \(agreement.from ?? "")–\(agreement.to ?? "")"
            if let price = agreement.yearPriceMinor { line += ", \(agreement.year): \(Money(minorUnits: price).text(in: language))" }
            if let last = agreement.latestNotice { line += language.text(", siges op senest \(last)", ", notice by \(last)") }
            Console.print(line)
        }
        let expected = found.expected
        guard expected.calculatedOn != nil else {
            throw Failure(.demoNotExpected(year: expected.year), status: .software)
        }
        let known = try Money.sum(expected.amounts.compactMap { $0.netMinor.map { Money(minorUnits: $0) } }).text(in: language)
        let parked = Set(expected.amounts.compactMap(\.parked)).sorted().joined(separator: ", ")
        Console.print(
            language.text("  Forventet for \(expected.year), uden moms: \(known)", "  Expected for \(expected.year), without VAT: \(known)")
                + (parked.isEmpty ? "" : language.text("; resten mangler: \(parked)", "; the rest is missing: \(parked)")))
    }

    /// What people read for a word of the API.
    private static func word<Word>(_ text: String, _ make: (String) -> Word?, _ read: (Word) -> String) -> String {
        make(text).map(read) ?? text
    }
}

/// As much of the answer as is printed.
private struct Lookup: Decodable {
    struct Holder: Decodable {
        let role: String
        let email: String
    }

    struct Group: Decodable {
        let group: String
        let people: [Holder]
        let contacts: [Holder]
    }

    struct Agreement: Decodable {
        let agreement: Int
        let subject: String
        let state: String
        let from: String?
        let to: String?
        let year: Int
        let yearPriceMinor: Int64?
        let latestNotice: String?
    }

    struct Expected: Decodable {
        struct Amount: Decodable {
            let netMinor: Int64?
            let parked: String?
        }

        let year: Int
        let calculatedOn: String?
        let amounts: [Amount]
    }

    let groups: [Group]
    let agreements: [Agreement]
    let expected: Expected
}
