public import Logging
internal import ServiceLifecycle

/// The notifications of some channels, on a connection of their own that is made anew whenever it breaks.
/// ```
/// for try await event in Listener(configuration, channels: [try Channel("job")], logger: logger) {
///     switch event {
///     case .listening, .notification: try await work(off: table)
///     }
/// }
/// ```
/// Ends on cancellation of the task and on graceful shutdown. Nothing runs, and no connection is open, but while somebody iterates; every
/// iteration has its own connection.
public struct Listener: AsyncSequence, Sendable {
    public enum Element: Hashable, Sendable {
        /// From here on notifications arrive, for the first time or again after an interruption. Those before it are lost: look at the
        /// table.
        case listening
        case notification(Notification)
    }

    public typealias Failure = PostgresError

    private let configuration: ConnectionConfiguration
    private let channels: [Channel]
    private let logger: Logger

    /// Names what to listen to; nothing is connected yet.
    public init(_ configuration: ConnectionConfiguration, channels: [Channel], logger: Logger) {
        self.configuration = configuration
        self.channels = channels
        self.logger = logger
    }

    public func makeAsyncIterator() -> Iterator { Iterator(listener: self) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let listener: Listener
        fileprivate var line = Line()
        /// What came together with the event before: many often do, and none but the first has to be waited for.
        fileprivate var arrived: ArraySlice<Notification> = []
        fileprivate var isOver = false

        /// Waits for the next event, without end while the server cannot be reached. Nil after cancellation or graceful shutdown.
        ///
        /// Throws only ``PostgresError/invalidConfiguration(_:)``: whatever else is wrong may be right the next time, and is logged.
        public mutating func next() async throws(PostgresError) -> Element? {
            guard !isOver else { return nil }
            if !Task.isCancelled, let notification = arrived.popFirst() { return .notification(notification) }
            let waiting = Task { [listener, line] in await listener.next(on: line) }
            let outcome = await withGracefulShutdownHandler {
                await withTaskCancellationHandler {
                    await waiting.value
                } onCancel: {
                    waiting.cancel()
                }
            } onGracefulShutdown: {
                waiting.cancel()
            }
            do throws(PostgresError) {
                let events: [Notification]
                (events, line) = try outcome.get()
                arrived = events[...]
                return arrived.popFirst().map(Element.notification) ?? .listening
            } catch {
                isOver = true
                line = Line()
                arrived = []
                if case .cancelled = error { return nil }
                throw error
            }
        }
    }

    /// The connection of one iteration, and what there is to know about how it has fared.
    fileprivate struct Line: Sendable {
        var connection: Connection?
        /// When the connection was made.
        var since = ContinuousClock.now
        /// How often connecting has failed, or its result broke at once, in a row.
        var failures = 0
    }

    /// Notifications that have arrived; none when listening has just begun.
    private func next(on line: Line) async -> Result<([Notification], Line), PostgresError> {
        var line = line
        while true {
            do throws(PostgresError) {
                guard let connection = line.connection else {
                    try await Self.pause(after: line.failures)
                    line.connection = try await connect()
                    line.since = .now
                    return .success(([], line))
                }
                return .success((try await connection.notifications(), line))
            } catch {
                switch error {
                case .cancelled, .invalidConfiguration: return .failure(error)
                default: break
                }
                logger.warning("listening again soon: \(error)")
                let lasted = line.connection != nil && ContinuousClock.now - line.since >= Self.longestPause
                line.failures = lasted ? 0 : line.failures + 1
                line.connection = nil
            }
        }
    }

    private func connect() async throws(PostgresError) -> Connection {
        let connection = try await Connection.open(configuration, logger: logger)
        do throws(PostgresError) {
            try await connection.listen(on: channels)
        } catch {
            await connection.close()
            throw error
        }
        return connection
    }

    // MARK: Patience

    private static let longestPause = Duration.seconds(2)

    /// None at first, then from 50 ms on twice as long each time, at most 2 s; somewhat random, so that many do not come back at once.
    private static func pause(after failures: Int) async throws(PostgresError) {
        guard failures > 0 else { return }
        // 50, 100 … 1,600 milliseconds.
        let most = failures > 6 ? 2000 : 25 << failures
        do { try await Task.sleep(for: .milliseconds(Int.random(in: most / 2...most))) } catch { throw .cancelled }
    }
}
