import Domain
import Postgres
import Registry
import Testing

/// Chairs that are elected and alternates that step in: one change from a day on, or none (DOMAIN §4).
@Suite(.serialized) struct ElectionTests {
    /// A steering group with a chair, a member, an alternate and an observer.
    private static func play(_ scenario: @Sendable (Books) async throws -> Void) async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .steeringGroup, product: "Product")
            try await books.sit("a", in: "Group", as: .chair, votes: 2)
            try await books.sit("b", for: "Member 2", in: "Group", until: "2027-12-31", votes: 3)
            try await books.sit("c", for: "Member 3", in: "Group", as: .alternate)
            try await books.sit("d", for: "Member 3", in: "Group", as: .observer)
            try await books.sit("b", for: "Member 2", in: "Group", as: .contact)
            try await scenario(books)
        }
    }

    @Test func theSittingChairsSeatEndsTheDayBefore() async throws {
        try await Self.play { books in
            let elected = try await books.elect("b", in: "group", from: "2026-09-01")
            #expect(try elected.line(on: "2026-08-31") == ["a chair 2", "b member 3", "b contact 0", "d observer 0", "c alternate 0"])
            #expect(try elected.line(on: "2026-09-01") == ["b chair 3", "b contact 0", "d observer 0", "c alternate 0"])
            // What was known of the end of the member's time still holds.
            #expect(elected.lines.contains("b chair 2026-09-01–2027-12-31"))
            #expect(elected.seats.last { $0.role == .chair }?.decision == "B-1")
            let entries = try await AuditLog.list(limit: 3, in: try await books.work())
            #expect(entries.map(\.record.useCase) == ["group elect", "group elect", "group elect"])
            #expect(entries.map(\.record.change) == [.added, .changed, .changed])
        }
    }

    @Test func theFormerChairMayStay() async throws {
        try await Self.play { books in
            let elected = try await books.elect("d", in: "Group", from: "2026-09-01", formerStays: true)
            #expect(try elected.line(on: "2026-09-01") == ["d chair 1", "b member 3", "a member 2", "b contact 0", "c alternate 0"])
            // Whoever was a member beforehand in the same seat cannot be given it twice.
            try await books.sit("d", for: "Member 3", in: "Group", from: "2026-10-01")
            let twice = try await books.code { try await books.elect("a", in: "Group", from: "2026-11-01", formerStays: true) }
            #expect(twice == "OVERLAPPING_SEAT")
            #expect(
                try await Groups.find("Group", in: try await books.work()).roster(on: try day("2026-11-01")).chair?.email == "d@p.example")
        }
    }

    @Test func somebodyFromOutsideNeedsAnOrganisation() async throws {
        try await Self.play { books in
            let nobodys = try await books.code { try await books.elect("e", in: "Group", from: "2026-09-01") }
            #expect(nobodys == "VALUE_MISSING")
            let elected = try await books.elect("e", for: "Member 4", in: "Group", from: "2026-09-01")
            #expect(try elected.line(on: "2026-09-01").first == "e chair 1")
            let supplied = try await books.elect("f", for: "Supplier", in: "Group", from: "2026-10-01")
            #expect(try supplied.line(on: "2026-10-01").first == "f chair 0")
            let unknown = try await books.code { try await books.elect("x", for: "Member 4", in: "Group", from: "2026-11-01") }
            #expect(unknown == "UNKNOWN_PERSON")
        }
    }

    @Test func whoSitsForSeveralSaysForWhom() async throws {
        try await Self.play { books in
            try await books.sit("b", for: "Member 4", in: "Group", as: .alternate)
            #expect(try await books.code { try await books.elect("b", in: "Group", from: "2026-09-01") } == "AMBIGUOUS_SEAT")
            let elected = try await books.elect("b", for: "Member 4", in: "Group", from: "2026-09-01")
            #expect(
                try elected.line(on: "2026-09-01") == ["b chair 1", "b member 3", "b contact 0", "d observer 0", "c alternate 0"])
        }
    }

    @Test func theSameAgainIsANewTerm() async throws {
        try await Books.playGroups { books in
            try await books.group("Board", .board)
            try await books.sit("a", in: "Board", as: .chair, from: "2025-04-24", until: "2027-05-31")
            let again = try await books.elect("a", in: "Board", from: "2027-04-22")
            #expect(again.lines == ["a chair 2025-04-24–2027-04-21", "a chair 2027-04-22–"])
            #expect(again.seats.map { $0.lastDayElected(to: .board)?.description } == ["2027-05-31", "2029-05-31"])
        }
    }

    @Test func aChairWhoseSeatBeginsThenOrLaterIsInTheWay() async throws {
        try await Self.play { books in
            #expect(try await books.code { try await books.elect("b", in: "Group", from: "2026-01-01") } == "CHAIR_TAKEN")
            try await books.elect("b", in: "Group", from: "2026-09-01")
            #expect(try await books.code { try await books.elect("c", in: "Group", from: "2026-05-01") } == "CHAIR_TAKEN")
            #expect(try await books.code { try await books.elect("c", in: "Nothing", from: "2026-05-01") } == "UNKNOWN_GROUP")
        }
    }

    /// A seat that would have begun on the day itself never was, and may be said again.
    @Test func aSeatOfTheSameDayGivesWay() async throws {
        try await Self.play { books in
            try await books.sit("e", for: "Member 4", in: "Group", from: "2026-09-01", votes: 5)
            let elected = try await books.elect("e", in: "Group", from: "2026-09-01")
            #expect(elected.lines.filter { $0.hasPrefix("e") } == ["e chair 2026-09-01–"])
            #expect(try elected.line(on: "2026-09-01").first == "e chair 5")
            let next = try await books.elect("b", in: "Group", from: "2026-10-01")
            #expect(next.lines.filter { $0.hasPrefix("e") } == ["e chair 2026-09-01–2026-09-30"])
            let back = try await books.sit("e", for: "Member 4", in: "Group", from: "2026-09-01", until: "2026-09-15")
            let stated = back.seats.first { $0.email == "e@p.example" && $0.role == .member }
            #expect(stated?.votes == 1 && stated?.decision == nil && stated?.term.last?.description == "2026-09-15")
        }
    }

    @Test func anAlternateTakesAMembersPlace() async throws {
        try await Self.play { books in
            func stepIn(_ alternate: String, for member: String, of organisation: String? = nil, from first: String) async throws
                -> GroupRecord
            {
                try await Elections.stepIn(
                    "\(alternate)@p.example", for: "\(member)@p.example", of: organisation, from: try day(first), in: "Group",
                    decision: "B-1",
                    work: try await books.work(on: "2027-01-10", "group step-in"))
            }
            #expect(try await books.code { _ = try await stepIn("d", for: "b", from: "2026-06-01") } == "NOT_AN_ALTERNATE")
            #expect(try await books.code { _ = try await stepIn("c", for: "d", from: "2026-06-01") } == "UNKNOWN_SEAT")
            #expect(try await books.code { _ = try await stepIn("c", for: "b", of: "Member 1", from: "2026-06-01") } == "UNKNOWN_SEAT")
            let stepped = try await stepIn("c", for: "b", from: "2026-06-01")
            #expect(Set(stepped.lines).isSuperset(of: ["c alternate 2026-01-01–2026-05-31", "c member 2026-06-01–2027-12-31"]))
            #expect(try stepped.line(on: "2026-05-31") == ["a chair 2", "b member 3", "b contact 0", "d observer 0", "c alternate 0"])
            #expect(try stepped.line(on: "2026-06-01") == ["a chair 2", "c member 3", "b contact 0", "d observer 0"])
            #expect(stepped.seats.last?.organisationName == "Member 3" && stepped.seats.last?.decision == "B-1")
            #expect(try await books.code { _ = try await stepIn("c", for: "a", from: "2026-07-01") } == "NOT_AN_ALTERNATE")
        }
    }

    /// On the board the rest of the member's term goes on, also where the alternate comes in the year after.
    @Test func theTermOfTheBoardGoesOn() async throws {
        try await Books.playGroups { books in
            try await books.group("Board", .board)
            try await books.sit("a", in: "Board", from: "2025-04-24")
            try await books.sit("b", for: "Member 2", in: "Board", as: .alternate, from: "2026-04-23")
            let work = try await books.work()
            let stepped = try await Elections.stepIn(
                "b@p.example", for: "a@p.example", from: try day("2026-10-01"), in: "Board", work: work)
            #expect(stepped.seats.last?.role == .member && stepped.seats.last?.electedUntil?.description == "2027-05-31")
            #expect(stepped.seats.last?.lastDayElected(to: .board)?.description == "2027-05-31")
        }
    }

    /// Two elections at once: one is held, the other finds a chair whose seat begins on the day.
    @Test func ofTwoElectionsAtOnceOneIsHeld() async throws {
        let registry = MigratedDatabase.registry(try await MigratedDatabase.own())
        let actor = try Actor("tester").orThrow("actor")
        let today = try day("2027-01-10")
        try await registry.perform("prepare", as: actor, on: today) { work in
            let books = Books(transaction: work.transaction)
            try await books.found()
            for index in 1...4 { try await books.member(index, from: "2020-01-01") }
            try await books.importing(["people.csv": "name,email,phone\n" + "abcd".map { "Person \($0),\($0)@p.example,\n" }.joined()])
            try await books.group("Group", .expertCommittee)
            for (index, person) in ["a", "b", "c", "d"].enumerated() {
                try await books.sit(person, for: "Member \(index + 1)", in: "Group", as: index == 0 ? .chair : .member)
            }
        }
        let outcomes = await withTaskGroup(of: Rule?.self) { group in
            for person in ["b", "c", "d"] {
                group.addTask {
                    do {
                        let election = Election(person: "\(person)@p.example", from: today)
                        _ = try await registry.perform("group elect", as: actor, on: today) {
                            try await Elections.elect(election, in: "Group", work: $0)
                        }
                        return nil
                    } catch let refusal as Refusal {
                        return refusal.rule
                    } catch {
                        return .recordInvalid
                    }
                }
            }
            return await group.reduce(into: [Rule?]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == nil }.count == 1 && outcomes.filter { $0 == .chairTaken }.count == 2, "\(outcomes)")
        let roster = try await registry.read(as: actor, on: today) { try await Groups.find("Group", in: $0).roster(on: today) }
        #expect(roster.seats.count == 3 && roster.chair != nil)
    }
}
