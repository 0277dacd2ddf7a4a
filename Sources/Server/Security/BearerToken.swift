import Domain
import HTTPTypes

/// The token in a request's `Authorization`.
enum BearerToken {
    /// Nothing where no token was sent.
    ///
    /// - Throws: ``RequestFault/malformedAuthorization`` for two of them, another scheme, or what has not the form of a token.
    static func read(_ headers: HTTPFields) throws(RequestFault) -> AccessToken? {
        var found: AccessToken?
        for field in headers where field.name == .authorization {
            let value = field.value
            guard found == nil, value.utf8.count > scheme.count, value.prefix(scheme.count).lowercased() == scheme,
                let token = AccessToken(String(value.dropFirst(scheme.count)))
            else { throw .malformedAuthorization }
            found = token
        }
        return found
    }

    private static let scheme = "bearer "
}
