internal import Logging
internal import Synchronization

/// Where a connection's notices go. libpq holds it by address for as long as the connection lives.
final class NoticeSink: Sendable {
    private let logger: Logger
    private let fatal = Atomic(false)

    init(logger: Logger) { self.logger = logger }

    /// An error that arrives while no statement runs comes as a notice: the server's last words before it closes the connection.
    var hasSeenFatal: Bool { fatal.load(ordering: .relaxed) }

    /// Only the primary message is logged: detail and context lines may quote data.
    func receive(severity: String, sqlState: String, message: String) {
        if severity == "FATAL" || severity == "PANIC" { fatal.store(true, ordering: .relaxed) }
        logger.log(level: Self.level(of: severity), "\(message)", metadata: ["severity": "\(severity)", "sqlState": "\(sqlState)"])
    }

    private static func level(of severity: String) -> Logger.Level {
        switch severity {
        case "DEBUG": .trace
        case "LOG", "INFO": .debug
        case "NOTICE": .info
        default: .warning
        }
    }
}
