import Domain
import Postgres
import Registry
import Testing

/// Meetings and commissioning documents of groups (DOMAIN §4).
@Suite(.serialized) struct MeetingTests {
    private static func play(_ scenario: @Sendable (Books) async throws -> Void) async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            try await books.sit("a", in: "Group", until: "2026-06-30")
            try await books.sit("b", in: "Group", as: .alternate)
            try await scenario(books)
        }
    }

    private static func record(
        _ facts: MeetingFacts = MeetingFacts(), on date: String, movedTo other: String? = nil, _ attendance: [(String, Bool)] = [],
        today: String = "2027-01-10", in books: Books
    ) async throws -> [MeetingRecord] {
        try await Meetings.record(
            facts, on: try day(date), movedTo: try other.map(day), attendance: attendance.map { ("\($0.0)@p.example", $0.1) }, of: "group",
            in: try await books.work(on: today, "group meeting"))
    }

    @Test func aMeetingIsPlannedHeldAndMinuted() async throws {
        try await Self.play { books in
            let agenda = try WebLink("https://os2.example/agenda").orThrow("no link")
            let minutes = try WebLink("https://os2.example/minutes").orThrow("no link")
            let planned = try await Self.record(
                MeetingFacts(calledOn: try day("2026-05-01"), agenda: agenda), on: "2026-06-30", today: "2026-05-02", in: books)
            #expect(planned.map(\.agenda) == [agenda] && planned.map(\.minutes) == [nil] && planned.map(\.attendance) == [[]])
            let held = try await Self.record(
                MeetingFacts(minutes: minutes), on: "2026-06-30", [("b", true), ("a", false)], today: "2026-06-30", in: books)
            #expect(held.map(\.agenda) == [agenda] && held.map(\.minutes) == [minutes])
            #expect(try held.map(\.calledOn) == [day("2026-05-01")])
            #expect(held.first?.attendance.map { "\($0.name) \($0.isPresent)" } == ["Person a false", "Person b true"])
            let corrected = try await Self.record(on: "2026-06-30", [("a", true)], in: books)
            #expect(corrected.first?.attendance.map(\.isPresent) == [true, true])
        }
    }

    @Test func aMeetingIsMovedAndCancelled() async throws {
        try await Self.play { books in
            let agenda = try WebLink("https://os2.example/agenda").orThrow("no link")
            _ = try await Self.record(MeetingFacts(agenda: agenda), on: "2027-03-01", in: books)
            _ = try await Self.record(on: "2027-05-01", in: books)
            let moved = try await Self.record(on: "2027-03-01", movedTo: "2027-03-08", in: books)
            #expect(try moved.map(\.heldOn) == [day("2027-03-08"), day("2027-05-01")] && moved.first?.agenda == agenda)
            let taken = try await books.code { _ = try await Self.record(on: "2027-03-08", movedTo: "2027-05-01", in: books) }
            #expect(taken == "MEETING_EXISTS")
            let cancelled = try await Self.record(MeetingFacts(isVoid: true), on: "2027-05-01", in: books)
            #expect(cancelled.count == 1)
            // Planned again it stands again; back on its old day as well.
            #expect(try await Self.record(on: "2027-05-01", in: books).count == 2)
            #expect(
                try await Self.record(on: "2027-03-08", movedTo: "2027-03-01", in: books).map(\.heldOn) == [
                    day("2027-03-01"), day("2027-05-01"),
                ])
        }
    }

    @Test func whatIsNoMeetingIsRefused() async throws {
        try await Self.play { books in
            let refusals: [(String, () async throws -> Void)] = [
                ("UNKNOWN_MEETING", { _ = try await Self.record(on: "2026-05-01", movedTo: "2026-06-01", in: books) }),
                ("UNKNOWN_MEETING", { _ = try await Self.record(MeetingFacts(isVoid: true), on: "2026-05-01", in: books) }),
                (
                    "CALLED_AFTER_MEETING",
                    { _ = try await Self.record(MeetingFacts(calledOn: try day("2026-05-02")), on: "2026-05-01", in: books) }
                ),
                ("MEETING_NOT_HELD", { _ = try await Self.record(on: "2026-05-01", [("a", true)], today: "2026-04-30", in: books) }),
                ("NO_SEAT_THAT_DAY", { _ = try await Self.record(on: "2026-07-01", [("a", true)], in: books) }),
                ("NO_SEAT_THAT_DAY", { _ = try await Self.record(on: "2026-05-01", [("c", false)], in: books) }),
                ("UNKNOWN_PERSON", { _ = try await Self.record(on: "2026-05-01", [("x", true)], in: books) }),
            ]
            for (code, body) in refusals { #expect(try await books.code(body) == code) }
            let group = try await Groups.find("Group", in: try await books.work())
            #expect(try await Meetings.list(of: group.id, in: try await books.work()).isEmpty)
        }
    }

    @Test func aVersionIsSignedOnceAndItsPaperIsKept() async throws {
        try await Self.play { books in
            let (one, two) = (try VersionNumber("1").orThrow("version"), try VersionNumber("1.1").orThrow("version"))
            let signature = Signature(name: "N. N.", title: "Formand", date: try day("2026-02-01"))
            func sign(_ version: VersionNumber, _ signature: Signature, _ content: [UInt8]? = nil) async throws -> [CommissionRecord] {
                try await Commissions.sign(
                    version, of: "group", signature, link: WebLink("https://os2.example/k"), document: content.map { ("k.pdf", $0) },
                    in: try await books.work())
            }
            #expect(try await sign(one, signature).map(\.documents) == [[]])
            let kept = try await sign(one, signature, Array("abc".utf8))
            #expect(kept.first?.documents.map(\.sha256) == ["ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"])
            #expect(try await sign(one, signature, Array("abc".utf8)).first?.documents.count == 1)
            let other = Signature(name: "N. N.", title: "Formand", date: try day("2026-02-02"))
            #expect(try await books.code { _ = try await sign(one, other) } == "COMMISSION_EXISTS")
            #expect(try await books.code { _ = try await sign(two, Signature(name: "", title: "T", date: other.date)) } == "VALUE_MISSING")
            #expect(try await books.code { _ = try await sign(two, Signature(name: "N", title: "", date: other.date)) } == "VALUE_MISSING")
            let both = try await sign(two, other)
            #expect(both.map(\.version) == [one, two] && both.map(\.signature) == [signature, other])
        }
    }

    @Test(arguments: ["1", "1.2", "10.0.3", "01", String(repeating: "1", count: 20)])
    func aVersionIsNumbersWithPoints(text: String) { #expect(VersionNumber(text)?.description == text) }

    @Test(arguments: ["", ".", "1.", ".1", "1..2", "v1", "1 2", "1,2", "-1", String(repeating: "1", count: 21)])
    func anythingElseIsNoVersion(text: String) { #expect(VersionNumber(text) == nil) }

    /// The program and the database draw the same line.
    @Test(arguments: ["https://x", "http://x.example/a?b=c#d", "https://æ.example", "https://x/\u{301}"])
    func aLinkIsOneInBoth(text: String) async throws {
        #expect(WebLink(text) != nil)
        #expect(try await Self.stores(text))
    }

    @Test(arguments: [
        "", "https://", "http://", "ftp://x", "x.example", "https://a b", "https://a\u{A0}b", "https://a\tb", "https://a\u{7F}",
        "HTTPS://x",
        "https://" + String(repeating: "x", count: 500),
    ])
    func anythingElseIsNoLink(text: String) async throws {
        #expect(WebLink(text) == nil)
        if !text.contains("\u{A0}") { #expect(try await !Self.stores(text)) }
    }

    private static func stores(_ link: String) async throws -> Bool {
        let connection = try await MigratedDatabase.connect(try await MigratedDatabase.shared.value, as: "batch")
        let definition = try await connection.only(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'meeting_agenda_link'", as: String.self)
        #expect(definition.contains("https?://"))
        let stores = try await connection.only(
            "SELECT \(link) ~ '^https?://[^[:space:][:cntrl:]]+$' AND length(\(link)) <= 500", as: Bool.self)
        await connection.close()
        return stores
    }
}
