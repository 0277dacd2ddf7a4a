import Domain
public import Postgres
import Registry

/// Groups of any number in a database: every made-up organisation sits in several, fifty seats to a group, one of them the contact person's.
extension GeneratedAssociation {
    /// Every organisation has so many seats.
    public static let seatsPerOrganisation = 10
    private static let seatsPerGroup = 50

    /// Fills a migrated database with `organisations` organisations and their seats, and with `tokens` tokens for as many of the organisations.
    public static func fillGroups(_ connection: Connection, organisations: Int, tokens: Int) async throws {
        try await connection.transaction { transaction in
            try await transaction.run(script: foundation)
            try await organisationRows(transaction, count: organisations, named: "Generated organisation")
            // Overlaps cannot come about here, so they are looked for once, at the end.
            try await transaction.run(script: "ALTER TABLE seat DROP CONSTRAINT seat_no_overlap, DROP CONSTRAINT seat_one_chair")
            try await transaction.run(script: people)
            let groups = Int64(organisations * seatsPerOrganisation / seatsPerGroup)
            try await transaction.execute(
                """
                INSERT INTO governance_group (name, kind, during)
                SELECT 'Generated group ' || n, CASE WHEN n % 2 = 0 THEN 'interestGroup' ELSE 'expertCommittee' END, '[2020-01-01,)'
                FROM generate_series(1, \(groups)) AS n
                """)
            try await transaction.execute(
                """
                INSERT INTO seat (group_id, person_id, organisation_id, role, votes, during)
                SELECT (n / \(Int64(seatsPerOrganisation)) * 7919 + n % \(Int64(seatsPerOrganisation)) * 104729) % \(groups) + 1, p.id, o.id, 'member', 1,
                    '[2024-01-01,)'
                FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM organisation WHERE kind = 'otherPublicBody') AS o
                JOIN person AS p ON p.email = 'office' || o.place || '@generated.example'
                CROSS JOIN LATERAL generate_series(o.place * \(Int64(seatsPerOrganisation)), o.place * \(Int64(seatsPerOrganisation)) +
                    \(Int64(seatsPerOrganisation)) - 1) AS n
                """)
            try await transaction.run(
                script: "UPDATE seat SET role = 'contact', votes = 0 WHERE id IN (SELECT min(id) FROM seat GROUP BY group_id)")
            try await transaction.execute(
                """
                INSERT INTO api_token (person_id, role, organisation_id, scopes, prefix, digest, expires_at)
                SELECT p.id, 'memberContact', o.id, \(AccessScope.allCases.map(\.rawValue)), left(secret, 13),
                    sha256(convert_to(secret, 'UTF8')), now() + interval '30 days'
                FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM organisation WHERE kind = 'otherPublicBody') AS o
                JOIN person AS p ON p.email = 'office' || o.place || '@generated.example'
                CROSS JOIN LATERAL (SELECT 'os2m_' || lpad(o.place::text, 8, '0') || repeat('A', 35) AS secret) AS token
                WHERE o.place < \(Int64(tokens))
                """)
            try await transaction.run(
                script: """
                    ALTER TABLE seat ADD CONSTRAINT seat_no_overlap EXCLUDE USING gist (
                            group_id WITH =, person_id WITH =, organisation_id WITH =, role WITH =, during WITH &&) WHERE (NOT voided),
                        ADD CONSTRAINT seat_one_chair EXCLUDE USING gist (group_id WITH =, during WITH &&) WHERE (role = 'chair' AND NOT voided)
                    """)
        }
        try await connection.run(script: "VACUUM ANALYZE")
    }

    /// The secret of the n-th token, from 0: no secret at all, so that whoever measures knows it.
    public static func token(_ index: Int) -> String {
        let number = String(index)
        return "os2m_" + String(repeating: "0", count: 8 - number.count) + number + String(repeating: "A", count: 35)
    }

    private static let people = """
        SET LOCAL session_replication_role = replica;
        INSERT INTO person (name, email, phone) SELECT 'Office ' || place, 'office' || place || '@generated.example', '70000000' FROM (
            SELECT row_number() OVER (ORDER BY id) - 1 AS place FROM organisation WHERE kind = 'otherPublicBody') AS o;
        """
}
