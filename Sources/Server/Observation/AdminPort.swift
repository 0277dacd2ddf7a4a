import Domain
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Whether the program can do its work, as its composition root sees it.
package enum Readiness: Sendable, Hashable {
    case ready
    /// - Parameter reason: a word, such as `database` or `schema`.
    case notReady(reason: String)
}

/// What the machine's own people ask: whether the process lives, whether it can serve, and its figures. On a port of its own, which callers never reach.
struct AdminPort: Sendable {
    let meters: Meters
    let deadlines: Deadlines
    let log: LogSink
    let isDraining: @Sendable () -> Bool
    let readiness: @Sendable () async -> Readiness

    func respond(to request: Request) async -> Response {
        guard request.method == .get || request.method == .head else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET, HEAD"])
        }
        let response =
            switch request.uri.path {
            case "/health/live": text(.ok, "live")
            case "/health/ready": await ready()
            case "/metrics": text(.ok, meters.text(ProcessFigures.read(), lostLines: log.lost), "text/plain; version=0.0.4; charset=utf-8")
            default: text(.notFound, "not found")
            }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func ready() async -> Response {
        // Whoever sends requests here is to stop before the door is closed.
        if isDraining() { return text(.serviceUnavailable, "draining") }
        do {
            let readiness = readiness
            switch try await deadlines.run(within: .seconds(2), { await readiness() }) {
            case .ready: return text(.ok, "ready")
            case .notReady(let reason): return text(.serviceUnavailable, reason)
            }
        } catch {
            return text(.serviceUnavailable, "timeout")
        }
    }

    private func text(_ status: HTTPResponse.Status, _ body: String, _ type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: status, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body.hasSuffix("\n") ? body : "\(body)\n")))
    }
}
