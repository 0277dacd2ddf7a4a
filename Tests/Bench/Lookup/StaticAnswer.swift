import ArgumentParser
import Hummingbird
import Logging

/// A Hummingbird server that answers everything with so many bytes: what HTTP costs by itself.
struct StaticAnswer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "static", shouldDisplay: false)
    @Option var port: Int
    @Option var bytes: Int

    func run() async throws {
        var logger = Logger(label: "static")
        logger.logLevel = .error
        let body = ByteBuffer(repeating: 0x20, count: bytes)
        let router = Router()
        router.get("/") { _, _ in
            Response(status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)), logger: logger)
        try await application.runService()
    }
}
