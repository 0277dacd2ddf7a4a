import Domain
import Foundation
import Postgres
import TestSupport
import Testing

/// The matrix of who may ask for what, against the program as it is served: every operation of the document, every role, and what is the caller's own,
/// somebody else's, and nobody's.
@Suite(.serialized) struct MatrixTests {
    static func askers(_ place: AccessDatabase.Place) async throws -> [AccessSurvey.Asker] {
        let contact = try place.holder(.memberContact)
        let member = try await AccessTargets(of: try contact.organisation.orThrow("an organisation"), at: place.command)
        var askers = [
            AccessSurvey.Asker(role: .anonymous, token: nil, targets: try await AccessTargets(of: 999_999_998, at: place.command))
        ]
        for holder in place.holders {
            let targets =
                if let organisation = holder.organisation, organisation != contact.organisation {
                    try await AccessTargets(of: organisation, at: place.command)
                } else {
                    // Who sees everybody is asked for the same: to them, neither is somebody else's.
                    member
                }
            askers.append(AccessSurvey.Asker(role: holder.role, token: holder.token, targets: targets))
        }
        return askers
    }

    private static func survey(_ place: AccessDatabase.Place, _ matrix: AccessMatrix) async throws -> AccessSurvey {
        let (operations, askers) = (try DescribedOperation.all(), try await askers(place))
        return try await ServedProgram.run(at: place.command) { try await AccessSurvey.make($0.port, operations, matrix, askers) }
    }

    @Test func everyoneIsToldWhatTheTableSays() async throws {
        let place = try await AccessDatabase.shared.value
        let (matrix, operations) = (try AccessMatrix.committed(), try DescribedOperation.all())
        let survey = try await Self.survey(place, matrix)
        #expect(survey.complaints == [])
        #expect(matrix.deviations(from: operations, answered: survey.answered) == [])
        let cells = matrix.rows.count * AccessRole.allCases.count
        #expect(survey.answered.values.map(\.count).reduce(0, +) == cells && cells > 600)

        // The comparison sees whatever differs: one changed cell, a row too few, a row too many, an operation that nobody thought of.
        for (key, row) in matrix.rows {
            for (role, cell) in row.cells {
                var changed = matrix
                changed.rows[key]?.cells[role] = cell == "200/404/404" ? "200/200/404" : "200/404/404"
                #expect(!changed.deviations(from: operations, answered: survey.answered).isEmpty, "\(key) of \(role)")
            }
            var fewer = matrix
            fewer.rows[key] = nil
            #expect(fewer.deviations(from: operations, answered: survey.answered).contains("\(key): no row"))
        }
        var more = matrix
        more.rows[AccessMatrix.Key(operation: "getMore", target: "")] = AccessMatrix.Row(showsOwn: true, cells: [:])
        #expect(more.deviations(from: operations, answered: survey.answered) == ["getMore: no such operation"])
        let fewer = operations.filter { $0.id != "getPerson" }
        #expect(matrix.deviations(from: fewer, answered: survey.answered) == ["getPerson by person: no such operation"])
    }

    /// Makes every policy show everything.
    static func openPolicies(at place: AccessDatabase.Place) async throws {
        try await place.command.connect { connection in
            let policies = try await connection.query(
                "SELECT format('ALTER POLICY %I ON %I USING (true);', policyname, tablename) FROM pg_policies WHERE roles && '{app}'::name[]",
                as: String.self)
            #expect(policies.count >= 25)
            try await connection.run(script: policies.joined())
        }
    }

    /// Every policy shows everything: the program's own conditions still answer as the table says.
    @Test func theProgramAloneKeepsToTheTable() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let askers = try await Self.askers(place)
        try await Self.openPolicies(at: place)
        let (matrix, operations) = (try AccessMatrix.committed(), try DescribedOperation.all())
        let survey = try await ServedProgram.run(at: place.command) { try await AccessSurvey.make($0.port, operations, matrix, askers) }
        #expect(survey.complaints == [])
        #expect(matrix.deviations(from: operations, answered: survey.answered) == [])
    }

    /// A token that was revoked, that has expired, or that nobody made opens nothing, whatever is asked for.
    @Test func tokensThatAreNoneOpenNothing() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let (revoked, expired) = (try place.holder(.secretariat).token, try place.holder(.auditor).token)
        let outcome = try await place.command.command("token", "revoke", String(revoked.prefix(13)), "--as", "tester")
        #expect(outcome.status == 0)
        try await place.command.connect { connection in
            try await connection.run(
                script: """
                    BEGIN; SET LOCAL session_replication_role = replica;
                    UPDATE api_token SET created_at = now() - interval '10 days', expires_at = now() - interval '1 second'
                    WHERE prefix = '\(expired.prefix(13))'; COMMIT
                    """)
        }
        let never = "os2m_" + String(repeating: "A", count: 43)
        let operations = try DescribedOperation.all()
        try await ServedProgram.run(at: place.command) { program in
            let answers = try await onThread {
                try [revoked, expired, never].flatMap { token in
                    let caller = program.caller(token)
                    return try operations.map { operation in
                        let address = operation.address(operation.targets[0], ["11", "11"])
                        return (operation.id, try caller.get(address).status)
                    }
                }
            }
            for (operation, status) in answers {
                // What the service says of itself it says without asking the register.
                let isConstant = ["getOpenAPI", "getService"].contains(operation)
                #expect(status == (isConstant ? 200 : 401), "\(operation)")
            }
            #expect(answers.count == 3 * operations.count)
        }
    }

    /// A token opens the parts of the register it was made for, and no other.
    @Test func aTokenOpensItsScopesOnly() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        var tokens: [(scope: String, token: String)] = []
        for scope in AccessScope.allCases {
            let holder = try await AccessDatabase.token(.auditor, for: nil, at: place.command, ["--scopes", scope.rawValue])
            tokens.append((scope.rawValue, holder.token))
        }
        let (operations, made) = (try DescribedOperation.all(), tokens)
        try await ServedProgram.run(at: place.command) { program in
            for (scope, token) in made {
                let beyond = try await onThread { try Self.beyond(scope, program.caller(token), operations) }
                #expect(beyond == [], "\(scope)")
            }
        }
    }

    /// Where a caller whose token opens one part of the register is answered otherwise than that.
    static func beyond(_ scope: String, _ caller: HTTPCaller, _ operations: [DescribedOperation]) throws -> [String] {
        try operations.compactMap { operation in
            let address = operation.address(operation.targets[0], ["999999999", "999999999"])
            let status = try caller.get(address).status
            // A look-up shows something of several parts, so one of them does not open it.
            let isOpen = operation.scope == nil || (operation.scope == scope && !["getLookup", "findLookup"].contains(operation.id))
            return (status == 403) == !isOpen && [200, 403, 404].contains(status) ? nil : "\(operation.id): \(status)"
        }
    }
}
