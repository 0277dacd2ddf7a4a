public import Domain

/// One question that somebody asked with a token, and what came of it.
public struct Access: Sendable {
    let request: String
    let token: AccessToken
    let moment: Int64
    let operation: String
    let target: String
    let status: Int32
    /// Whether it must be on record. Of a read by somebody of the association only the token's last use is noted.
    let isFromOutside: Bool

    /// - Parameter request: sixteen hexadecimal digits that no other request has.
    /// - Parameter moment: microseconds since 1970.
    /// - Parameter operation: as the description of the API names it.
    /// - Parameter target: path and query.
    /// - Parameter role: whose token it is; nothing where the register did not say, which counts as from outside.
    public init(request: String, token: AccessToken, moment: Int64, operation: String, target: String, status: Int32, role: AccessRole?) {
        self.request = request
        self.token = token
        self.moment = moment
        self.operation = operation
        self.target = target
        self.status = status
        isFromOutside = role?.isOfOrganisation ?? true
    }
}
