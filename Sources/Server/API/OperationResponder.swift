import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Registry
import Wording

/// Answers one operation: reads what was sent, asks, and writes the answer with its headers.
struct OperationResponder: HTTPResponder {
    let operation: Operation
    /// Its place among the figures.
    let index: Int
    let service: ServiceParts

    func respond(to request: Request, context: APIContext) async throws -> Response {
        context.trace.note { $0.operation = index }
        guard context.trace.isAnswerable else { throw RequestFault.methodNotAllowed }
        let shape = operation.shape
        let token = try BearerToken.read(request.headers)
        if let token {
            context.trace.note { $0.tokenPrefix = token.prefix }
            try service.limiter.admit(token, at: context.trace.arrival)
        }
        // The register would say no as well, but only after a connection was had; and whoever is nobody is not told what else is wrong.
        if token == nil, !shape.roles.contains(.anonymous) { throw AccessRefusal.unauthenticated }
        let values = try ParameterReading(shape, path: context.parameters, target: context.target).values
        let representation = try Negotiation.representation(
            of: shape.form, format: text("format", of: values), accept: request.headers[.accept])
        let asked = OperationRequest(
            shape: shape, token: token, today: service.today(),
            language: text("lang", of: values).flatMap(Language.init(rawValue:)) ?? Negotiation.language(request.headers),
            representation: representation, target: context.target, values: values
        ) { [trace = context.trace] caller in trace.note { $0.role = caller.role } }
        switch operation.way {
        case .immediate(let answer): return response(try answer(asked), to: asked, request.headers)
        case .pipeline(let answer):
            return try await recorded(asked, context.trace) {
                response(try await answer(asked, service.register), to: asked, request.headers)
            }
        case .register(let answer):
            let register = service.register
            return try await recorded(asked, context.trace) {
                // The response too, a file's of many megabytes: on the event loop others would wait for it.
                try await service.deadlines.run(within: service.deadline) {
                    response(try await answer(asked, register), to: asked, request.headers)
                }
            }
        }
    }

    /// What `answer` gives, once it is on record that it was asked for.
    private func recorded(
        _ asked: OperationRequest, _ trace: RequestTrace, _ answer: () async throws -> Response
    ) async throws -> Response {
        do {
            let response = try await answer()
            try note(asked, answered: response.status, trace)
            return response
        } catch let refusal as AccessRefusal where refusal != .unauthenticated {
            // Who asks for what is not theirs is on record as well.
            try note(asked, answered: ProblemTable.status(of: ProblemTable.kind(of: refusal)), trace)
            throw refusal
        }
    }

    /// Before the answer goes out: what has to be on record and cannot be put there is not told.
    private func note(_ asked: OperationRequest, answered status: HTTPResponse.Status, _ trace: RequestTrace) throws {
        guard let token = asked.token else { return }
        try service.accesses.note(
            Access(
                request: trace.id, token: token, moment: Instant.now.microseconds, operation: asked.shape.id, target: asked.target.text,
                status: Int32(status.code), role: trace.outcome.role))
    }

    private func text(_ name: String, of values: [ParameterValue]) -> String? {
        guard let index = operation.shape.parameters.firstIndex(where: { $0.name == name }), case .text(let text) = values[index] else {
            return nil
        }
        return text
    }

    private func response(_ answer: Answer, to request: OperationRequest, _ headers: HTTPFields) -> Response {
        let tag = answer.tag ?? EntityTag(of: answer.bytes)
        var fields = SecurityHeaders.all
        fields.append(HTTPField(name: .eTag, value: tag.text))
        // What anybody may see may be kept by anybody, what was shown to a token by nobody else.
        let isPublic = operation.shape.roles.contains(.anonymous) && request.token == nil
        fields.append(HTTPField(name: .cacheControl, value: isPublic ? "public, no-cache" : "private, no-cache"))
        fields.append(HTTPField(name: .vary, value: SecurityHeaders.vary))
        if let known = headers[.ifNoneMatch], tag.isNamed(in: known) { return Response(status: .notModified, headers: fields) }
        fields.append(HTTPField(name: .contentType, value: answer.mediaType))
        fields.append(HTTPField(name: .contentLanguage, value: request.language.rawValue))
        if let next = answer.next, let name = SecurityHeaders.link {
            fields.append(HTTPField(name: name, value: link(to: next, of: request.target)))
        }
        if let name = answer.fileName { fields.append(HTTPField(name: .contentDisposition, value: FileName.disposition(name))) }
        return Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.bytes)))
    }

    /// The same question with another cursor. Only characters of a URL came this far.
    private func link(to cursor: String, of target: RequestTarget) -> String {
        var query = target.query.split(separator: "&").filter { !$0.hasPrefix("cursor=") }.map(String.init)
        query.append("cursor=\(cursor)")
        return "<\(target.path)?\(query.joined(separator: "&"))>; rel=\"next\""
    }
}

/// The name a file is saved under, for a header.
enum FileName {
    /// A plain form for old programs, and the whole name in UTF-8 (RFC 6266).
    static func disposition(_ name: String) -> String {
        let plain = String(decoding: name.utf8.map { isPlain($0) ? $0 : 0x5F }, as: UTF8.self)
        var encoded: [UInt8] = []
        for byte in name.utf8 {
            if isPlain(byte) && byte != 0x20 { encoded.append(byte) } else { encoded += percent(byte) }
        }
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(String(decoding: encoded, as: UTF8.self))"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x2D, 0x2E, 0x5F: true
        default: false
        }
    }

    private static func percent(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
