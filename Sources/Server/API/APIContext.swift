import HTTPTypes
import Hummingbird
import Logging

/// What goes with a request through the router.
struct APIContext: RequestContext {
    struct Source: RequestContextSource {
        let logger: Logger
        let trace: RequestTrace
        let target: RequestTarget
    }

    var coreContext: CoreRequestContextStorage
    let trace: RequestTrace
    let target: RequestTarget

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        trace = source.trace
        target = source.target
    }
}

/// What the router throws for a path that no operation has. Added after the routes, so it is on the way of nothing else.
struct PathNotFound: MiddlewareProtocol {
    typealias Input = Request
    typealias Output = Response
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        throw RequestFault.notFound
    }
}
