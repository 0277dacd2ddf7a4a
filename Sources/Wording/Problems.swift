/// What can be wrong with a request over HTTP. The raw value ends the address that names the kind of problem.
public enum ProblemKind: String, Sendable, CaseIterable {
    case malformedRequest = "malformed-request"
    case parameterUnknown = "unknown-parameter"
    case parameterDoubled = "doubled-parameter"
    case parameterMissing = "missing-parameter"
    case parameterInvalid = "invalid-parameter"
    case cursorInvalid = "invalid-cursor"
    case unauthenticated
    case forbidden
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case conflict
    case bodyNotTaken = "body-not-taken"
    case targetTooLong = "target-too-long"
    case tooManyRequests = "too-many-requests"
    case failed = "failed"
    case busy
    case unavailable
    case deadlinePassed = "deadline-passed"

    public func title(in language: Language) -> String {
        switch self {
        case .malformedRequest: language("Anmodningen kan ikke læses", "The request cannot be read")
        case .parameterUnknown: language("Ukendt parameter", "Unknown parameter")
        case .parameterDoubled: language("Parameteren er der to gange", "The parameter is there twice")
        case .parameterMissing: language("Parameteren mangler", "The parameter is missing")
        case .parameterInvalid: language("Parameteren er ugyldig", "The parameter is invalid")
        case .cursorInvalid: language("Ugyldig cursor", "Invalid cursor")
        case .unauthenticated: language("Ikke logget ind", "Not authenticated")
        case .forbidden: language("Ingen adgang", "Forbidden")
        case .notFound: language("Findes ikke", "Not found")
        case .methodNotAllowed: language("Metoden er ikke tilladt", "Method not allowed")
        case .notAcceptable: language("Ingen af de ønskede formater", "None of the wanted formats")
        case .conflict: language("Registeret kan ikke svare entydigt", "The register cannot give one answer")
        case .bodyNotTaken: language("Indhold modtages ikke", "A body is not taken")
        case .targetTooLong: language("Adressen er for lang", "The address is too long")
        case .tooManyRequests: language("For mange forespørgsler", "Too many requests")
        case .failed: language("Noget gik galt hos os", "Something went wrong here")
        case .busy: language("Registeret har for travlt", "The register is too busy")
        case .unavailable: language("Registeret kan ikke nås", "The register cannot be reached")
        case .deadlinePassed: language("Det tog for lang tid", "It took too long")
        }
    }

    /// What is to be done about it.
    ///
    /// - Parameter name: the parameter that is wrong, where it is one.
    public func detail(on name: String, in language: Language) -> String {
        switch self {
        case .malformedRequest:
            language("adressen er ikke en gyldig URL i UTF-8", "the address is not a valid URL in UTF-8")
        case .parameterUnknown: language("der er ingen parameter »\(name)« her", "there is no parameter \"\(name)\" here")
        case .parameterDoubled: language("»\(name)« må stå én gang", "\"\(name)\" may be there once")
        case .parameterMissing: language("»\(name)« skal angives", "\"\(name)\" has to be given")
        case .parameterInvalid: language("værdien af »\(name)« er ikke gyldig her", "the value of \"\(name)\" is not valid here")
        case .cursorInvalid:
            language("cursoren hører ikke til denne liste; begynd forfra", "the cursor does not belong to this list; begin anew")
        case .unauthenticated:
            language(
                "send et gyldigt token: Authorization: Bearer os2m_…", "send a valid token: Authorization: Bearer os2m_…")
        case .forbidden:
            language("din rolle eller dit token giver ikke adgang til det", "your role or your token does not open this")
        case .notFound: language("det findes ikke, eller du må ikke se det", "it does not exist, or you may not see it")
        case .methodNotAllowed: language("kun GET og HEAD besvares", "only GET and HEAD are answered")
        case .notAcceptable:
            language(
                "her svares med application/json, og lister også som text/csv", "this answers application/json, and lists text/csv as well")
        case .conflict: language("registerets data tillader ikke ét svar", "the register's data do not allow one answer")
        case .bodyNotTaken: language("en forespørgsel, der læser, har intet indhold", "a request that reads has no body")
        case .targetTooLong: language("forkort adressen", "shorten the address")
        case .tooManyRequests:
            language("vent det antal sekunder, Retry-After siger", "wait for as many seconds as Retry-After says")
        case .failed: language("henvis til log, når du spørger foreningen", "refer to log when you ask the association")
        case .busy, .unavailable, .deadlinePassed: language("prøv igen om lidt", "try again in a little while")
        }
    }
}
