import Domain
import Postgres
import Registry
import Testing

/// Groups and their seats: created, joined, left, and what is refused (DOMAIN §4).
@Suite(.serialized) struct GroupTests {
    @Test func aGroupIsCreatedAndFound() async throws {
        try await Books.playGroups { books in
            let group = try await books.group("Styregruppe", .steeringGroup, product: "product", limit: 5)
            #expect(group.productName == "Product" && group.seatLimit == 5 && group.decision == "B-1" && group.decidedBy == .board)
            #expect(try group.commissionedOn == day("2025-01-01") && group.closedOn == nil)
            #expect(try await Groups.find("STYREGRUPPE", in: try await books.work()) == group)
            let undated = try await books.group("Fagligt udvalg", .expertCommittee, on: nil, decision: nil)
            #expect(undated.commissionedOn == nil && undated.decidedBy == nil)
            #expect(try undated.exists(on: day("1990-01-01")))
            let work = try await books.work()
            #expect(try await Groups.list(in: work).map(\.name) == ["Styregruppe", "Fagligt udvalg"])
        }
    }

    @Test func whatIsNoGroupIsRefused() async throws {
        try await Books.playGroups { books in
            try await books.group("Bestyrelse", .board)
            try await books.group("Generalforsamling", .generalAssembly)
            let refusals: [(String, () async throws -> Void)] = [
                ("GROUP_NAME_TAKEN", { try await books.group("BESTYRELSE", .expertCommittee) }),
                ("GROUP_KIND_TAKEN", { try await books.group("Another", .board) }),
                ("GROUP_KIND_TAKEN", { try await books.group("Another", .generalAssembly) }),
                ("GROUP_PRODUCT_UNFIT", { try await books.group("Another", .coordinationGroup) }),
                ("GROUP_PRODUCT_UNFIT", { try await books.group("Another", .interestGroup, product: "Product") }),
                ("UNKNOWN_PRODUCT", { try await books.group("Another", .steeringGroup, product: "Nothing") }),
                ("UNKNOWN_DECISION", { try await books.group("Another", .steeringGroup, decision: "NONE") }),
                ("TEXT_INVALID", { try await books.group(" ", .steeringGroup) }),
                ("NUMBER_INVALID", { try await books.group("Another", .steeringGroup, limit: 0) }),
                ("UNKNOWN_GROUP", { _ = try await Groups.find("Another", in: try await books.work()) }),
            ]
            for (code, body) in refusals { #expect(try await books.code(body) == code) }
        }
    }

    @Test func aSeatIsTakenAndGivenUp() async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            try await books.sit("a", in: "group")
            try await books.sit("b", for: "Supplier", in: "Group", from: "2026-02-01")
            try await books.sit("c", for: "Member 2", in: "Group", as: .observer, until: "2026-12-31")
            let work = try await books.work(on: "2027-01-10", "group leave")
            let left = try await Seats.leave("Group", person: "a@p.example", last: try day("2026-06-30"), in: work)
            #expect(left.lines == ["a member 2026-01-01–2026-06-30", "c observer 2026-01-01–2026-12-31", "b member 2026-02-01–"])
            #expect(try left.line(on: "2025-12-31") == [])
            #expect(try left.line(on: "2026-06-30") == ["a member 1", "b member 0", "c observer 0"])
            #expect(try left.line(on: "2026-07-01") == ["b member 0", "c observer 0"])
            #expect(try left.line(on: "2027-01-01") == ["b member 0"])
            let entry = try await AuditLog.list(limit: 1, in: work).first?.record
            #expect(entry?.record == "seat" && entry?.useCase == "group leave" && entry?.change == .changed)
        }
    }

    @Test func anybodyNewIsRegisteredByName() async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            let facts = SeatFacts(role: .contact, term: try Term(first: day("2026-01-01"), last: nil).orThrow("no term"))
            let group = try await Seats.join(
                facts, person: "new@p.example", named: "New one", for: "Member 1", in: "Group", decision: "B-1", in: try await books.work())
            #expect(group.seats.map(\.personName) == ["New one"] && group.seats.map(\.decision) == ["B-1"])
            let bad = try await books.code {
                _ = try await Seats.join(facts, person: "new", named: "N", for: "Member 1", in: "Group", in: try await books.work())
            }
            #expect(bad == "EMAIL_INVALID")
        }
    }

    @Test func whoHasSeveralSeatsGivesUpThoseThatAreMeant() async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            try await books.sit("a", in: "Group")
            try await books.sit("a", in: "Group", as: .contact)
            try await books.sit("a", for: "Member 2", in: "Group")
            try await books.sit("a", for: "Member 3", in: "Group", until: "2026-03-31")
            func leave(_ organisation: String? = nil, _ role: SeatRole? = nil, _ last: String) async throws -> [String] {
                try await Seats.leave(
                    "Group", person: "a@p.example", for: organisation, as: role, last: try day(last), in: try await books.work()
                ).seats.map { "\($0.organisationName.suffix(1)) \($0.role.rawValue) \($0.term.last?.description ?? "")" }
            }
            #expect(try await leave(nil, .contact, "2026-06-30").contains("1 contact 2026-06-30"))
            #expect(try await leave("Member 2", nil, "2026-07-31").contains("2 member 2026-07-31"))
            let all = try await leave(nil, nil, "2026-08-31")
            #expect(Set(all) == ["1 contact 2026-06-30", "1 member 2026-08-31", "2 member 2026-07-31", "3 member 2026-03-31"])
            #expect(try await books.code { _ = try await leave(nil, nil, "2026-09-30") } == "UNKNOWN_SEAT")
            #expect(try await books.code { _ = try await leave("Nobody", nil, "2026-01-30") } == "UNKNOWN_ORGANISATION")
        }
    }

    @Test func whatIsNoSeatIsRefused() async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup, limit: 2)
            try await books.group("Assembly", .generalAssembly)
            try await books.sit("a", in: "Group", as: .chair, until: "2026-06-30")
            try await books.sit("b", in: "Group")
            let refusals: [(String, () async throws -> Void)] = [
                ("UNKNOWN_GROUP", { try await books.sit("c", in: "Another") }),
                ("UNKNOWN_PERSON", { try await books.sit("x", in: "Group") }),
                ("UNKNOWN_ORGANISATION", { try await books.sit("c", for: "Nobody", in: "Group") }),
                ("GROUP_FULL", { try await books.sit("c", in: "Group") }),
                ("OVERLAPPING_SEAT", { try await books.sit("b", in: "Group", from: "2026-09-01") }),
                ("OVERLAPPING_SEAT", { try await books.sit("b", in: "Group", from: "2026-07-01", until: "2026-07-01") }),
                ("CHAIR_TAKEN", { try await books.sit("c", in: "Group", as: .chair, from: "2025-06-01") }),
                ("ROLE_WITHOUT_VOTES", { try await books.sit("c", in: "Group", as: .secretary, votes: 1) }),
                ("ASSEMBLY_WITHOUT_SEATS", { try await books.sit("c", in: "Assembly") }),
                ("GROUP_NOT_THERE", { try await books.sit("c", in: "Group", as: .observer, from: "2024-12-31") }),
            ]
            for (code, body) in refusals { #expect(try await books.code(body) == code) }
            // One goes, and there is room; who does not vote takes none.
            try await books.sit("d", in: "Group", as: .observer)
            try await books.sit("c", in: "Group", as: .chair, from: "2026-07-01")
            try await books.sit("b", for: "Member 2", in: "Group", as: .alternate)
        }
    }
}
