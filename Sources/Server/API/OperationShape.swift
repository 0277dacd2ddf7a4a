package import Domain

/// What an operation is, apart from how it is answered: its place, who may ask, and what it takes. The document at `/openapi.json` says the same, and a
/// test compares the two.
package struct OperationShape: Sendable {
    /// What a successful answer is.
    package enum Form: Sendable, Hashable {
        /// One thing, as JSON.
        case item
        /// A page of things, as JSON or CSV.
        case list
        /// A file, as it was stored or made.
        case file
    }

    package let id: String
    /// The path with its parameters in braces: `/api/v1/organisations/{organisation}`.
    package let path: String
    /// Who may ask at all. Nobody unless named here.
    package let roles: Set<AccessRole>
    /// What a token must be good for; nothing where every token is.
    package let scope: AccessScope?
    package let form: Form
    /// All it takes, those of every list and of every operation included.
    package let parameters: [OperationParameter]

    package init(
        _ id: String, _ path: String, for roles: Set<AccessRole>, in scope: AccessScope? = nil, answers form: Form,
        _ parameters: [OperationParameter] = []
    ) {
        self.id = id
        self.path = path
        self.roles = roles
        self.scope = scope
        self.form = form
        self.parameters = parameters + (form == .list ? OperationParameter.ofLists : []) + [.language]
    }
}

extension Set where Element == AccessRole {
    /// Whoever asks, with a token or without.
    package static var everybody: Set<AccessRole> { Set(AccessRole.allCases) }
    /// Whoever has a token.
    package static var named: Set<AccessRole> { everybody.subtracting([.anonymous]) }
    /// Those whose business the association's dealings are; each sees what is theirs.
    package static var business: Set<AccessRole> { named.subtracting([.operator]) }
    /// Those who see runs, which concern all members at once.
    package static var runs: Set<AccessRole> { [.secretariat, .finance, .board, .auditor] }
    /// Those who see who read what; an organisation's administrator, what its own people did.
    package static var accesses: Set<AccessRole> { [.memberAdministrator, .secretariat, .auditor] }
    /// Those who see who changed what.
    package static var audit: Set<AccessRole> { [.secretariat, .auditor] }
}
