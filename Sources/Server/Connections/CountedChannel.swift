import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Connections that were let in, and those that somebody has begun to serve.
///
/// NIO ends the whole process when a listener is closed while a connection is on the way from the one to the other ("Deinited NIOAsyncWriter without calling
/// finish()", seen within twenty stops under load, every time). So a listener is closed only when there are none.
final class Arrivals: Sendable {
    private let letIn = Atomic<Int>(0)
    private let taken = Atomic<Int>(0)

    func arrived() { letIn.wrappingAdd(1, ordering: .acquiringAndReleasing) }

    func began() { taken.wrappingAdd(1, ordering: .acquiringAndReleasing) }

    /// Waits until nobody is on the way, neither in the system's queue nor between us; gives up after a while, as the listener has to be closed.
    ///
    /// - Parameter queued: how many the system has let in and we have not.
    func settle(within limit: Duration, queued: () async -> Int) async {
        let end = ContinuousClock.now + limit
        // One look may fall between the queue and the first count.
        var quiet = 0
        while quiet < 2, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(25))
            let isQuiet = await queued() == 0 && taken.load(ordering: .acquiring) == letIn.load(ordering: .acquiring)
            quiet = isQuiet ? quiet + 1 : 0
        }
    }
}

/// Lets connections in while there are places, and counts each where the listener takes it from the system. A moment later it belongs to another event loop, and
/// however busy that is, the listener does not close before the connection has been begun with.
struct CountedPlaces: AvailableConnectionsDelegate {
    private var places: MaximumAvailableConnections
    private let arrivals: Arrivals

    init(_ most: Int, arrivals: Arrivals, logger: Logger) {
        places = MaximumAvailableConnections(most, logger: logger)
        self.arrivals = arrivals
    }

    mutating func connectionOpened() {
        arrivals.arrived()
        places.connectionOpened()
    }

    mutating func connectionClosed() { places.connectionClosed() }

    func isAcceptingNewConnections() -> Bool { places.isAcceptingNewConnections() }
}

/// An HTTP connection that is counted when it is begun with.
struct CountedChannel: ServerChildChannel {
    let channel: HTTP1Channel
    let arrivals: Arrivals

    func setup(channel accepted: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        let ready = channel.setup(channel: accepted, logger: logger)
        // One that could not be set up is never begun with.
        ready.whenFailure { [arrivals] _ in arrivals.began() }
        return ready
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        arrivals.began()
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) { await channel.handle(value: value, logger: logger) }
    }
}
