import Wording

/// Why a request is refused before anything is asked of the register.
enum RequestFault: Error, Sendable, Hashable {
    case malformedTarget
    case malformedAuthorization
    case targetTooLong
    case bodyNotTaken
    case parameterUnknown(String)
    case parameterDoubled(String)
    case parameterMissing(String)
    case parameterInvalid(String, ValidValues)
    case cursorInvalid
    case notFound
    case methodNotAllowed
    case notAcceptable
    /// - Parameter seconds: until there is room again.
    case tooManyRequests(seconds: Int)
    case deadlinePassed
}
