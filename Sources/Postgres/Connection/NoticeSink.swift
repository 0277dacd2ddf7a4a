internal import Logging

/// Where a connection's notices go. libpq holds it by address for as long as the connection lives.
final class NoticeSink: Sendable {
    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    /// Only the primary message is logged: detail and context lines may quote data.
    func receive(severity: String, sqlState: String, message: String) {
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
