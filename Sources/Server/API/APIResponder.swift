import Domain
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Registry
import Wording

/// What all operations of a server share.
struct ServiceParts: Sendable {
    let register: ServedRegister
    let accesses: AccessLog
    let today: @Sendable () -> CivilDate
    let limiter: RateLimiter
    let deadlines: Deadlines
    /// How long a request may take.
    let deadline: Duration
}

/// Every request comes in here: looked over, limited, routed, answered, counted and written down.
struct APIResponder: Sendable {
    private let routes: RouterResponder<APIContext>
    private let service: ServiceParts
    private let meters: Meters
    private let log: RequestLog
    private let logger: Logger
    private let date = DateHeader()
    private let longestTarget: Int
    private let trustsForwardedFor: Bool
    private let furtherProxies: [AddressRange]
    private let isDraining: @Sendable () -> Bool

    init(
        _ operations: [Operation], service: ServiceParts, configuration: ServerConfiguration, meters: Meters, logger: Logger,
        isDraining: @escaping @Sendable () -> Bool
    ) {
        let router = Router(context: APIContext.self)
        for (index, operation) in operations.enumerated() {
            router.on(
                RouterPath(operation.shape.path), method: .get,
                responder: OperationResponder(operation: operation, index: index, service: service))
        }
        router.add(middleware: PathNotFound())
        routes = router.buildResponder()
        self.service = service
        self.meters = meters
        self.logger = logger
        self.isDraining = isDraining
        log = RequestLog(sink: configuration.log)
        longestTarget = configuration.longestTarget
        trustsForwardedFor = configuration.trustsForwardedFor
        furtherProxies = configuration.furtherProxies
    }

    func respond(to request: Request, on channel: any Channel) async -> Response {
        let trace = RequestTrace(isAnswerable: request.method == .get || request.method == .head)
        meters.began()
        let forwarded = trustsForwardedFor ? ClientAddress.forwarded(request.headers, passingOver: furtherProxies) : nil
        let address = forwarded ?? ClientAddress(channel.remoteAddress)
        var response: Response
        do {
            response = try await answer(request, from: address, trace)
        } catch {
            response = self.response(to: error, request, trace)
        }
        if let name = SecurityHeaders.requestID { response.headers.append(HTTPField(name: name, value: trace.id)) }
        response.headers.append(HTTPField(name: .date, value: date.text))
        // Whoever hears it opens another connection, to another process.
        if isDraining() { response.headers[.connection] = "close" }
        if request.method == .head { response = response.createHeadResponse() }
        let (outcome, status) = (trace.outcome, response.status.code)
        let took = Instant.ticks - trace.arrival
        meters.ended(outcome.operation, status: status, nanoseconds: took, isLimited: outcome.isLimited)
        log.write(trace, operation: meters.name(of: outcome.operation), status: status, nanoseconds: took, from: address)
        return response
    }

    private func answer(_ request: Request, from address: ClientAddress, _ trace: RequestTrace) async throws -> Response {
        try service.limiter.admit(address, at: trace.arrival)
        // Nothing here reads a body, so none is waited for.
        if request.headers[.transferEncoding] != nil || request.headers[.contentLength].map({ $0 != "0" }) == true {
            throw RequestFault.bodyNotTaken
        }
        let target = try RequestTarget(request.head.path ?? "", longest: longestTarget)
        if target.hasEmptyPart { throw RequestFault.notFound }
        let context = APIContext(source: APIContext.Source(logger: logger, trace: trace, target: target))
        guard request.method != .get else { return try await routes.respond(to: request, context: context) }
        // Every operation has one method. Others are routed all the same, to tell what is not there from what is not done.
        var head = request.head
        head.method = .get
        return try await routes.respond(to: Request(head: head, body: request.body), context: context)
    }

    private func response(to error: any Error, _ request: Request, _ trace: RequestTrace) -> Response {
        let problem = ProblemTable.problem(for: error, log: trace.id)
        trace.note { outcome in
            if problem.kind == .tooManyRequests { outcome.isLimited = true }
            if problem.status.code >= 500 { outcome.note = RegisterTrouble.note(on: error) }
        }
        let language = language(of: request)
        var fields = SecurityHeaders.all
        fields.append(HTTPField(name: .contentType, value: Problem.mediaType))
        fields.append(HTTPField(name: .contentLanguage, value: language.rawValue))
        fields.append(HTTPField(name: .cacheControl, value: "no-store"))
        fields.append(HTTPField(name: .vary, value: SecurityHeaders.vary))
        if let seconds = problem.retryAfter { fields.append(HTTPField(name: .retryAfter, value: String(seconds))) }
        switch problem.kind {
        case .unauthenticated: fields.append(HTTPField(name: .wwwAuthenticate, value: "Bearer"))
        case .methodNotAllowed: fields.append(HTTPField(name: .allow, value: "GET, HEAD"))
        default: break
        }
        // What is still to come of a body would be read as the next request, or waited for as long as it drips.
        if request.headers[.transferEncoding] != nil || request.headers[.contentLength].map({ $0 != "0" }) == true {
            fields.append(HTTPField(name: .connection, value: "close"))
        }
        return Response(
            status: problem.status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: problem.body(in: language))))
    }

    /// The language that was asked for, as far as that can be told of a request that could not be read.
    private func language(of request: Request) -> Language {
        let pairs = (request.head.path ?? "").split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "&")
        let asked = pairs?.first { $0.hasPrefix("lang=") }.flatMap { Language(rawValue: String($0.dropFirst(5))) }
        return asked ?? Negotiation.language(request.headers)
    }
}
