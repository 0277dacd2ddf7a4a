import Domain
import Interchange
import Logging
import Postgres
import Registry
import TestSupport
import Testing

@testable import Server

/// Checks left out of the program itself, not of the table: the matrix finds every one.
@Suite struct PlantedAccessTests {
    /// An operation that asks nobody who they are, wherever it should; and one that keeps to the roles and forgets whose the thing is. The policies are open, so that
    /// nothing but the program's own checks could refuse.
    @Test func aMissingCheckIsFound() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let askers = try await MatrixTests.askers(place)
        try await MatrixTests.openPolicies(at: place)
        let (matrix, described) = (try AccessMatrix.committed(), try DescribedOperation.all())
        let forgetful = Self.ofNobody(.getAgreement)
        let planted = Server.Operation.ofRegister.map { operation in
            operation.shape.id == forgetful.shape.id ? forgetful : Self.forEverybody(operation)
        }
        let survey = try await Self.serve(planted, at: place.command) { try await AccessSurvey.make($0, described, matrix, askers) }
        let found = matrix.deviations(from: described, answered: survey.answered)
        let deviating = Set(found.compactMap { $0.split(whereSeparator: { $0 == ":" || $0 == " " }).first.map(String.init) })
        // Where everybody may ask there was nothing to leave out, and nothing is said.
        let faulty = Set(Server.Operation.ofRegister.map(\.shape).filter { $0.roles != .everybody }.map(\.id))
        #expect(faulty.count > 40 && deviating == faulty, "\(deviating.symmetricDifference(faulty).sorted())")
        // It is a foreign agreement that is shown, to those who see only their own.
        let shown = found.filter { $0.hasPrefix("getAgreement by agreement: ") }
        #expect(shown.count == 3 && shown.allSatisfy { $0.contains("200/200/404") }, "\(shown)")
    }

    /// A token that opens one part of the register, and an operation that does not ask which.
    @Test func aMissingScopeIsFound() async throws {
        let place = try await AccessDatabase.copyWithHolders()
        let token = try await AccessDatabase.token(.auditor, for: nil, at: place.command, ["--scopes", AccessScope.audit.rawValue]).token
        let described = try DescribedOperation.all()
        for (operations, isFaulty) in [(Server.Operation.ofRegister, false), (Server.Operation.ofRegister.map(Self.inNoScope), true)] {
            let beyond = try await Self.serve(operations, at: place.command) { port in
                try await onThread { try MatrixTests.beyond(AccessScope.audit.rawValue, HTTPCaller(port: port, token: token), described) }
            }
            #expect(beyond.isEmpty == !isFaulty, "\(beyond)")
        }
    }

    // MARK: What is planted

    private static func changed(_ operation: Server.Operation, to shape: OperationShape) -> Server.Operation {
        switch operation.way {
        case .register(let handler): Server.Operation(shape, answer: handler)
        case .pipeline(let handler): .inOnePipeline(shape, handler)
        case .immediate(let answer): Server.Operation(shape, immediately: answer)
        }
    }

    private static func forEverybody(_ operation: Server.Operation) -> Server.Operation {
        changed(operation, to: operation.shape.with(.everybody, operation.shape.scope))
    }

    private static func inNoScope(_ operation: Server.Operation) -> Server.Operation {
        changed(operation, to: operation.shape.with(operation.shape.roles, nil))
    }

    /// Finds an agreement as the secretariat would, whoever asks.
    private static func ofNobody(_ shape: OperationShape) -> Server.Operation {
        .item(
            shape, { request, _, work in try await Agreements.find(try request.identifier("agreement"), for: .commandLine, in: work) },
            { $0.write(to: &$1) })
    }

    /// Serves in this process, on a free port, for as long as `body` takes.
    private static func serve<Value: Sendable>(
        _ operations: [Server.Operation], at place: CommandPlace, _ body: (Int) async throws -> Value
    ) async throws -> Value {
        var configuration = Server.ServerConfiguration()
        (configuration.address.port, configuration.adminAddress.port) = (0, 0)
        (configuration.perAddress, configuration.perToken, configuration.connections.mostFromOne) = (nil, nil, nil)
        configuration.log = LogSink { _ in }
        var app = place.configuration
        app.parameters["user"] = "app"
        let pool = Pool(app, maximumConnections: 4, acquireDeadline: .seconds(60), logger: CommandDatabase.logger)
        let today = try CivilDate("2027-02-03").orThrow("a day")
        let server = try APIServer(
            configuration: configuration, operations: operations, register: ServedRegister(pool: pool),
            accesses: AccessLog(pool: pool, logger: CommandDatabase.logger), readiness: { .ready }, today: { today },
            logger: CommandDatabase.logger)
        let running = Task { try await server.run() }
        let port = await server.ports().callers
        let result: Result<Value, any Error>
        do { result = .success(try await body(port)) } catch { result = .failure(error) }
        running.cancel()
        _ = await running.result
        await pool.close()
        return try result.get()
    }
}

extension OperationShape {
    /// The same in all but who may ask, and what for.
    fileprivate func with(_ roles: Set<AccessRole>, _ scope: AccessScope?) -> OperationShape {
        let added = (form == .list ? OperationParameter.ofLists : []) + [.language]
        return OperationShape(id, path, for: roles, in: scope, answers: form, Array(parameters.dropLast(added.count)))
    }
}
