import Domain
import Postgres
import Registry
import Testing

/// Lists and findings of groups as the database answers them, in the same number of statements for few and for many.
@Suite(.serialized) struct GroupFindingListTests {
    @Test func findingsFollowFromWhatIsRegistered() async throws {
        try await Books.playGroups { books in
            try await books.group("Board", .board, on: "2024-01-01")
            for (index, person) in ["a", "b", "c", "d", "e"].enumerated() {
                try await books.sit(
                    person, for: "Member \(index + 1)", in: "Board", as: index == 0 ? .chair : .member,
                    from: index == 1 ? "2024-04-25" : "2025-04-24")
            }
            try await books.sit("f", for: "The association", in: "Board", as: .contact, from: "2024-01-01")
            try await books.group("Steering", .steeringGroup, product: "Product", decision: nil)
            try await books.sit("g", for: "Member 2", in: "Steering", as: .chair)
            try await books.sit("h", for: "Member 3", in: "Steering", as: .contact)
            try await books.sit("f", for: "Supplier", in: "Steering", votes: 1)
            let agreement = try await Agreements.list(
                of: try await Organisations.find("Member 2", in: try await books.work()).id, in: try await books.work())
            for record in agreement {
                try await Agreements.move(record.id, .exclude(lastDay: try day("2026-12-31")), decision: "B-1", in: try await books.work())
            }
            func lines(on today: String) async throws -> [String] {
                try await GroupFindings.list(in: try await books.work(on: today)).map {
                    "\($0.kind.rawValue) \($0.groupName ?? $0.productName ?? "") \($0.since?.description ?? "") \($0.seats.map { String($0.email.prefix(1)) }.joined())"
                }
            }
            #expect(
                try await lines(on: "2026-12-31") == [
                    "TERM_EXPIRED Board 2026-06-01 b", "VOTES_NOT_ALLOWED Steering 2026-01-01 f",
                    "BOARD_NOT_REPRESENTED Steering 2026-01-01 ",
                    "STEERING_GROUP_NOT_APPROVED Steering 2025-01-01 ",
                ])
            // The model of 2016 asks for something else, and what was before has to be looked at by what held before.
            #expect(
                try await lines(on: "2025-12-31") == [
                    "NO_CHAIR Steering 2025-01-01 ", "NO_CONTACT Steering 2025-01-01 ", "BOARD_MAJORITY_MISSING Steering 2025-01-01 ",
                    "STEERING_GROUP_NOT_APPROVED Steering 2025-01-01 ",
                ])
            #expect(
                try await lines(on: "2027-01-01").prefix(3) == [
                    "ORGANISATION_LEFT Board 2027-01-01 b", "TERM_EXPIRED Board 2026-06-01 b", "ORGANISATION_LEFT Steering 2027-01-01 g",
                ])
        }
    }

    @Test func withoutAModelNobodyCanTell() async throws {
        try await Books.playGroups { books in
            #expect(try await GroupFindings.list(in: try await books.work(on: "2015-12-31")).map(\.kind) == [.steeringGroupMissing])
            try await books.group("Steering", .steeringGroup, product: "Product")
            let refused = try await books.code { _ = try await GroupFindings.list(in: try await books.work(on: "2015-12-31")) }
            #expect(refused == "SETTING_MISSING")
            #expect(try await books.code { _ = try await GroupFindings.list(in: try await books.work(on: "2016-01-01")) } == nil)
        }
    }

    @Test func listsAreNarrowedDown() async throws {
        try await Books.playGroups { books in
            try await books.group("Ældrerådet", .interestGroup)
            try await books.group("Steering", .steeringGroup, product: "Product")
            try await books.group("Zonen", .interestGroup)
            try await books.sit("a", for: "Member 4", in: "Zonen", until: "2026-06-30")
            try await books.sit("a", for: "Member 5", in: "Ældrerådet", from: "2026-07-01")
            func names(_ kind: GroupKind? = nil, _ product: String? = nil, _ organisation: String? = nil, on today: String = "2027-01-10")
                async throws -> [String]
            {
                let work = try await books.work(on: today)
                var (of, with): (Identifier<Product>?, Identifier<Organisation>?)
                if let product { of = try await Products.find(product, in: work).id }
                if let organisation { with = try await Organisations.find(organisation, in: work).id }
                return try await Groups.list(kind, of: of, with: with, in: work).map(\.name)
            }
            #expect(try await names() == ["Steering", "Zonen", "Ældrerådet"])
            #expect(try await names(.interestGroup) == ["Zonen", "Ældrerådet"])
            #expect(try await names(nil, "Product") == ["Steering"])
            #expect(try await names(nil, nil, "Member 4", on: "2026-06-30") == ["Zonen"])
            #expect(try await names(nil, nil, "Member 4", on: "2026-07-01") == [])
            #expect(try await names(.interestGroup, nil, "Member 5") == ["Ældrerådet"])
            #expect(try await names(.steeringGroup, nil, "Member 5") == [])
        }
    }

    /// Counted by the server: each statement of a session is planned each time it runs.
    @Test func theNumberOfStatementsDoesNotGrow() async throws {
        try await Books.playGroups { books in
            func count(_ body: (Work) async throws -> Void) async throws -> Int64 {
                let work = try await books.work()
                // Once before, so that it is prepared.
                try await body(work)
                let before = try await Self.executions(books)
                try await body(work)
                return try await Self.executions(books) - before
            }
            func counts() async throws -> [Int64] {
                [
                    try await count { _ = try await Groups.list(in: $0) },
                    try await count { _ = try await Groups.find("Group 1", in: $0) },
                    try await count { _ = try await GroupFindings.list(in: $0) },
                    try await count { _ = try await Meetings.list(of: try await Groups.find("Group 1", in: $0).id, in: $0) },
                    try await count { _ = try await Commissions.list(of: try await Groups.find("Group 1", in: $0).id, in: $0) },
                    try await count { _ = try await Succession.plan(["Member 1"], by: "Member 2", on: try day("2027-02-01"), in: $0) },
                ]
            }
            func grow(_ numbers: ClosedRange<Int>) async throws {
                for number in numbers {
                    try await books.group("Group \(number)", .interestGroup)
                    for person in ["a", "b"] { try await books.sit(person, in: "Group \(number)") }
                    for month in 1...3 {
                        _ = try await Meetings.record(
                            MeetingFacts(), on: try day("2026-0\(month)-01"), attendance: [("a@p.example", true)], of: "Group 1",
                            in: try await books.work())
                    }
                    _ = try await Commissions.sign(
                        try VersionNumber(String(number)).orThrow("version"), of: "Group 1",
                        Signature(name: "S", title: "T", date: try day("2026-01-01")), in: try await books.work())
                }
            }
            try await grow(1...1)
            let few = try await counts()
            try await grow(2...20)
            #expect(try await counts() == few)
            // One of them asks for the count.
            #expect(few.prefix(3) == [3, 3, 6])
        }
    }

    private static func executions(_ books: Books) async throws -> Int64 {
        try await books.transaction.only("SELECT sum(generic_plans + custom_plans)::int8 FROM pg_prepared_statements", as: Int64.self)
    }
}
