public import Domain
public import Logging
public import Postgres
import Synchronization

/// One question that somebody asked with a token, and what came of it.
public struct Access: Sendable {
    let request: String
    let token: AccessToken
    let moment: Int64
    let operation: String
    let target: String
    let status: Int32

    /// - Parameter request: sixteen hexadecimal digits that no other request has.
    /// - Parameter moment: microseconds since 1970.
    /// - Parameter operation: as the description of the API names it.
    /// - Parameter target: path and query.
    public init(request: String, token: AccessToken, moment: Int64, operation: String, target: String, status: Int32) {
        self.request = request
        self.token = token
        self.moment = moment
        self.operation = operation
        self.target = target
        self.status = status
    }
}

/// Puts on record what is read from outside (DOMAIN, people's data), and when tokens were last used: what was asked since the last time is written together.
///
/// Reading needs no server that takes writes, so this has a pool of its own to the primary. While the primary is away, what is to be noted is kept; when as
/// much has gathered as is kept, nothing more is read, because a read that nobody can account for is worse than none. A program that is killed loses what it
/// had not written, a second's worth; the log of requests names those too.
public final class AccessLog: Sendable {
    private let pool: Pool
    private let logger: Logger
    private let most: Int
    private let gathered = Mutex<[Access]>([])
    /// Said once for each time that nothing can be written, not every second.
    private let isBehind = Atomic<Bool>(false)

    /// Written in one statement; of a longer list what is left follows.
    private static let batch = 2_000

    /// - Parameter most: so many reads are kept while they cannot be written; some 300 bytes each.
    public init(pool: Pool, most: Int = 50_000, logger: Logger) {
        self.pool = pool
        self.most = most
        self.logger = logger
    }

    /// Keeps a read until it is written.
    ///
    /// - Throws: ``RegisterTrouble/busy`` when there is no room. Then the answer must not be given.
    public func note(_ access: Access) throws(RegisterTrouble) {
        let isKept = gathered.withLock { gathered in
            guard gathered.count < most else { return false }
            gathered.append(access)
            return true
        }
        guard isKept else { throw .busy }
    }

    /// Writes every so often until the task is cancelled, and once more then.
    public func run(every interval: Duration = .seconds(1)) async {
        while (try? await Task.sleep(for: interval)) != nil { await write() }
        await Task { await write() }.value
        let left = gathered.withLock { $0.count }
        if left > 0 { logger.error("\(left) reads could not be put on record; the log of requests names them") }
    }

    /// Writes what has gathered. It is kept until it is written, so that what waits is never more than may; one writing at a time.
    public func write() async {
        while true {
            let next = gathered.withLock { Array($0.prefix(AccessLog.batch)) }
            if next.isEmpty { break }
            do {
                _ = try await pool.pipeline(Statement.execute(AccessLog.statement(next)))
            } catch {
                guard !isBehind.exchange(true, ordering: .relaxed) else { return }
                return logger.warning("reads are still to be put on record: \(RegisterTrouble.note(on: error))")
            }
            gathered.withLock { $0.removeFirst(next.count) }
        }
        if isBehind.exchange(false, ordering: .relaxed) { logger.info("reads are on record again") }
    }

    private static func statement(_ accesses: [Access]) -> SQL {
        """
        SELECT note_access(\(accesses.map(\.request)), \(accesses.map(\.token.secret)), \(accesses.map(\.moment)), \(accesses.map(\.operation)),
            \(accesses.map(\.target)), \(accesses.map(\.status)))
        """
    }
}

extension AccessLog {
    /// Reads from outside, the newest first: every organisation's to the secretariat and the auditors, its own to an organisation's administrator.
    ///
    /// - Parameter organisation: only by its people, where it is given.
    /// - Parameter first: only from this day on, Copenhagen's, where it is given; and through `last`.
    /// - Throws: ``AccessRefusal/forbidden`` for another caller.
    public static func page(
        of organisation: Identifier<Organisation>? = nil, from first: CivilDate? = nil, through last: CivilDate? = nil,
        _ request: PageRequest, for caller: Caller, in work: Work
    ) async throws -> Page<AccessEntry> {
        guard [.memberAdministrator, .secretariat, .auditor].contains(caller.role) else { throw AccessRefusal.forbidden }
        return try await Listing(table: AccessEntry.table, key: "e.id", isDescending: true).page(
            request,
            where: """
                \(caller.sees("e.organisation_id")) AND (\(organisation?.value)::bigint IS NULL OR e.organisation_id = \(organisation?.value))
                AND (\(first?.stored)::date IS NULL OR e.at >= \(first?.stored)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                AND (\(last?.stored)::date IS NULL OR e.at < (\(last?.stored)::date + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
                """, in: work)
    }
}

extension AccessEntry: RowDecodable {
    static var table: SQL {
        "access_entry AS e JOIN organisation AS o ON o.id = e.organisation_id LEFT JOIN person AS n ON n.id = e.person_id"
    }

    public static var columns: SQL {
        """
        e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), e.prefix, n.name, e.role, o.id, o.cvr, o.name, e.operation, e.target,
        e.status, e.request
        """
    }

    public init(row: inout Row) throws(DecodingFailure) {
        self.init(
            id: try row.identifier(), at: try row.next(), prefix: try row.next(), personName: try row.next(), role: try row.word(),
            organisation: try row.organisationName(), operation: try row.next(), target: try row.next(), status: try row.next(),
            request: try row.next())
    }
}
