import Domain
import Interchange
import Postgres
import Registry
import Testing

/// What scenarios of groups need: nothing is invoiced in them.
extension Books {
    /// Members 1…6 from 2020 on, people a…h at them, a supplier, and a product on level 3 that members 1…3 have joined.
    static func playGroups(_ scenario: @Sendable (Books) async throws -> Void) async throws {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        do {
            try await connection.rolledBack(.repeatableRead) { transaction in
                let books = Books(transaction: transaction)
                try await books.found()
                for index in 1...6 { try await books.member(index, from: "2020-01-01") }
                try await books.body(7, "Supplier", kind: .supplier)
                let people = "abcdefgh".map { "Person \($0),\($0)@p.example,\n" }.joined()
                try await books.importing([
                    "people.csv": "name,email,phone\n" + people,
                    "products.csv": "name,account,repository,level,coordinator\nProduct,,,3,\n",
                    "association.yaml": """
                    settings:
                      - { name: governance-model, from: 2016-01-01, value: 2016, decision: B-1 }
                      - { name: governance-model, from: 2026-01-01, value: 2025, decision: B-1 }

                    """,
                ])
                let product = try await Products.subject(named: "Product", in: try await books.work())
                for index in 1...3 { try await books.join(product, "Member \(index)", from: "2020-01-01") }
                try await scenario(books)
            }
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }

    @discardableResult
    func group(
        _ name: String, _ kind: GroupKind, product: String? = nil, on commissionedOn: String? = "2025-01-01", limit: Int? = nil,
        decision: String? = "B-1"
    ) async throws -> GroupRecord {
        let draft = GroupDraft(
            location: Books.place, name: name, kind: Located(kind, at: Books.place), product: product.map { Located($0, at: Books.place) },
            commissionedOn: try commissionedOn.map(day), closedOn: nil, seatLimit: limit,
            decision: decision.map { Located($0, at: Books.place) })
        return try await Groups.create(draft, in: try await work(on: "2027-01-10", "group create"))
    }

    /// Person `x` of `x@p.example` takes a seat.
    @discardableResult
    func sit(
        _ person: String, for organisation: String = "Member 1", in group: String, as role: SeatRole = .member, from: String = "2026-01-01",
        until: String? = nil, votes: Int? = nil, electedUntil: String? = nil
    ) async throws -> GroupRecord {
        let term = try Term(first: try day(from), last: try until.map(day)).orThrow("no term")
        let facts = SeatFacts(role: role, votes: votes, term: term, electedUntil: try electedUntil.map(day), isVoid: false)
        return try await Seats.join(
            facts, person: "\(person)@p.example", for: organisation, in: group, in: try await work(on: "2027-01-10", "group join"))
    }

    @discardableResult
    func elect(
        _ person: String, for organisation: String? = nil, in group: String, from: String, formerStays: Bool = false
    ) async throws -> GroupRecord {
        let election = Election(
            person: "\(person)@p.example", organisation: organisation, from: try day(from), formerStays: formerStays, decision: "B-1")
        return try await Elections.elect(election, in: group, work: try await work(on: "2027-01-10", "group elect"))
    }

    /// A refusal's rule by its code; nothing where it was done. Nothing of it stays.
    func code(_ body: () async throws -> Void) async throws -> String? { try await refused(body)?.rawValue }
}

extension GroupRecord {
    /// Every seat as `person role first–last`, by first day.
    var lines: [String] {
        seats.map { "\($0.email.prefix(1)) \($0.role.rawValue) \($0.term.first)–\($0.term.last?.description ?? "")" }
    }

    func line(on date: String) throws -> [String] {
        roster(on: try day(date)).seats.map { "\($0.email.prefix(1)) \($0.role.rawValue) \($0.votes)" }
    }
}
