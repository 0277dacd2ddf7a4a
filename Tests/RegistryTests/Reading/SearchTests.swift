import Domain
import Postgres
import Registry
import Testing

/// One search over what the caller may see, best first.
@Suite struct SearchTests {
    @Test(arguments: [
        ("Ballerup", SearchKind.organisation, "Ballerup Kommune"), ("Balerup", .organisation, "Ballerup Kommune"),
        ("ballreup", .organisation, "Ballerup Kommune"), ("Aarhus Kommune", .organisation, "Aarhus Kommune"),
        ("århus", .organisation, "Aarhus Kommune"), ("Soenderborg", .organisation, "Sønderborg Kommune"),
        ("58271713", .organisation, "Ballerup Kommune"), ("5790002750595", .organisation, "OS2 – Offentligt digitaliseringsfællesskab"),
        ("os2mo", .product, "OS2mo"),
        ("koordinator@eksempelprodukt-a.example", .person, "Produktkoordinator, Eksempelprodukt A (eksempel)"),
        ("bestyrelsn", .group, "Bestyrelsen"),
    ])
    func theBestHitComesFirst(text: String, kind: SearchKind, title: String) async throws {
        let register = try await ReadableRegister.shared.value
        let hits = try await register.read(as: register.secretariat) { work, caller in
            try await Search.hits(text, kind: kind, for: caller, in: work)
        }
        #expect(hits.first?.title == title, "\(hits.prefix(3))")
        #expect(hits.allSatisfy { $0.kind == kind && (400...1000).contains($0.score) })
        #expect(hits.map(\.score) == hits.map(\.score).sorted(by: >))
    }

    @Test func noMoreThanAskedForAndNothingForNonsense() async throws {
        let register = try await ReadableRegister.shared.value
        let (five, nonsense, pattern) = try await register.read(as: register.secretariat) { work, caller in
            (
                try await Search.hits("kommune", limit: 5, for: caller, in: work), try await Search.hits("qzxwv", for: caller, in: work),
                try await Search.hits("%%", for: caller, in: work)
            )
        }
        #expect(five.count == 5 && nonsense == [] && pattern == [])
    }

    /// As with lists: either layer alone hides what is not the caller's.
    @Test func whatIsNotTheCallersIsNotFound() async throws {
        let register = try await ReadableRegister.shared.value
        for text in ["kommune", "gruppe", "digitalisering", "example", "os2", "5790002750595"] {
            for reader in [register.ballerup, register.favrskov, register.supplier] {
                let both = try await register.read(as: reader) { try await Search.hits(text, limit: 200, for: $1, in: $0) }
                let policies = try await register.read(as: reader) { work, _ in
                    try await Search.hits(text, limit: 200, for: register.secretariat.caller, in: work)
                }
                let program = try await register.registry.read(as: register.actor, on: register.today) { work in
                    try await Search.hits(text, limit: 200, for: reader.caller, in: work)
                }
                #expect(policies == both && program == both, "\(text) \(reader.caller.role)")
            }
        }
    }
}
