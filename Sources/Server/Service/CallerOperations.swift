import Domain
import Registry

extension Operation {
    /// What the register knows of whoever asks.
    package static let caller = Operation(.getCaller) { request, register in
        let (caller, name) = try await request.read(register) { work, caller in
            (caller, try await Sessions.organisationName(of: caller, in: work))
        }
        return .item { json in
            json.object {
                $0.member("role", caller.role.rawValue)
                $0.member("organisation", name?.cvr?.description)
                $0.member("organisationId", name?.id.value)
                $0.member("name", name?.name)
                $0.name("scopes")
                $0.array { for scope in caller.scopes { $0.string(scope.rawValue) } }
                $0.member("expiresOn", caller.token?.lastDay)
                $0.member("tokenPrefix", caller.token?.prefix)
            }
        }
    }
}
