import Domain
import Postgres
import Registry
import Testing

/// Seats follow when organisations become one (DOMAIN §2): shown first, then carried over.
@Suite(.serialized) struct SeatSuccessionTests {
    /// Members 1 and 2 become "Both".
    private static func play(_ scenario: @Sendable (Books) async throws -> Void) async throws {
        try await Books.playGroups { books in
            try await books.body(9, "Both")
            try await books.group("Group", .interestGroup)
            try await scenario(books)
        }
    }

    private static func carryOut(
        _ predecessors: [String] = ["Member 1", "Member 2"], by successor: String = "Both", in books: Books
    ) async throws -> SuccessionPlan {
        var kept: Set<Identifier<Agreement>> = []
        let work = try await books.work(on: "2026-12-01", "organisation succeed")
        // Of their own agreements the first one's hold.
        let first = try await Organisations.find(predecessors[0], in: work)
        for agreement in try await Agreements.list(of: first.id, in: work) { kept.insert(agreement.id) }
        let day = try day("2027-01-01")
        let seen = try await Succession.plan(predecessors, by: successor, on: day, keeping: kept, in: work)
        let done = try await Succession.carryOut(predecessors, by: successor, on: day, keeping: kept, decision: "GF-2", in: work)
        #expect(seen.seats == done.seats)
        return done
    }

    private static func lines(_ group: String, in books: Books) async throws -> [String] {
        try await Groups.find(group, in: try await books.work()).seats.map {
            "\($0.email.prefix(1)) \($0.organisationName) \($0.role.rawValue) \($0.term.first)–\($0.term.last?.description ?? "")"
        }.sorted()
    }

    @Test func seatsEndTheDayBeforeAndGoOn() async throws {
        try await Self.play { books in
            try await books.sit("a", for: "Member 1", in: "Group", as: .chair, votes: 3)
            try await books.sit("b", for: "Member 2", in: "Group", until: "2027-06-30")
            try await books.sit("c", for: "Member 2", in: "Group", until: "2026-12-31")
            try await books.sit("d", for: "Member 2", in: "Group", as: .contact, from: "2027-03-01")
            try await books.sit("e", for: "Member 3", in: "Group")
            let plan = try await Self.carryOut(in: books)
            #expect(
                plan.seats.map { "\($0.seat.email.prefix(1)) \($0.goesOver) \($0.isSecondOnBoard)" } == [
                    "a true false", "b true false", "d true false",
                ])
            #expect(
                try await Self.lines("Group", in: books) == [
                    "a Both chair 2027-01-01–", "a Member 1 chair 2026-01-01–2026-12-31", "b Both member 2027-01-01–2027-06-30",
                    "b Member 2 member 2026-01-01–2026-12-31", "c Member 2 member 2026-01-01–2026-12-31", "d Both contact 2027-03-01–",
                    "e Member 3 member 2026-01-01–",
                ])
            let roster = try await Groups.find("Group", in: try await books.work()).line(on: "2027-01-01")
            #expect(roster == ["a chair 3", "e member 1", "b member 1"])
            // A folder that still says who was to sit for the predecessor undoes nothing.
            let header = "group,email,organisation,role,votes,from,until,elected_until,decision,void\n"
            let before = try await Groups.find("Group", in: try await books.work())
            let rows = "Group,a@p.example,Member 1,chair,,2026-01-01,,,,\nGroup,d@p.example,Member 2,contact,,2027-03-01,,,,\n"
            #expect(try await books.importing(["seats.csv": header + rows]).isUnchanged)
            #expect(try await Groups.find("Group", in: try await books.work()) == before)
        }
    }

    @Test func nobodyGetsASeatTwice() async throws {
        try await Self.play { books in
            try await books.sit("a", for: "Member 1", in: "Group")
            try await books.sit("a", for: "Member 2", in: "Group")
            try await books.sit("b", for: "Member 2", in: "Group")
            try await books.sit("b", for: "Both", in: "Group")
            try await books.sit("b", for: "Member 1", in: "Group", as: .observer)
            let plan = try await Self.carryOut(in: books)
            #expect(
                plan.seats.map { "\($0.seat.email.prefix(1)) \($0.seat.organisationName.suffix(1)) \($0.goesOver)" } == [
                    "a 1 true", "b 1 true", "a 2 false", "b 2 false",
                ])
            #expect(
                try await Self.lines("Group", in: books).filter { $0.contains("Both") } == [
                    "a Both member 2027-01-01–", "b Both member 2026-01-01–", "b Both observer 2027-01-01–",
                ])
            #expect(try await Self.lines("Group", in: books).filter { $0.contains("Member") && !$0.hasSuffix("–2026-12-31") } == [])
        }
    }

    /// Two of them on the board are a finding afterwards, and the rest of a term goes on.
    @Test func twoOnTheBoardAreAFinding() async throws {
        try await Self.play { books in
            try await books.group("Board", .board)
            for (index, person) in ["a", "b", "c", "d", "e", "f"].enumerated() {
                try await books.sit(person, for: "Member \(index + 1)", in: "Board", as: index == 0 ? .chair : .member, from: "2025-04-24")
            }
            try await books.sit("g", for: "The association", in: "Board", as: .contact, from: "2025-04-24")
            try await books.sit("g", for: "The association", in: "Group", as: .contact, from: "2025-04-24")
            let plan = try await Self.carryOut(in: books)
            #expect(plan.conflicts.isEmpty && plan.seats.map(\.isSecondOnBoard) == [false, true])
            let findings = try await GroupFindings.list(in: try await books.work(on: "2027-01-10")).filter { $0.groupName == "Board" }
            #expect(findings.map(\.kind) == [.twoBoardSeats] && findings.first?.seats.map(\.personName) == ["Person a", "Person b"])
            #expect(findings.first?.since?.description == "2027-01-01" && findings.first?.facts == ["Both"])
            let group = try await Groups.find("Board", in: try await books.work())
            let taken = group.seats.filter { $0.organisationName == "Both" }
            #expect(taken.map { $0.lastDayElected(to: .board)?.description } == ["2027-05-31", "2027-05-31"])
        }
    }

    @Test func whatClosesBeforeTheDayIsNotConcerned() async throws {
        try await Self.play { books in
            try await books.sit("a", for: "Member 1", in: "Group")
            try await books.importing([
                "groups.csv": "name,kind,product,commissioned_on,closed_on,seat_limit,decision\nGroup,interestGroup,,,2026-12-31,,\n"
            ])
            let plan = try await Self.carryOut(in: books)
            #expect(plan.seats.isEmpty)
            #expect(try await Self.lines("Group", in: books) == ["a Member 1 member 2026-01-01–"])
        }
    }
}
