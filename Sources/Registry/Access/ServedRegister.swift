public import Domain
public import Postgres

/// The register as it is served to callers who prove who they are with a token: read only, and each sees what is theirs.
///
/// It connects as the role `app`, which row-level security binds. The token travels to the database with every transaction, and the policies look up
/// there whose it is: a mistake in a statement, or one that somebody smuggled in, shows nothing that the token's owner may not see.
public struct ServedRegister: Sendable {
    let pool: Pool

    /// - Parameter pool: connections as `app`, to the primary or to a standby: nothing is written over them.
    public init(pool: Pool) { self.pool = pool }

    /// Reads from one consistent state on behalf of whoever holds the token.
    ///
    /// - Parameter token: nothing for an anonymous caller.
    /// - Parameter roles: who may do this at all.
    /// - Parameter scope: the part of the register it belongs to.
    /// - Throws: ``AccessRefusal``; what `body` throws; ``PostgresError`` when the server fails.
    public func read<Value: Sendable>(
        as token: AccessToken?, allowing roles: Set<AccessRole>, in scope: AccessScope?, on today: CivilDate,
        _ body: @Sendable (Work, Caller) async throws -> Value
    ) async throws -> Value {
        // Nothing is written, so the name lands nowhere.
        guard let actor = Actor("serve") else { throw AccessRefusal.forbidden }
        return try await ConstraintRules.translating {
            try await pool.transaction(.repeatableRead, readOnly: true) { transaction in
                let caller = try await Sessions.open(token, in: transaction)
                try caller.check(roles, scope)
                return try await body(Work(transaction: transaction, actor: actor, today: today), caller)
            }
        }
    }
}

extension Caller {
    /// - Throws: ``AccessRefusal/forbidden`` for a role that is not among them, or a token that does not open the part of the register.
    func check(_ roles: Set<AccessRole>, _ scope: AccessScope?) throws(AccessRefusal) {
        guard roles.contains(role), scope.map(scopes.contains) ?? true else { throw .forbidden }
    }
}
