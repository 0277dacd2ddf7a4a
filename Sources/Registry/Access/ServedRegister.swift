public import Domain
public import Postgres

/// The register as it is served to callers who prove who they are with a token: read only, and each sees what is theirs.
///
/// It connects as the role `app`, which row-level security binds. The token travels to the database with every transaction, and the policies look up
/// there whose it is: a mistake in a statement, or one that somebody smuggled in, shows nothing that the token's owner may not see.
public struct ServedRegister: Sendable {
    let pool: Pool

    /// - Parameter pool: connections as `app`, or as `readonly` to a standby: nothing is written over them.
    public init(pool: Pool) { self.pool = pool }

    /// Reads from one consistent state on behalf of whoever holds the token.
    ///
    /// - Parameter token: nothing for an anonymous caller.
    /// - Parameter roles: who may do this at all.
    /// - Parameter scope: the part of the register it belongs to.
    /// - Parameter recognised: told who asks as soon as that is known, whether or not they may.
    /// - Throws: ``AccessRefusal``; what `body` throws; ``PostgresError`` when the server fails.
    public func read<Value: Sendable>(
        as token: AccessToken?, allowing roles: Set<AccessRole>, in scope: AccessScope?, on today: CivilDate,
        recognised: @Sendable (Caller) -> Void = { _ in }, _ body: @Sendable (Work, Caller) async throws -> Value
    ) async throws -> Value {
        // Nothing is written, so the name lands nowhere.
        guard let actor = Actor("serve") else { throw AccessRefusal.forbidden }
        return try await ConstraintRules.translating {
            try await pool.transaction(.repeatableRead, readOnly: true) { transaction in
                let caller = try await Sessions.open(token, in: transaction)
                recognised(caller)
                try caller.check(roles, scope)
                return try await body(Work(transaction: transaction, actor: actor, today: today), caller)
            }
        }
    }
}

extension ServedRegister {
    /// The groups an organisation sits in on a day, with its people and whom to ask: session and answer in one round trip.
    ///
    /// What a day that is over showed depends on who asks, so that is two.
    ///
    /// - Parameter recognised: told who asks as soon as that is known, whether or not they may.
    /// - Throws: ``AccessRefusal``; ``PostgresError`` when the server fails.
    public func groups(
        of organisation: Identifier<Organisation>, on day: CivilDate, today: CivilDate, as token: AccessToken?,
        allowing roles: Set<AccessRole>,
        in scope: AccessScope?, recognised: @Sendable (Caller) -> Void = { _ in }
    ) async throws -> [OrganisationGroup] {
        func readWhole() async throws -> [OrganisationGroup] {
            try await read(as: token, allowing: roles, in: scope, on: today, recognised: recognised) { work, caller in
                try await Lookups.groups(of: organisation, on: day, for: caller, in: work)
            }
        }
        if day < today { return try await readWhole() }
        guard let token else { throw AccessRefusal.unauthenticated }
        let (session, rows) = try await pool.pipeline(
            Statement.first(Sessions.statement(token), as: SessionRow.self),
            Statement.query(GroupLookup.statement(of: organisation, on: day), as: GroupSeatRow.self))
        guard let caller = session?.caller else { throw AccessRefusal.unauthenticated }
        // An organisation that a token speaks for is there; of others, one without groups is looked for.
        if caller.role.seesAll && rows.isEmpty { return try await readWhole() }
        recognised(caller)
        try caller.check(roles, scope)
        guard caller.sees(organisation) else { throw AccessRefusal.notFound }
        return GroupLookup.groups(rows, of: organisation)
    }
}

extension ServedRegister {
    /// Whether the policies bind whoever this register connects as, and no way leads to somebody they do not bind.
    ///
    /// - Throws: ``PostgresError`` when the server cannot be reached.
    public func isBound() async throws -> Bool { try await pool.pipeline(Statement.only(Provisioning.isBound, as: Bool.self)) }

    /// Whether the database answers and is as new as this program.
    public func isReady() async -> Bool {
        let applied = try? await pool.pipeline(Statement.only("SELECT count(*) FROM schema_migration", as: Int64.self))
        return applied == Int64(EmbeddedSQL.migrations.count)
    }
}

extension Caller {
    /// - Throws: ``AccessRefusal/forbidden`` for a role that is not among them, or a token that does not open the part of the register.
    func check(_ roles: Set<AccessRole>, _ scope: AccessScope?) throws(AccessRefusal) {
        guard roles.contains(role), scope.map(scopes.contains) ?? true else { throw .forbidden }
    }
}
