public import Domain

extension TokenRecord {
    /// - Parameter secret: the token itself, present only in the answer that makes it.
    public func write(to json: inout CanonicalJSON, on day: CivilDate, secret: AccessToken? = nil) {
        json.object {
            if let secret { $0.member("token", secret.secret) }
            $0.member("prefix", prefix)
            $0.member("person", personName)
            $0.member("email", personEmail)
            $0.member("role", role.rawValue)
            $0.member("organisation", organisation?.cvr?.description)
            $0.member("organisationId", organisation?.id.value)
            $0.member("name", organisation?.name)
            $0.name("scopes")
            $0.array { for scope in scopes { $0.string(scope.rawValue) } }
            $0.member("state", state(on: day).rawValue)
            $0.member("createdOn", createdOn)
            $0.member("lastDay", lastDay)
            $0.member("lastUsedOn", lastUsedOn)
            $0.member("revokedOn", revokedOn)
        }
    }
}

extension ForgottenReads {
    public func write(to json: inout CanonicalJSON) {
        json.object {
            $0.member("forgotten", count)
            $0.member("keptSince", keptSince)
        }
    }
}
