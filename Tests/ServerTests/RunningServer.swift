import Domain
import Logging
import Postgres
import Registry
import ServiceLifecycle
import Synchronization
import TestSupport

@testable import Server

/// A server on free ports, for as long as a test needs it.
struct RunningServer: Sendable {
    let port: Int
    let adminPort: Int
    let log: KeptLog
    let group: ServiceGroup

    static func run<Value: Sendable>(
        _ operations: [Server.Operation] = Things.operations, asking pool: Pool? = nil, keeping reads: Int = 50_000,
        readiness: @escaping @Sendable () async -> Readiness = { .ready },
        configure: (inout Server.ServerConfiguration) -> Void = { _ in }, _ body: @Sendable (RunningServer) async throws -> Value
    ) async throws -> Value {
        let log = KeptLog()
        var configuration = Server.ServerConfiguration()
        configuration.address.port = 0
        configuration.adminAddress.port = 0
        configuration.drain = .milliseconds(100)
        (configuration.perAddress, configuration.perToken) = (nil, nil)
        configuration.log = LogSink { log.add($0) }
        configure(&configuration)
        let sink = configuration.log
        let logger = Logger(label: "server") { _ in JSONLogHandler(to: sink) }
        // Nobody listens there: whatever asks the register finds it away, unless a test brings one.
        let pool =
            pool
            ?? Pool(
                ConnectionConfiguration(parameters: ["host": "/nowhere"]), maximumConnections: 1, acquireDeadline: .seconds(30),
                logger: logger)
        let server = try APIServer(
            configuration: configuration, operations: operations, register: ServedRegister(pool: pool),
            accesses: AccessLog(pool: pool, most: reads, logger: logger),
            readiness: readiness, today: { Things.today }, logger: logger)
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: logger))
        let running = Task { try await group.run() }
        let ports = await server.ports()
        let result: Result<Value, any Error>
        do {
            let server = RunningServer(
                port: ports.callers, adminPort: ports.admin, log: log, group: group)
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        await group.triggerGracefulShutdown()
        do { try await running.value } catch  where running.isCancelled {}
        await sink.flush(within: .seconds(30))
        return try result.get()
    }

    /// Asks once, on a connection of its own.
    func get(_ path: String, _ headers: String..., method: String = "GET", admin: Bool = false) async throws -> WireAnswer {
        let (port, fields) = (admin ? adminPort : port, headers.map { "\($0)\r\n" }.joined())
        let answer = try await onThread { () -> WireAnswer? in
            let wire = Wire(port: port)
            wire?.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n")
            return wire?.answer(toHead: method == "HEAD")
        }
        guard let answer else { throw NoAnswer() }
        return answer
    }
}

struct NoAnswer: Error {}

/// The lines of a log, kept.
final class KeptLog: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ some: [UInt8]) {
        let texts = String(decoding: some, as: UTF8.self).split(separator: "\n").map { "\($0)\n" }
        lines.withLock { $0 += texts }
    }

    var all: [String] { lines.withLock { $0 } }
}
