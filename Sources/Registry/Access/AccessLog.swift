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

    /// Keeps a read until it is written. One by the association's own people need not be on record: where room is short it is let go, and it takes no more
    /// than half, so that they do not keep others from reading.
    ///
    /// - Throws: ``RegisterTrouble/busy`` when there is no room for a read from outside. Then the answer must not be given.
    public func note(_ access: Access) throws(RegisterTrouble) {
        let isKept = gathered.withLock { gathered in
            guard gathered.count < (access.isFromOutside ? most : most / 2) else { return false }
            gathered.append(access)
            return true
        }
        guard isKept || !access.isFromOutside else { throw .busy }
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
