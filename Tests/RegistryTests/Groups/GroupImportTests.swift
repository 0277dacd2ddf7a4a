import Domain
import Interchange
import Postgres
import Registry
import Testing

/// Groups as a folder says them: twice is once, what the verbs did since stays, and every fault at its place (DOMAIN §3, rule 17).
@Suite(.serialized) struct GroupImportTests {
    private static let groups = """
        name,kind,product,commissioned_on,closed_on,seat_limit,decision
        Group,steeringGroup,Product,2025-01-01,,5,B-1
        Assembly,generalAssembly,,,,,

        """
    private static let seatHeader = "group,email,organisation,role,votes,from,until,elected_until,decision,void\n"
    private static let seats =
        seatHeader + """
            Group,a@p.example,Member 1,chair,2,2026-01-01,,,B-1,
            group,b@p.example,Member 2,member,,2026-01-01,2026-12-31,2026-06-30,,no
            Group,c@p.example,Member 3,alternate,,2026-01-01,,,,
            Group,d@p.example,Member 3,member,,2026-01-01,,,,yes

            """
    private static let meetingHeader = "group,held_on,called_on,agenda,minutes,present,absent,void\n"
    private static let meetings =
        meetingHeader + """
            Group,2026-05-01,2026-04-01,https://os2.example/a,https://os2.example/m,a@p.example c@p.example,b@p.example,
            Group,2027-05-01,,,,,,
            Assembly,2027-04-22,2027-03-20,,,,,

            """
    private static let commissionHeader = "group,version,signed_on,signed_by,signer_title,link\n"
    private static let commissions = commissionHeader + "Group,1.0,2025-01-01,N. N.,Formand,https://os2.example/k\n"

    private static let files = [
        "groups.csv": groups, "seats.csv": seats, "meetings.csv": meetings, "commissions.csv": commissions,
    ]

    @Test func twiceIsOnce() async throws {
        try await Books.playGroups { books in
            let first = try await books.importing(Self.files)
            let added = [ImportSummary.Kind.groups, .seats, .meetings, .commissions].map { first.counts[$0]?.added }
            #expect(added == [2, 4, 3, 1])
            #expect(try await books.importing(Self.files).isUnchanged)
            let group = try await Groups.find("Group", in: try await books.work())
            #expect(group.lines == ["a chair 2026-01-01–", "b member 2026-01-01–2026-12-31", "c alternate 2026-01-01–"])
            #expect(group.seats.map(\.votes) == [2, 1, 0] && group.seatLimit == 5 && group.decidedBy == .board)
            #expect(group.seats.map(\.electedUntil?.description) == [nil, "2026-06-30", nil])
            let held = try await Meetings.list(of: group.id, in: try await books.work())
            #expect(
                held.first?.attendance.map { "\($0.email) \($0.isPresent)" } == [
                    "a@p.example true", "b@p.example false", "c@p.example true",
                ])
        }
    }

    @Test func whatTheVerbsDidSinceStays() async throws {
        try await Books.playGroups { books in
            // A row that states a last day sets it again; these state none.
            let open = ["seats.csv": Self.seats.replacing(",2026-12-31,2026-06-30,", with: ",,,")]
            try await books.importing(Self.files.merging(open) { $1 })
            try await books.elect("b", in: "Group", from: "2026-09-01", formerStays: true)
            let work = try await books.work()
            _ = try await Elections.stepIn(
                "c@p.example", for: "a@p.example", from: try day("2026-10-01"), in: "Group", work: work)
            _ = try await Meetings.record(MeetingFacts(), on: try day("2027-05-01"), movedTo: try day("2027-05-08"), of: "Group", in: work)
            _ = try await Meetings.record(
                MeetingFacts(), on: try day("2026-05-01"), attendance: [("b@p.example", true)], of: "Group", in: work)
            let before = try await Groups.find("Group", in: work)
            // But for who was there, of which the folder says something else.
            let silent = ["meetings.csv": Self.meetings.replacing(",b@p.example,\n", with: ",,\n")]
            let files = Self.files.merging(open.merging(silent) { $1 }) { $1 }
            #expect(try await books.importing(files).isUnchanged)
            #expect(try await Groups.find("Group", in: work) == before)
            #expect(try await Meetings.list(of: before.id, in: work).map(\.heldOn.description) == ["2026-05-01", "2027-05-08"])
            #expect(try await books.importing(Self.files.merging(open) { $1 }).counts[.meetings]?.changed == 1)
        }
    }

    @Test func aBlankCellErasesNothingAndAnotherOneChanges() async throws {
        try await Books.playGroups { books in
            try await books.importing(Self.files)
            let blank = [
                "groups.csv": "name,kind,product,commissioned_on,closed_on,seat_limit,decision\nGroup,steeringGroup,,,,,\n",
                "seats.csv": Self.seatHeader
                    + "Group,a@p.example,Member 1,chair,,2026-01-01,,,,\nGroup,d@p.example,Member 3,member,,2026-01-01,,,,\n",
                "meetings.csv": Self.meetingHeader + "Group,2026-05-01,,,,,,\n",
                "commissions.csv": Self.commissionHeader + "Group,1.0,2025-01-01,N. N.,Formand,\n",
            ]
            #expect(try await books.importing(blank).isUnchanged)
            let other = [
                "groups.csv":
                    "name,kind,product,commissioned_on,closed_on,seat_limit,decision\nGROUP,steeringGroup,,2025-02-01,2027-12-31,6,GF-1\n",
                "seats.csv": Self.seatHeader + "Group,a@p.example,Member 1,chair,3,2026-01-01,2026-11-30,2026-10-31,GF-1,\n",
                "meetings.csv": Self.meetingHeader + "Group,2026-05-01,2026-04-02,,,,,\n",
                "commissions.csv": Self.commissionHeader + "Group,1.0,2025-01-02,N. N.,Formand,\n",
            ]
            let summary = try await books.importing(other)
            for kind in [ImportSummary.Kind.groups, .seats, .meetings, .commissions] {
                #expect(summary.counts[kind]?.changed == 1, "\(kind)")
            }
            let group = try await Groups.find("Group", in: try await books.work())
            #expect(
                group.name == "GROUP" && group.closedOn?.description == "2027-12-31" && group.seatLimit == 6 && group.decision == "GF-1")
            let chair = try group.seats.first.orThrow("no seat")
            #expect(chair.votes == 3 && chair.term.last?.description == "2026-11-30" && chair.decision == "GF-1")
        }
    }

    /// A first day that moves is a void row and a new one, in whatever order they stand; so is a chair who makes room for the next.
    @Test func aMovedSeatIsAVoidRowAndANewOne() async throws {
        try await Books.playGroups { books in
            try await books.importing(Self.files)
            let moved = """
                Group,a@p.example,Member 1,chair,2,2026-02-01,2026-08-31,,,
                Group,e@p.example,Member 4,chair,,2026-09-01,,,,
                Group,a@p.example,Member 1,chair,,2026-01-01,,,,yes

                """
            let summary = try await books.importing(["seats.csv": Self.seatHeader + moved])
            #expect(summary.counts[.seats] == .init(added: 2, changed: 1))
            let group = try await Groups.find("Group", in: try await books.work())
            #expect(group.lines.filter { $0.contains("chair") } == ["a chair 2026-02-01–2026-08-31", "e chair 2026-09-01–"])
            #expect(try await books.importing(["seats.csv": Self.seatHeader + moved]).isUnchanged)
            // Taken back, it is stated anew.
            let back = "Group,d@p.example,Member 3,member,,2026-01-01,2026-03-31,,,no\n"
            #expect(try await books.importing(["seats.csv": Self.seatHeader + back]).counts[.seats]?.changed == 1)
            let cancelled = "Group,2027-05-01,,,,,,yes\nGroup,2027-05-08,,,,,,\n"
            #expect(
                try await books.importing(["meetings.csv": Self.meetingHeader + cancelled]).counts[.meetings] == .init(added: 1, changed: 1)
            )
            #expect(
                try await Meetings.list(of: group.id, in: try await books.work()).map(\.heldOn.description) == ["2026-05-01", "2027-05-08"])
        }
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let file: String
        let row: String
        let problem: String
        var testDescription: String { "\(file): \(row)" }

        init(_ file: String, _ row: String, _ problem: String) {
            self.file = file
            self.row = row
            self.problem = problem
        }
    }

    static let faults: [Fault] = [
        Fault("groups.csv", ",board,,,,,", "1 VALUE_MISSING"),
        Fault("groups.csv", "New,committee,,,,,", "5 VALUE_UNKNOWN"),
        Fault("groups.csv", "New,steeringGroup,Nothing,,,,", "19 UNKNOWN_PRODUCT"),
        Fault("groups.csv", "New,coordinationGroup,,,,,", "1 GROUP_PRODUCT_UNFIT"),
        Fault("groups.csv", "New,generalAssembly,,,,,", "1 GROUP_KIND_TAKEN"),
        Fault("groups.csv", "New,steeringGroup,,2026-02-30,,,", "20 DATE_INVALID"),
        Fault("groups.csv", "New,steeringGroup,,2026-02-02,2026-02-01,,", "1 END_BEFORE_START"),
        Fault("groups.csv", "New,steeringGroup,,,,0,", "22 NUMBER_INVALID"),
        Fault("groups.csv", "New,steeringGroup,,,,1001,", "22 NUMBER_INVALID"),
        Fault("groups.csv", "New,steeringGroup,,,,,NONE", "23 UNKNOWN_DECISION"),
        Fault("groups.csv", "group,interestGroup,,,,,", "7 NAME_MISMATCH"),
        Fault("groups.csv", "Group,steeringGroup,Other,,,,", "21 NAME_MISMATCH"),
        Fault("seats.csv", "Nothing,a@p.example,Member 1,member,,2026-01-01,,,,", "1 UNKNOWN_GROUP"),
        Fault("seats.csv", "Group,x@p.example,Member 1,member,,2026-01-01,,,,", "7 UNKNOWN_PERSON"),
        Fault("seats.csv", "Group,e@p.example,Nobody,member,,2026-01-01,,,,", "19 UNKNOWN_ORGANISATION"),
        Fault("seats.csv", "Group,e@p.example,,member,,2026-01-01,,,,", "19 VALUE_MISSING"),
        Fault("seats.csv", "Group,e@p.example,Member 1,guest,,2026-01-01,,,,", "28 VALUE_UNKNOWN"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,101,2026-01-01,,,,", "35 NUMBER_INVALID"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,-1,2026-01-01,,,,", "35 NUMBER_INVALID"),
        Fault("seats.csv", "Group,e@p.example,Member 1,observer,1,2026-01-01,,,,", "1 ROLE_WITHOUT_VOTES"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,,,,,", "36 VALUE_MISSING"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,2026-01-02,2026-01-01,,,", "1 END_BEFORE_START"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,2024-12-31,,,,", "1 GROUP_NOT_THERE"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,2026-01-01,,31-12-2026,,", "48 DATE_INVALID"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,2026-01-01,,,NONE,", "49 UNKNOWN_DECISION"),
        Fault("seats.csv", "Group,e@p.example,Member 1,member,,2026-01-01,,,,maybe", "50 VALUE_UNKNOWN"),
        Fault("seats.csv", "Group,e@p.example,Member 1,chair,,2026-06-01,,,,", "1 CHAIR_TAKEN"),
        Fault("seats.csv", "Group,b@p.example,Member 2,member,,2026-12-31,,,,", "1 OVERLAPPING_SEAT"),
        Fault("seats.csv", "Assembly,e@p.example,Member 1,member,,2026-01-01,,,,", "1 ASSEMBLY_WITHOUT_SEATS"),
        Fault("meetings.csv", "Nothing,2026-06-01,,,,,,", "1 UNKNOWN_GROUP"),
        Fault("meetings.csv", "Group,,,,,,,", "7 VALUE_MISSING"),
        Fault("meetings.csv", "Group,2026-06-01,2026-06-02,,,,,", "1 CALLED_AFTER_MEETING"),
        Fault("meetings.csv", "Group,2026-06-01,,os2.example,,,,", "19 LINK_INVALID"),
        Fault("meetings.csv", "Group,2026-06-01,,,https://a b,,,", "20 LINK_INVALID"),
        Fault("meetings.csv", "Group,2026-06-01,,,,a@p.example x@p.example,,", "21 UNKNOWN_PERSON"),
        Fault("meetings.csv", "Group,2026-06-01,,,,,e@p.example,", "22 NO_SEAT_THAT_DAY"),
        Fault("meetings.csv", "Group,2027-06-01,,,,c@p.example,,", "21 MEETING_NOT_HELD"),
        Fault("meetings.csv", "Group,2026-06-01,,,,,,cancelled", "23 VALUE_UNKNOWN"),
        Fault("commissions.csv", "Nothing,1,2026-01-01,N,T,", "1 UNKNOWN_GROUP"),
        Fault("commissions.csv", "Group,v1,2026-01-01,N,T,", "7 VERSION_INVALID"),
        Fault("commissions.csv", "Group,1,,N,T,", "9 VALUE_MISSING"),
        Fault("commissions.csv", "Group,1,2026-01-01,,T,", "20 VALUE_MISSING"),
        Fault("commissions.csv", "Group,1,2026-01-01,N,,", "22 VALUE_MISSING"),
        Fault("commissions.csv", "Group,1,2026-01-01,N,T,file:///k", "24 LINK_INVALID"),
    ]

    private static let headers = [
        "groups.csv": "name,kind,product,commissioned_on,closed_on,seat_limit,decision\n", "seats.csv": seatHeader,
        "meetings.csv": meetingHeader, "commissions.csv": commissionHeader,
    ]

    @Test func whatAFolderMayNotSayIsRefusedAtItsPlace() async throws {
        try await Books.playGroups { books in
            try await books.importing(Self.files)
            try await books.importing(["products.csv": "name,account,repository,level,coordinator\nOther,,,,\n"])
            for fault in Self.faults {
                let header = try Self.headers[fault.file].orThrow("no header")
                let refused = try await #require(throws: ImportRefused.self, "\(fault.testDescription)") {
                    _ = try await books.transaction.savepoint { _ in try await books.importing([fault.file: header + fault.row + "\n"]) }
                }
                let found = refused.problems.map {
                    "\($0.location.file):\($0.location.line):\($0.location.column) \($0.refusal.rule.rawValue)"
                }
                #expect(found == ["\(fault.file):2:\(fault.problem)"], "\(fault.row)")
            }
            #expect(try await books.importing(Self.files).isUnchanged)
        }
    }

    /// What means a row that could not be read is not reported once more, and a row that stands there twice is.
    @Test func everythingComesOutTogetherAndOnlyOnce() async throws {
        try await Books.playGroups { books in
            let files = [
                "groups.csv":
                    "name,kind,product,commissioned_on,closed_on,seat_limit,decision\nBroken,club,,,,,\nFine,interestGroup,,,,,\nfine,interestGroup,,,,,\n",
                "seats.csv": Self.seatHeader + """
                    Broken,a@p.example,Member 1,member,,2026-01-01,,,,
                    Fine,a@p.example,Member 1,member,,2026-01-01,,,,
                    fine,a@p.example,Member 1,member,,2026-01-01,2026-02-01,,,
                    Fine,x@p.example,Member 1,member,,2026-01-01,,,,
                    Fine,b@p.example,Member 1,member,,2026-02-30,,,,
                    Fine,c@p.example,Nobody,member,,2026-01-01,,,,

                    """,
                // Whose seat could not be read or stored is not missed once more; who was given none is.
                "meetings.csv": Self.meetingHeader + """
                    Broken,2026-01-01,,,,,,
                    Fine,2026-01-01,,,,a@p.example x@p.example,,
                    Fine,2026-01-02,,,,a@p.example b@p.example,c@p.example,
                    fine,2026-01-03,,,,,c@p.example,
                    Fine,2026-01-04,,,,y@p.example,,
                    Fine,2026-01-05,,,,,d@p.example,

                    """,
            ]
            let refused = try await #require(throws: ImportRefused.self) {
                _ = try await books.transaction.savepoint { _ in try await books.importing(files) }
            }
            #expect(
                refused.problems.map { "\($0.location) \($0.refusal.rule.rawValue)" } == [
                    "groups.csv:2:8 VALUE_UNKNOWN", "groups.csv:4:1 ROW_DOUBLED", "meetings.csv:6:20 UNKNOWN_PERSON",
                    "meetings.csv:7:21 NO_SEAT_THAT_DAY", "seats.csv:4:1 ROW_DOUBLED", "seats.csv:5:6 UNKNOWN_PERSON",
                    "seats.csv:6:35 DATE_INVALID", "seats.csv:7:18 UNKNOWN_ORGANISATION",
                ])
            #expect(try await Groups.list(in: try await books.work()).isEmpty)
        }
    }
}
