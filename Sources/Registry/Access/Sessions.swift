public import Domain
package import Postgres

/// A session lasts as long as its transaction: the token is set in it, and the policies find the row it stands for.
public enum Sessions {
    /// Tells the transaction who asks, and answers who that is.
    ///
    /// - Throws: ``AccessRefusal/unauthenticated`` for a token that is none, was revoked or has expired.
    static func open(_ token: AccessToken?, in transaction: Transaction) async throws -> Caller {
        guard let token else {
            // Whatever somebody may have left on the connection is no session of this caller's.
            _ = try await transaction.only("SELECT set_config('os2medlem.session', '', true)", as: String.self)
            return .anonymous
        }
        guard let caller = try await transaction.first(statement(token), as: SessionRow.self)?.caller else {
            throw AccessRefusal.unauthenticated
        }
        return caller
    }

    /// The organisation a caller speaks for, by name.
    public static func organisationName(of caller: Caller, in work: Work) async throws -> OrganisationName? {
        guard let organisation = caller.organisation else { return nil }
        return try await work.transaction.first(
            "SELECT o.id, o.cvr, o.name FROM organisation AS o WHERE o.id = \(organisation.value)", as: OrganisationNameRow.self)?.name
    }

    /// What opens a session, as the first statement of its transaction; no row when the token opens none.
    package static func statement(_ token: AccessToken) -> SQL { "SELECT \(SessionRow.columns) FROM open_session(\(token.secret)) AS s" }
}

struct SessionRow: RowDecodable, Sendable {
    let caller: Caller?

    static var columns: SQL {
        """
        s.id, s.role, s.organisation_id, session_organisations(), s.scopes, s.prefix, (s.expires_at AT TIME ZONE 'Europe/Copenhagen')::date - 1
        """
    }

    init(row: inout Row) throws(DecodingFailure) {
        let token: Identifier<AccessToken> = try row.identifier()
        let role: AccessRole = try row.word()
        let organisation = try row.next(Int64?.self).map { Identifier<Organisation>($0) }
        let organisations = try row.next([Int64].self).map { Identifier<Organisation>($0) }
        let scopes = try row.scopes()
        caller = Caller(
            role: role, organisation: organisation, organisations: organisations, scopes: scopes,
            token: Caller.Identity(id: token, prefix: try row.next(), lastDay: try row.date()))
    }
}

private struct OrganisationNameRow: RowDecodable, Sendable {
    let name: OrganisationName

    static var columns: SQL { "o.id, o.cvr, o.name" }

    init(row: inout Row) throws(DecodingFailure) { name = try row.organisationName() }
}
