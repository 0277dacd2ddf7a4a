import Logging
import NIOCore
import ServiceLifecycle

/// A listener that closes when nobody is on the way in.
struct QuietListener: Service {
    let listener: any Service
    let arrivals: Arrivals
    let logger: Logger
    /// The listening channel, once there is one.
    let channel: @Sendable () async -> (any Channel)?

    func run() async throws {
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [listener], logger: logger))
        // Detached, because a task of ours would hear of the stop at once, and close at once.
        let serving = Task.detached { try await group.run() }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await serving.value
            } onGracefulShutdown: {
                Task {
                    let channel = await channel()
                    if let channel { await ListenerHush.apply(to: channel) }
                    await arrivals.settle(within: .seconds(15)) {
                        if let channel { await ListenerHush.queued(on: channel) } else { 0 }
                    }
                    await group.triggerGracefulShutdown()
                }
            }
        } onCancel: {
            serving.cancel()
        }
    }
}
