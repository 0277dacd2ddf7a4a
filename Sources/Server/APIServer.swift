package import Domain
import HummingbirdCore
package import Logging
import NIOCore
import NIOHTTPTypes
import NIOPosix
package import Registry
import ServiceLifecycle
import Synchronization

/// The HTTP server: one port for callers, one for the machine's own people.
///
/// Stopping has an order. At the signal readiness says no and every answer says `Connection: close`, while connections are still taken. After the drain
/// the listener takes nobody new, what is in flight is finished, and only then does the admin port close.
package final class APIServer: Service {
    /// Where a running server listens.
    package struct Ports: Sendable, Hashable {
        package let callers: Int
        package let admin: Int
    }

    private let configuration: ServerConfiguration
    private let responder: APIResponder
    private let admin: AdminPort
    private let meters: Meters
    private let deadlines: Deadlines
    private let logger: Logger
    private let draining: Flag
    private let listeners = Listeners()

    /// - Parameter operations: all but the service's own, which are added.
    /// - Parameter accesses: where it is put on record who read what.
    /// - Parameter readiness: whether the program can do its work; asked for at most two seconds.
    /// - Parameter today: the day in Copenhagen.
    /// - Throws: ``OperationFault`` for operations that must not be served as they are.
    package init(
        configuration: ServerConfiguration, operations: [Operation], register: ServedRegister, accesses: AccessLog,
        readiness: @escaping @Sendable () async -> Readiness, today: @escaping @Sendable () -> CivilDate, logger: Logger
    ) throws(OperationFault) {
        let operations = Operation.ofService(beside: operations) + operations
        try Operation.check(operations)
        let (draining, deadlines, meters) = (Flag(), Deadlines(), Meters(operations: operations.map(\.shape.id)))
        let parts = ServiceParts(
            register: register, accesses: accesses, today: today,
            limiter: RateLimiter(
                perAddress: configuration.perAddress, perToken: configuration.perToken, remembered: configuration.remembered),
            deadlines: deadlines, deadline: configuration.deadline)
        responder = APIResponder(
            operations, service: parts, configuration: configuration, meters: meters, logger: logger, isDraining: { draining.isSet })
        admin = AdminPort(
            meters: meters, deadlines: deadlines, log: configuration.log, isDraining: { draining.isSet }, readiness: readiness)
        self.configuration = configuration
        self.meters = meters
        self.deadlines = deadlines
        self.logger = logger
        self.draining = draining
    }

    /// Serves until it is told to stop.
    package func run() async throws {
        let group = ServiceGroup(configuration: try serviceGroup())
        // Detached, because a task of ours would hear the signal at once, and the listener would close before anybody was told.
        let serving = Task.detached { try await group.run() }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await serving.value
            } onGracefulShutdown: { [self] in
                Task { await stop(group, after: configuration.drain) }
            }
        } onCancel: { [self] in
            // Without a drain, but in the same order: whoever cancels wants the process gone, not broken.
            Task { await stop(group, after: .zero) }
        }
    }

    /// Where it listens, once it does.
    package func ports() async -> Ports {
        Ports(callers: await listeners.port(of: .callers), admin: await listeners.port(of: .admin))
    }

    private func stop(_ group: ServiceGroup, after drain: Duration) async {
        draining.set()
        logger.info("draining")
        try? await Task.sleep(for: drain)
        logger.info("closing")
        await group.triggerGracefulShutdown()
    }

    private func serviceGroup() throws -> ServiceGroupConfiguration {
        let (responder, admin) = (responder, admin)
        let callers = try listener(.callers, at: configuration.address, configuration.connections) { request, channel in
            await responder.respond(to: request, on: channel)
        }
        var few = configuration.connections
        (few.most, few.mostFromOne) = (64, nil)
        let machine = try listener(.admin, at: configuration.adminAddress, few) { request, _ in await admin.respond(to: request) }
        // They are stopped in the opposite order.
        var group = ServiceGroupConfiguration(services: [DeadlineWatch(deadlines: deadlines), machine, callers], logger: logger)
        group.maximumGracefulShutdownDuration = configuration.stopWithin
        return group
    }

    private func listener(
        _ port: Listeners.Port, at address: ServerConfiguration.Address, _ limits: ServerConfiguration.Connections,
        _ respond: @escaping @Sendable (Request, any Channel) async -> Response
    ) throws -> any Service {
        let meters = port == .callers ? meters : Meters(operations: [])
        let guests = self.configuration.trustsForwardedFor ? nil : limits.mostFromOne.map(Guests.init(most:))
        // How long a connection may be idle is the watch's to say: it looks before it leaves.
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionWatch(limits: limits, meter: meters, guests: guests)], idleTimeout: nil)
        configuration.httpDecoder = .init(
            maxHeaderFieldSize: limits.largestHead, maxHeaderListSize: limits.largestHead, maxHeaderFieldCount: limits.mostFields)
        let (listeners, arrivals, http, logger) = (listeners, Arrivals(), configuration, logger)
        let builder = HTTPServerBuilder { respond in
            CountedChannel(channel: HTTP1Channel(responder: respond, configuration: http), arrivals: arrivals)
        }
        let listener = try builder.buildServer(
            configuration: HummingbirdCore.ServerConfiguration(
                address: .hostname(address.host, port: address.port),
                availableConnectionsDelegate: CountedPlaces(limits.most, arrivals: arrivals, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger
        ) { (request: Request, writer: consuming ResponseWriter, channel: any Channel) in
            let response = await respond(request, channel)
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { channel in
            // Which port it is, where any free one was asked for.
            logger.info("listening", metadata: [port == .callers ? "callers" : "admin": "\(channel.localAddress?.port ?? 0)"])
            await listeners.opened(port, channel)
        }
        return QuietListener(listener: listener, arrivals: arrivals, logger: logger, channel: { await listeners.channel(of: port) })
    }
}

/// Set once.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}

/// The task that looks at deadlines, for as long as anything is served.
private struct DeadlineWatch: Service {
    let deadlines: Deadlines

    func run() async throws { await cancelWhenGracefulShutdown { [deadlines] in await deadlines.watch() } }
}

/// The listening channels, for whoever waits for them.
private actor Listeners {
    enum Port: Hashable {
        case callers, admin
    }

    private var channels: [Port: any Channel] = [:]
    private var waiting: [Port: [CheckedContinuation<Int, Never>]] = [:]

    func opened(_ port: Port, _ channel: any Channel) {
        channels[port] = channel
        for continuation in waiting.removeValue(forKey: port) ?? [] { continuation.resume(returning: channel.localAddress?.port ?? 0) }
    }

    func channel(of port: Port) -> (any Channel)? { channels[port] }

    func port(of port: Port) async -> Int {
        if let channel = channels[port] { return channel.localAddress?.port ?? 0 }
        return await withCheckedContinuation { waiting[port, default: []].append($0) }
    }
}
