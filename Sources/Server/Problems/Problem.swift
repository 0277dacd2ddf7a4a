import Domain
import HTTPTypes
import Wording

/// What a caller is told when a request is not answered (RFC 9457): a kind, and for whom it is of use the parameter, the rule or the entry in the log.
struct Problem: Sendable, Hashable {
    let kind: ProblemKind
    var parameter: String?
    /// What the parameter may be, where that is what is wrong with it.
    var valid: ValidValues?
    var refusal: RuleRefusal?
    /// The number under which the log says more.
    var log: String?
    /// Seconds until it is worth asking again.
    var retryAfter: Int?

    init(
        _ kind: ProblemKind, parameter: String? = nil, valid: ValidValues? = nil, refusal: RuleRefusal? = nil, log: String? = nil,
        retryAfter: Int? = nil
    ) {
        self.kind = kind
        self.parameter = parameter
        self.valid = valid
        self.refusal = refusal
        self.log = log
        self.retryAfter = retryAfter
    }

    static let mediaType = "application/problem+json"

    var status: HTTPResponse.Status { ProblemTable.status(of: kind) }

    /// The body. A 404 is the same whatever was asked for, and has nothing of the request in it.
    func body(in language: Language) -> [UInt8] {
        var json = CanonicalJSON(reserving: 256)
        json.object {
            $0.member("type", "/problems/\(kind.rawValue)")
            $0.member("title", kind.title(in: language))
            $0.member("status", status.code)
            $0.member("detail", detail(in: language))
            if let refusal { $0.member("code", refusal.refusal.rule.rawValue) }
            if let parameter { $0.member("parameter", parameter) }
            if let log { $0.member("log", log) }
        }
        return json.bytes
    }

    private func detail(in language: Language) -> String {
        if let refusal { return refusal.refusal.sentence(in: language) }
        return valid?.sentence(on: parameter ?? "", in: language) ?? kind.detail(on: parameter ?? "", in: language)
    }
}

/// A refusal that the caller is told word for word.
struct RuleRefusal: Sendable, Hashable {
    let refusal: Refusal

    static func == (left: RuleRefusal, right: RuleRefusal) -> Bool { left.refusal == right.refusal }

    func hash(into hasher: inout Hasher) { hasher.combine(refusal.rule) }
}
