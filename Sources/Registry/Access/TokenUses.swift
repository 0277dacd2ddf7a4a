import Domain
public import Logging
public import Postgres
import Synchronization

/// Notes when tokens were last used, to the minute or so, without a write for every request: what was used since the last time is written together.
///
/// A standby takes no writes, so this has a pool of its own to the primary, as `app`.
public final class TokenUses: Sendable {
    private let pool: Pool
    private let logger: Logger
    private let used = Mutex<Set<AccessToken>>([])

    /// So many tokens are remembered until they are written; further ones are noted the next time they are used.
    private static let most = 10_000

    public init(pool: Pool, logger: Logger) {
        self.pool = pool
        self.logger = logger
    }

    func note(_ token: AccessToken) {
        used.withLock { if $0.count < TokenUses.most { $0.insert(token) } }
    }

    /// Writes every so often until the task is cancelled, and once more then.
    public func run(every interval: Duration = .seconds(60)) async {
        while (try? await Task.sleep(for: interval)) != nil { await write() }
        await Task { await write() }.value
    }

    /// Writes what has gathered. What cannot be written now, without the primary for instance, is kept for the next time; nothing else suffers.
    public func write() async {
        var tokens = used.withLock { used in
            defer { used = [] }
            return used
        }
        while let token = tokens.first {
            do {
                _ = try await pool.pipeline(
                    Statement.first(Sessions.statement(token), as: SessionRow.self),
                    Statement.execute(
                        """
                        INSERT INTO api_token_use (token_id, last_used_at) SELECT session_token(), now() WHERE session_token() IS NOT NULL
                        ON CONFLICT (token_id) DO UPDATE SET last_used_at = excluded.last_used_at
                        """))
                tokens.remove(token)
            } catch {
                for token in tokens { note(token) }
                return logger.warning("the last use of \(tokens.count) tokens is noted later: \(error)")
            }
        }
    }
}
