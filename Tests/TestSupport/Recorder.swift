public import Logging
public import Synchronization

/// A log handler that keeps what it is given: `warning what was said`.
public final class Recorder: LogHandler {
    public let lines = Mutex<[String]>([])

    public init() {}

    public var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    public var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    public func log(event: LogEvent) {
        lines.withLock { $0.append("\(event.level) \(event.message)") }
    }
}
