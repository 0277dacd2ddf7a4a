import Domain
public import Logging
public import Postgres
import Synchronization

/// Puts on record what is read from outside (DOMAIN, people's data), and when tokens were last used: what was asked since the last time is written together.
///
/// Reading needs no server that takes writes, so this has a pool of its own to the primary. While the primary is away, what is to be noted is kept; when as
/// much has gathered as is kept, nobody from outside reads any more, because a read that nobody can account for is worse than none. A program that is killed loses what it
/// had not written, a second's worth; the log of requests names those too.
public final class AccessLog: Sendable {
    private let pool: Pool
    private let logger: Logger
    private let most: Int
    private let gathered = Mutex(Gathered())
    /// Said once for each time that nothing can be written, not every second.
    private let isBehind = Atomic<Bool>(false)

    /// Written in one statement; of a longer list what is left follows.
    private static let batch = 2_000

    /// What waits to be written.
    private struct Gathered {
        /// What must be on record, in its order.
        var reads: [Access] = []
        /// The newest read with each token of the association's own people, of which only the moment is noted: no more of them than there are tokens.
        var uses: [AccessToken: Access] = [:]
    }

    /// - Parameter most: so many reads are kept while they cannot be written; some 300 bytes each.
    public init(pool: Pool, most: Int = 50_000, logger: Logger) {
        self.pool = pool
        self.most = most
        self.logger = logger
    }

    /// Keeps a read until it is written. One by the association's own people need not be on record and takes no room from those that must.
    ///
    /// - Throws: ``RegisterTrouble/busy`` when there is no room for a read from outside. Then the answer must not be given.
    public func note(_ access: Access) throws(RegisterTrouble) {
        let isKept = gathered.withLock { gathered in
            if access.isFromOutside {
                guard gathered.reads.count < most else { return false }
                gathered.reads.append(access)
            } else if gathered.uses[access.token].map({ $0.moment < access.moment }) ?? true {
                gathered.uses[access.token] = access
            }
            return true
        }
        guard isKept else { throw .busy }
    }

    /// Writes every so often until the task is cancelled, and once more then.
    public func run(every interval: Duration = .seconds(1)) async {
        while (try? await Task.sleep(for: interval)) != nil { await write() }
        await Task { await write() }.value
        let left = gathered.withLock { $0.reads.count }
        if left > 0 { logger.error("\(left) reads could not be put on record; the log of requests names them") }
    }

    /// Writes what has gathered. It is kept until it is written, so that what waits is never more than may; one writing at a time.
    public func write() async {
        while true {
            let (reads, uses) = gathered.withLock { (Array($0.reads.prefix(AccessLog.batch)), $0.uses) }
            if reads.isEmpty, uses.isEmpty { break }
            do {
                _ = try await pool.pipeline(Statement.execute(AccessLog.statement(reads + uses.values)))
            } catch {
                guard !isBehind.exchange(true, ordering: .relaxed) else { return }
                return logger.warning("reads are still to be put on record: \(RegisterTrouble.note(on: error))")
            }
            gathered.withLock { gathered in
                gathered.reads.removeFirst(reads.count)
                // One that was used again since stays.
                gathered.uses = gathered.uses.filter { $0.value.moment != uses[$0.key]?.moment }
            }
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
