import ArgumentParser
import Domain
import Logging
import Registry
import Server
import ServiceLifecycle
import Synchronization
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the register over HTTP, read only: /api/v1, described at /openapi.json.",
        discussion: """
            Callers prove who they are with a token (os2medlem token create). SIGTERM or SIGINT stops it: what is in flight is answered first. Health,
            readiness and figures for Prometheus are on a port of their own. It logs JSON, one event a line, without tokens or personal data.
            """)
    @OptionGroup var options: GlobalOptions
    @Option(help: "Where to listen for callers. Port 0 takes any free one.") var port = 8080
    @Option(help: "On which address.") var host = "127.0.0.1"
    @Option(help: "Where to listen for the machine's own people.") var adminPort = 9090
    @Option(help: "On which address.") var adminHost = "127.0.0.1"
    @Option(help: "Connections to the database.") var connections = 8
    @Option(help: "URL of a standby, or of several servers, to read from; the primary then only notes who read what.")
    var readDatabase: String?
    @Flag(help: "Behind a proxy of one's own: a caller is who X-Forwarded-For names last.") var behindProxy = false
    @Option(help: "Address or network of a further proxy of one's own before that one: passed over in X-Forwarded-For. May be repeated.")
    var furtherProxy: [String] = []
    @Flag(help: "No limit on how often one may ask: for measuring.") var unlimited = false

    func validate() throws {
        guard (0...65_535).contains(port), (0...65_535).contains(adminPort) else { throw ValidationError("a port is 0 to 65535") }
        if port == adminPort, port != 0, host == adminHost { throw ValidationError("--port and --admin-port are both \(port)") }
        guard (1...200).contains(connections) else { throw ValidationError("--connections takes 1 to 200") }
        guard behindProxy || furtherProxy.isEmpty else { throw ValidationError("--further-proxy goes with --behind-proxy") }
        if let wrong = furtherProxy.first(where: { AddressRange($0) == nil }) {
            throw ValidationError("--further-proxy \(wrong): neither an address nor a network such as 10.0.0.0/8")
        }
    }

    func run() async throws {
        let sink = LogSink.standardOutput
        let logger = Logger(label: "os2medlem") { _ in JSONLogHandler(to: sink) }
        let day = DayOfCopenhagen(fixed: options.today)
        _ = try day.read()
        var configuration = ServerConfiguration()
        configuration.address = .init(host: host, port: port)
        configuration.adminAddress = .init(host: adminHost, port: adminPort)
        configuration.trustsForwardedFor = behindProxy
        configuration.furtherProxies = furtherProxy.compactMap(AddressRange.init)
        configuration.log = sink
        if unlimited { (configuration.perAddress, configuration.perToken, configuration.connections.mostFromOne) = (nil, nil, nil) }
        try ListeningPlace(host: host, port: port).check()
        try ListeningPlace(host: adminHost, port: adminPort).check()
        let served = try await options.access.served(
            readingFrom: readDatabase, connections: connections, deadline: configuration.deadline, logger: logger)
        let server = try APIServer(
            configuration: configuration, operations: Operation.ofRegister, register: served.register, accesses: served.accesses,
            readiness: { await readiness(of: served.watch) }, today: { day.today }, logger: logger)
        var services = ServiceGroupConfiguration(
            services: served.services + [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        services.maximumGracefulShutdownDuration = .seconds(60)
        do {
            try await ServiceGroup(configuration: services).run()
        } catch {
            await sink.flush(within: .seconds(2))
            throw error
        }
        // What was said last is read, if anybody reads.
        await sink.flush(within: .seconds(2))
    }
}

/// Whether the database answers, is as new as the program, and binds the login by its policies.
private func readiness(of register: ServedRegister) async -> Readiness {
    guard await register.isReady() else { return .notReady(reason: "database") }
    return (try? await register.isBound()) == true ? .ready : .notReady(reason: "login")
}

/// The day in Copenhagen for every request, looked up once a second.
private final class DayOfCopenhagen: Sendable {
    private let fixed: CivilDate?
    private let known = Mutex<(day: CivilDate, until: ContinuousClock.Instant)?>(nil)

    init(fixed: CivilDate?) { self.fixed = fixed }

    /// - Throws: ``Failure`` when the machine knows no time zones.
    func read() throws -> CivilDate {
        if let fixed { return fixed }
        let now = ContinuousClock.now
        if let known = known.withLock({ $0 }), now < known.until { return known.day }
        let day = try Copenhagen.today()
        known.withLock { $0 = (day, now + .seconds(1)) }
        return day
    }

    /// It was known when the program started; should the machine forget its time zones since, the last day stands.
    var today: CivilDate { (try? read()) ?? known.withLock { $0?.day } ?? .epoch }
}
