import Domain
import Postgres
import Registry
import Testing

/// Past everything the program checks, the database keeps the rules of record of groups by itself.
@Suite(.serialized) struct GroupConstraintTests {
    private static let seats: SQL = "INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)"

    private static let statements: [(Rule, SQL)] = [
        (
            .chairTaken,
            """
            \(seats) SELECT s.group_id, p.id, s.organisation_id, s.role, 1, '[2026-03-01,)' FROM seat AS s, person AS p
            WHERE p.email = 'b@p.example'
            """
        ),
        (
            .overlappingSeat,
            """
            \(seats) SELECT group_id, person_id, organisation_id, 'member', 1, r
            FROM seat, unnest(ARRAY['[2026-01-01,2026-02-01)', '[2026-01-31,)']::daterange[]) AS r
            """
        ),
        (.roleWithoutVotes, "UPDATE seat SET role = 'observer'"),
        (.numberInvalid, "UPDATE seat SET votes = 101"),
        (.numberInvalid, "UPDATE seat SET votes = -1"),
        (.endBeforeStart, "UPDATE seat SET during = 'empty'"),
        (.endBeforeStart, "UPDATE seat SET during = '(,2026-02-01)'"),
        (.valueUnknown, "UPDATE seat SET role = 'guest', votes = 0"),
        (
            .assemblyWithoutSeats,
            """
            \(seats) SELECT g.id, person_id, organisation_id, 'member', 1, s.during FROM seat AS s, governance_group AS g
            WHERE g.kind = 'generalAssembly'
            """
        ),
        (
            .groupNotThere,
            "\(seats) SELECT group_id, person_id, organisation_id, 'member', 1, '[2024-12-31,2025-06-01)' FROM seat"
        ),
        (.groupKindStays, "UPDATE governance_group SET kind = 'expertCommittee' WHERE kind = 'interestGroup'"),
        (.groupProductUnfit, "UPDATE governance_group SET product_id = (SELECT max(id) FROM product)"),
        (.groupKindTaken, "INSERT INTO governance_group (name, kind, during) VALUES ('Second', 'generalAssembly', '(,)')"),
        (.groupNameTaken, "INSERT INTO governance_group (name, kind, during) VALUES ('GROUP', 'interestGroup', '(,)')"),
        (.valueUnknown, "INSERT INTO governance_group (name, kind, during) VALUES ('Third', 'club', '(,)')"),
        (.textInvalid, "UPDATE governance_group SET name = ' ' WHERE kind = 'interestGroup'"),
        (.endBeforeStart, "UPDATE governance_group SET during = 'empty'"),
        (.numberInvalid, "UPDATE governance_group SET seat_limit = 1001"),
        (.meetingExists, "INSERT INTO meeting (group_id, held_on) SELECT group_id, held_on FROM meeting"),
        (.calledAfterMeeting, "UPDATE meeting SET called_on = held_on + 1"),
        (.linkInvalid, "UPDATE meeting SET agenda = 'ftp://x.example'"),
        (.linkInvalid, "UPDATE meeting SET minutes = 'https://x.example/a b'"),
        (.linkInvalid, "UPDATE commission SET link = 'https://'"),
        (.versionInvalid, "UPDATE commission SET version = '1.'"),
        (.textInvalid, "UPDATE commission SET signed_by = ' '"),
        (.textInvalid, "UPDATE commission SET signer_title = ''"),
        (
            .commissionExists,
            """
            INSERT INTO commission (group_id, version, signed_by, signer_title, signed_on)
            SELECT group_id, version, 'X', 'Y', signed_on FROM commission
            """
        ),
    ]

    @Test func everyRuleOfRecordIsTheDatabasesToo() async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            try await books.group("Assembly", .generalAssembly)
            try await books.sit("a", in: "Group", as: .chair)
            _ = try await Meetings.record(MeetingFacts(), on: try day("2026-05-01"), of: "Group", in: try await books.work())
            _ = try await Commissions.sign(
                try VersionNumber("1").orThrow("no version"), of: "Group", Signature(name: "S", title: "T", date: try day("2026-01-01")),
                document: (name: "k.pdf", content: [1, 2, 3]), in: try await books.work())
            for (rule, statement) in Self.statements {
                let refused = try await books.refused { _ = try await books.transaction.execute(statement) }
                #expect(refused == rule, "\(statement.text)")
            }
        }
    }

    /// A seat is somebody's, and what was signed stays as it was.
    @Test(arguments: [
        ("23502", "UPDATE seat SET organisation_id = NULL"), ("23502", "UPDATE seat SET person_id = NULL"),
        ("42501", "UPDATE commission_document SET file_name = 'x'"), ("42501", "DELETE FROM commission_document"),
        ("42501", "DELETE FROM seat"), ("42501", "DELETE FROM governance_group"), ("42501", "DELETE FROM meeting"),
        ("42501", "DELETE FROM attendance"), ("42501", "DELETE FROM commission"),
    ])
    func nothingOfItIsTakenAway(state: String, statement: String) async throws {
        try await Books.playGroups { books in
            try await books.group("Group", .interestGroup)
            try await books.sit("a", in: "Group", as: .chair)
            let error = await #expect(throws: PostgresError.self) {
                try await books.transaction.savepoint { _ in try await books.transaction.run(script: statement) }
            }
            #expect(error?.serverError?.sqlState == state)
        }
    }
}
