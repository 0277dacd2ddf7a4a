import Domain
import Foundation
import Postgres
import Registry
import TestSupport

/// The example association with a year posted and calculated, and whatever else it takes for every table to hold rows of two members: what is added is
/// made up. Tests look at it from every role, and leave it as it was.
enum AccessDatabase {
    /// Who asks, and with which token.
    struct Holder: Sendable {
        let role: AccessRole
        let organisation: Int64?
        let token: String
    }

    struct Place: Sendable {
        let command: CommandPlace
        let holders: [Holder]

        /// Ballerup: on the board, in a steering group, with a pledge, and successor to another.
        static let own = "58271713"
        /// Syddjurs: on the same board, with a product.
        static let other = "29189978"

        func holder(_ role: AccessRole) throws -> Holder { try holders.first { $0.role == role }.orThrow("holder of \(role)") }
    }

    static let shared = Task { try await make() }

    /// A database like the shared one, of one's own to change.
    static func copy() async throws -> CommandPlace {
        let command = try await CommandPlace(
            TestServer.shared.database(fromTemplate: "commands_access") { connection in
                try await CommandDatabase.importExample(connection)
                let name = try await connection.only("SELECT current_database()::text", as: String.self)
                let place = CommandPlace(try await TestServer.shared.configuration(database: name))
                try await prepare(place)
            })
        // What roles may do to a database as a whole is not copied with it.
        try await command.connect { try await Provisioning.makeRoles($0) }
        return command
    }

    /// A copy with a holder of every role.
    static func copyWithHolders() async throws -> Place { try await make() }

    private static func make() async throws -> Place {
        let command = try await copy()
        var holders: [Holder] = []
        for role in AccessRole.allCases where role != .anonymous {
            let organisation = role == .supplier ? "eksempelleverandoer" : role.isOfOrganisation ? Place.own : nil
            holders.append(try await token(role, for: organisation, at: command))
        }
        try await command.connect { connection in
            try await connection.run(
                script: """
                    INSERT INTO api_token_use SELECT id, now() FROM api_token;
                    -- Somebody of each of the two has asked something.
                    INSERT INTO access_entry (request, at, prefix, person_id, role, organisation_id, operation, target, status)
                        SELECT lpad(to_hex(c.id), 16, '0'), '2027-03-01 10:00Z', 'os2m_exampleA', c.person_id, 'memberContact', o.id, 'listOrganisationGroups',
                            '/api/v1/organisations/' || o.id || '/groups', 200
                        FROM organisation AS o JOIN contact_role AS c ON c.organisation_id = o.id
                        WHERE o.cvr IN ('\(Place.own)', '\(Place.other)');
                    """)
        }
        return Place(command: command, holders: holders)
    }

    static func token(
        _ role: AccessRole, for organisation: String?, at place: CommandPlace, _ more: [String] = []
    ) async throws -> Holder {
        let made = try await place.command.run(
            ["token", "create", "\(role.rawValue)@os2medlem.example", "--name", "\(role.rawValue) (eksempel)", "--role", role.rawValue]
                + (organisation.map { ["--organisation", $0] } ?? []) + more + ["--format", "json", "--as", "tester"])
        struct Made: Decodable {
            let token: String
            let organisationId: Int64?
        }
        guard made.status == 0 else { throw Missing("a token: \(made.errors)") }
        let answer = try made.decoded(Made.self)
        return Holder(role: role, organisation: answer.organisationId, token: answer.token)
    }

    private static func prepare(_ place: CommandPlace) async throws {
        let commands = [
            ["invoice", "prepare", "--year", "2027", "--today", "2027-01-10", "--accept", "STALE_POPULATION"],
            // A run that is none of the other members' business.
            ["invoice", "run", "--year", "2026", "--only", "OS2valghalla", "--today", "2026-12-15", "--accept", "STALE_POPULATION"],
            ["invoice", "run", "--year", "2027", "--only", "OS2valghalla", "--today", "2027-01-10", "--accept", "STALE_POPULATION"],
            ["invoice", "run", "--year", "2027", "--today", "2027-01-10", "--accept", "STALE_POPULATION"],
            // One that nobody posts: how it was prepared is for those who see everybody.
            ["invoice", "prepare", "--year", "2028", "--today", "2028-01-10", "--accept", "STALE_POPULATION", "--accept", "LARGE_CHANGE"],
            ["invoice", "expect", "--year", "2026", "--today", "2027-01-10"],
            ["invoice", "expect", "--year", "2027", "--today", "2027-01-10"],
            ["invoice", "expect", "--year", "2028", "--today", "2027-01-10"],
        ]
        for words in commands {
            let outcome = try await place.command.run(words + ["--as", "tester"])
            guard outcome.status == 0 else { throw Missing("\(words): \(outcome.errors)") }
        }
        // A credit to each of the two, so that there are credit notes of one's own and of others.
        for cvr in [Place.own, Place.other] {
            let invoice = try await place.connect { connection in
                try await connection.only(
                    """
                    SELECT min(d.number) FROM document AS d JOIN organisation AS o ON o.id = d.organisation_id
                    WHERE o.cvr = \(cvr) AND d.kind = 'invoice'
                    """, as: Int64.self)
            }
            let outcome = try await place.command(
                "invoice", "credit", String(invoice), "--amount", "100.00", "--reason", "Aftalt nedslag", "--decision", "EKS-B-2026-7",
                "--today", "2027-02-01", "--as", "tester")
            guard outcome.status == 0 else { throw Missing("a credit: \(outcome.errors)") }
        }
        try await place.connect { connection in
            try await connection.run(
                script: """
                    SET os2medlem.actor = 'tester'; SET os2medlem.use_case = 'made up';
                    INSERT INTO succession (predecessor_id, successor_id, on_day, decision_id)
                        SELECT o.id, (SELECT id FROM organisation WHERE cvr = '58271713'), date '2026-01-01', (SELECT min(id) FROM decision)
                        FROM organisation AS o WHERE o.name = 'Samsø Kommune'
                        UNION ALL SELECT o.id, (SELECT id FROM organisation WHERE cvr = '29189978'), date '2026-01-01', (SELECT min(id) FROM decision)
                        FROM organisation AS o WHERE o.name = 'Læsø Kommune';
                    -- One that takes place when these tests are long forgotten.
                    INSERT INTO succession (predecessor_id, successor_id, on_day, decision_id)
                        SELECT o.id, (SELECT id FROM organisation WHERE cvr = '58271713'), date '9000-01-01', (SELECT min(id) FROM decision)
                        FROM organisation AS o WHERE o.name = 'Fanø Kommune';
                    INSERT INTO agreement_document (agreement_id, file_name, content)
                        SELECT a.id, 'aftale.pdf', convert_to(o.name, 'UTF8') FROM agreement AS a JOIN organisation AS o ON o.id = a.organisation_id
                        WHERE o.cvr IN ('58271713', '29189978');
                    INSERT INTO agreement_document (agreement_id, file_name, content)
                        SELECT a.id, 'partneraftale.pdf', convert_to(o.name, 'UTF8') FROM agreement AS a JOIN organisation AS o ON o.id = a.organisation_id
                        WHERE o.import_id = 'eksempelleverandoer';
                    INSERT INTO contact_role (organisation_id, person_id, role, during)
                        SELECT o.id, p.id, 'primary', '[2026-01-01,)' FROM organisation AS o, person AS p
                        WHERE o.import_id = 'eksempelleverandoer' AND p.email = 'projektledelse@eksempelleverandoer.example' ON CONFLICT DO NOTHING;
                    INSERT INTO agreement (organisation_id, subject, state, sent_on, signed_by, signer_title, signed_on, countersigned_by,
                            countersigner_title, countersigned_on, during)
                        SELECT o.id, 'product:' || p.id, 'active', '2026-01-01', 'Direktionen', 'direktion', '2026-01-02', 'Formanden', 'formand',
                            '2026-01-03', '[2026-02-01,)'
                        FROM organisation AS o, product AS p WHERE o.cvr = '58271713' AND p.name = 'OS2mo';
                    INSERT INTO agreement_form (agreement_id, valid_from, form)
                        SELECT id, '2026-06-01', 'passive' FROM agreement WHERE subject LIKE 'product:%' ON CONFLICT DO NOTHING;
                    INSERT INTO organisation_gln (gln, organisation_id)
                        SELECT '5798000860575', id FROM organisation WHERE cvr = '58271713'
                        UNION ALL SELECT '5798009883193', id FROM organisation WHERE cvr = '29189978' ON CONFLICT DO NOTHING;
                    INSERT INTO pledge (project_id, organisation_id, amount_minor, pledged_on, decision_id)
                        SELECT j.id, o.id, 100, '2026-01-01', (SELECT min(id) FROM decision) FROM project AS j, organisation AS o
                        WHERE o.cvr IN ('58271713', '29189978') ON CONFLICT DO NOTHING;
                    -- A project that only the other has promised anything.
                    INSERT INTO project (name, target_minor, deadline, decision_id) SELECT 'Naboprojekt (eksempel)', 100000, '2027-06-30', min(id) FROM decision;
                    INSERT INTO pledge (project_id, organisation_id, amount_minor, pledged_on, decision_id)
                        SELECT j.id, o.id, 100, '2026-01-01', j.decision_id FROM project AS j, organisation AS o
                        WHERE j.name = 'Naboprojekt (eksempel)' AND o.cvr = '29189978';
                    """)
        }
    }
}
