import Domain
import Postgres
import Registry
import Testing

/// Who has left an organisation is known to it by what was known of them there.
@Suite struct FormerPeopleTests {
    @Test func whoLeftIsKnownByTheAddressOfThen() async throws {
        let place = try await AccessDatabase.copy()
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up';
                    INSERT INTO person (name, email) VALUES ('Rejsende (eksempel)', 'rejsende@syddjurs.example'), ('Rejsende (eksempel)', 'rejsende@ballerup.example');
                    INSERT INTO contact_role (organisation_id, person_id, role, during)
                        SELECT o.id, p.id, 'technical', made.during::daterange
                        FROM (VALUES ('29189978', 'rejsende@syddjurs.example', '[2025-01-01,2026-01-01)'), ('58271713', 'rejsende@ballerup.example', '[2026-01-01,)'))
                            AS made (cvr, email, during)
                        JOIN organisation AS o ON o.cvr = made.cvr JOIN person AS p ON p.email = made.email;
                    """)
        }
        // Brought up to date where they are now, the old entry stays what it is.
        try await place.connect(as: "batch") { connection in
            try await connection.run(
                script: """
                    SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up';
                    UPDATE person SET phone = '70 10 20 30' WHERE email = 'rejsende@ballerup.example'
                    """)
        }
        // Their new address does not take the place of the old one, whoever keeps the register: Syddjurs would read where they went.
        for address in ["rejsende@syddjurs.example", "rejsende@ballerup.example"] {
            let refusal = try await place.connect(as: "batch") { connection in
                try await connection.run(script: "SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up'")
                return await #expect(throws: PostgresError.self) {
                    try await connection.execute("UPDATE person SET email = 'rejsende@nyt.example' WHERE email = \(address)")
                }
            }
            #expect(refusal?.serverError?.sqlState == "42501", "\(address)")
        }
        var configuration = place.configuration
        configuration.parameters["user"] = "app"
        let pool = Pool(configuration, maximumConnections: 1, acquireDeadline: .seconds(60), logger: CommandDatabase.logger)
        let register = ServedRegister(pool: pool)
        let day = try CivilDate("2027-02-03").orThrow("a day")
        let seen = ["29189978": "rejsende@syddjurs.example ", "58271713": "rejsende@ballerup.example 70 10 20 30"]
        for (cvr, entry) in seen {
            let token = try AccessToken(try await AccessDatabase.token(.memberContact, for: cvr, at: place).token).orThrow("a token")
            let (rows, people) = try await register.read(as: token, allowing: [.memberContact], in: nil, on: day) { work, caller in
                (
                    // Whatever is asked: the policies, and the list.
                    try await work.transaction.query(
                        "SELECT email || ' ' || coalesce(phone, '') FROM person WHERE name = 'Rejsende (eksempel)'", as: String.self),
                    try await People.page(matching: "Rejsende (eksempel)", PageRequest(), for: caller, in: work).elements
                )
            }
            #expect(rows == [entry])
            #expect(people.filter { $0.name == "Rejsende (eksempel)" }.map { "\($0.email) \($0.phone ?? "")" } == [entry])
        }
        await pool.close()
    }
}
