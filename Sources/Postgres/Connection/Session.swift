internal import CLibPQ
internal import Logging

/// The conversation with one server process: sends, waits, checks. Synchronous, and knows nothing of tasks or of who may speak when.
///
/// Rule: after any failure that is not the server's refusal of a statement the connection is closed at once, since nothing can be known
/// of its state.
struct Session: ~Copyable {
    private(set) var handle: ConnectionHandle
    /// Ends from outside what this conversation waits for.
    let interruption: Interruption
    private var statements: StatementCache
    /// Replies of the pipelines under way, in the order in which they will come.
    private var replies: [Reply] = []
    private var repliesRead = 0

    private enum Reply {
        case opened
        case deallocated(String)
        case prepared(PreparedStatement)
        case statement(PreparedStatement)
        /// The synchronisation point of a pipeline.
        case end
    }

    /// What was sent, by the name it was sent under: when the reply comes, the cache may know it by another.
    private struct PreparedStatement {
        let key: StatementCache.Key
        let name: String
    }

    private init(handle: consuming ConnectionHandle, interruption: Interruption, statements: StatementCache) {
        self.handle = handle
        self.interruption = interruption
        self.statements = statements
    }

    /// Connects, blocking.
    static func connect(_ configuration: ConnectionConfiguration, logger: Logger) throws(PostgresError) -> Session {
        let parameters = configuration.effectiveParameters
        guard !parameters.contains(where: { $0.keyword.utf8.contains(0) || $0.value.utf8.contains(0) }) else {
            throw .invalidConfiguration("a keyword or value contains a NUL character")
        }
        let handle = ConnectionHandle(connecting: parameters, logger: logger)
        guard let pointer = handle.pointer else { throw .connectionFailed("out of memory") }
        guard PQstatus(pointer) == CONNECTION_OK else { throw .connectionFailed(message(of: pointer)) }
        guard let cancel = CancelHandle(pointer), let socket = SocketHandle(pointer) else {
            throw .connectionFailed("the process has no memory or no descriptor to spare")
        }
        let interruption = Interruption(handle: cancel, socket: socket)
        return Session(
            handle: handle, interruption: interruption, statements: StatementCache(capacity: configuration.statementCacheCapacity))
    }

    // MARK: State

    var isOpen: Bool { handle.pointer.map { PQstatus($0) == CONNECTION_OK } ?? false }

    /// Between transactions, with nothing under way.
    var isIdle: Bool { isOpen && handle.pointer.map { PQtransactionStatus($0) == PQTRANS_IDLE } ?? false }

    /// Inside a transaction that a statement has failed in: only a rollback is accepted.
    var isInFailedTransaction: Bool { handle.pointer.map { PQtransactionStatus($0) == PQTRANS_INERROR } ?? false }

    mutating func close() {
        handle.finish()
        interruption.retire()
    }

    // MARK: Statements

    /// Runs one statement as prepared statement, preparing it first when it is new: in the same round trip.
    /// `opening` is sent before it, likewise in the same round trip.
    mutating func run(_ sql: SQL, opening: String? = nil) throws(PostgresError) -> ResultHandle {
        try sql.checkSendable()
        do throws(PostgresError) {
            return try runOnce(sql, opening: opening)
        } catch {
            guard try mayRunAgain(after: error, opening: opening) else { throw error }
            return try runOnce(sql, opening: opening)
        }
    }

    /// Whether what failed with `error` is worth another try: the server forgot a statement, or a table changed under it, and no earlier
    /// work is lost by preparing it again.
    mutating func mayRunAgain(after error: PostgresError, opening: String?) throws(PostgresError) -> Bool {
        guard let refusal = error.serverError, refusal.meansStalePlan, opening != nil || isIdle else { return false }
        if opening != nil { _ = try script("ROLLBACK") }
        return true
    }

    private mutating func runOnce(_ sql: SQL, opening: String?) throws(PostgresError) -> ResultHandle {
        let connection = try connected()
        let key = sql.key
        if opening == nil, let name = statements.name(of: key) {
            let result = sql.parameters.withPointers { parameters in
                PQexecPrepared(
                    connection, name, parameters.count, parameters.values, parameters.lengths, parameters.formats, Self.binary)
            }
            return try checked(result, of: PreparedStatement(key: key, name: name))
        }
        try enterPipeline()
        try send([sql], opening: opening)
        let result: ResultHandle
        do throws(PostgresError) {
            result = try nextResult()
        } catch {
            try finishPipeline()
            try leavePipeline()
            throw error
        }
        try finishPipeline()
        try leavePipeline()
        return result
    }

    /// Runs trusted text, which may hold many statements; answers the last one's result.
    mutating func script(_ text: String) throws(PostgresError) -> ResultHandle {
        let connection = try connected()
        guard !text.utf8.contains(0) else { throw .encoding(EncodingFailure("the script contains a NUL character")) }
        return try checked(PQexec(connection, text))
    }

    // MARK: Pipeline

    /// Between this and `leavePipeline` nothing is waited for but what is asked for.
    mutating func enterPipeline() throws(PostgresError) {
        let connection = try connected()
        replies.removeAll(keepingCapacity: true)
        repliesRead = 0
        guard PQenterPipelineMode(connection) == 1 else { throw lost() }
    }

    /// Sends `sqls` at once, with one synchronisation point after the last: outside a transaction they are one by themselves.
    /// Then `nextResult` once for each, and `finishPipeline` in any case. More may be sent before; answers come in the order of sending. Whatever is
    /// to come never keeps this from sending: libpq reads it meanwhile.
    mutating func send(_ sqls: [SQL], opening: String? = nil) throws(PostgresError) {
        for sql in sqls { try sql.checkSendable() }
        let connection = try connected()
        if repliesRead >= Self.longestPast {
            replies.removeFirst(repliesRead)
            repliesRead = 0
        }
        var isSent = true
        if let opening {
            replies.append(.opened)
            isSent = isSent && PQsendQueryParams(connection, opening, 0, nil, nil, nil, nil, Self.binary) == 1
        }
        for sql in sqls {
            let key = sql.key
            let name: String
            if let known = statements.name(of: key) {
                name = known
            } else {
                name = statements.insert(key)
                for discarded in statements.takeDiscarded() {
                    replies.append(.deallocated(discarded))
                    isSent = isSent && PQsendQueryParams(connection, "DEALLOCATE \(discarded)", 0, nil, nil, nil, nil, Self.binary) == 1
                }
                replies.append(.prepared(PreparedStatement(key: key, name: name)))
                isSent = isSent && PQsendPrepare(connection, name, sql.text, Int32(key.types.count), key.types) == 1
            }
            replies.append(.statement(PreparedStatement(key: key, name: name)))
            isSent =
                isSent
                && sql.parameters.withPointers { parameters in
                    PQsendQueryPrepared(
                        connection, name, parameters.count, parameters.values, parameters.lengths, parameters.formats, Self.binary)
                } == 1
        }
        replies.append(.end)
        isSent = isSent && PQpipelineSync(connection) == 1
        if !isSent { throw lost() }
    }

    /// The next statement's result; what came before it (its preparation and the like) is dealt with on the way.
    mutating func nextResult() throws(PostgresError) -> ResultHandle {
        while repliesRead < replies.count {
            let reply = replies[repliesRead]
            if case .statement = reply { return try receive(reply) }
            if case .end = reply { break }
            _ = try receive(reply)
        }
        throw lost()
    }

    /// Reads what is left of the oldest pipeline under way. Failures that belong to statements have been thrown, or are not wanted.
    mutating func finishPipeline() throws(PostgresError) {
        while isOpen, repliesRead < replies.count {
            let reply = replies[repliesRead]
            if case .end = reply { break }
            do throws(PostgresError) {
                _ = try receive(reply)
            } catch {
                continue
            }
        }
        guard let connection = handle.pointer else { return }
        repliesRead += 1
        guard let end = PQgetResult(connection) else { throw lost() }
        let result = ResultHandle(end)
        guard PQresultStatus(result.pointer) == PGRES_PIPELINE_SYNC else { throw lost() }
    }

    /// Once every pipeline is finished.
    mutating func leavePipeline() throws(PostgresError) {
        guard let connection = handle.pointer else { return }
        guard PQexitPipelineMode(connection) == 1 else { throw lost() }
    }

    /// So many replies that were read are kept before they are cleared away.
    private static let longestPast = 256

    private mutating func receive(_ reply: Reply) throws(PostgresError) -> ResultHandle {
        let connection = try connected()
        repliesRead += 1
        do throws(PostgresError) {
            let statement: PreparedStatement? = if case .statement(let statement) = reply { statement } else { nil }
            let result = try checked(PQgetResult(connection), of: statement)
            try drain()
            return result
        } catch {
            switch reply {
            case .prepared(let statement): statements.forget(statement.key, named: statement.name)
            case .deallocated(let name) where error.serverError?.meansStalePlan != true: statements.restoreDiscarded(name)
            default: break
            }
            try drain()
            throw error
        }
    }

    // MARK: COPY

    /// Sends a COPY statement; `status` is the direction wanted. Answers how many columns each row has.
    mutating func startCopy(_ sql: SQL, status: ExecStatusType) throws(PostgresError) -> Int16 {
        try sql.checkSendable()
        guard sql.parameters.count == 0 else { throw .unexpectedResult("COPY takes no parameters") }
        let connection = try connected()
        guard let pointer = PQexec(connection, sql.text) else { throw lost() }
        let result = ResultHandle(pointer)
        guard PQresultStatus(result.pointer) == status else {
            _ = try checked(result)
            throw .unexpectedResult("the statement is not a COPY in this direction")
        }
        guard PQbinaryTuples(result.pointer) == 1, let columns = Int16(exactly: PQnfields(result.pointer)) else {
            // The server waits for or sends data that nobody here can make or read.
            close()
            throw .unexpectedResult("COPY must say (FORMAT binary); the connection is closed")
        }
        return columns
    }

    /// The pointer for the length of a COPY.
    func connected() throws(PostgresError) -> OpaquePointer {
        guard let pointer = handle.pointer else { throw .unusable("the connection is closed") }
        return pointer
    }

    /// The result that ends a COPY.
    mutating func finishCopy() throws(PostgresError) -> ResultHandle {
        let connection = try connected()
        do throws(PostgresError) {
            let result = try checked(PQgetResult(connection))
            try drain()
            return result
        } catch {
            try drain()
            throw error
        }
    }

    // MARK: Results

    private static let binary: Int32 = 1

    /// Reads up to the end of the current statement's results.
    private mutating func drain() throws(PostgresError) {
        guard let connection = handle.pointer else { return }
        while let more = PQgetResult(connection) {
            let result = ResultHandle(more)
            switch PQresultStatus(result.pointer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY, PGRES_FATAL_ERROR:
                if !isOpen { throw lost() }
            default:
                throw lost()
            }
        }
    }

    private mutating func checked(_ pointer: OpaquePointer?, of statement: PreparedStatement? = nil) throws(PostgresError) -> ResultHandle {
        guard let pointer else { throw lost() }
        return try checked(ResultHandle(pointer), of: statement)
    }

    private mutating func checked(
        _ result: consuming ResultHandle, of statement: PreparedStatement? = nil
    ) throws(PostgresError) -> ResultHandle {
        switch PQresultStatus(result.pointer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return result
        case PGRES_PIPELINE_ABORTED:
            throw .unusable("skipped, since an earlier statement of the pipeline failed")
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
            guard isOpen, let refusal = ServerError(result) else {
                throw lost(Self.trimmed(PQresultErrorMessage(result.pointer)))
            }
            // The server's last words: it closes the connection after them.
            guard refusal.severity == "ERROR" else { throw lost("\(refusal.message) (\(refusal.sqlState))") }
            if let statement, refusal.meansStalePlan {
                // Of others nothing is known, so each is forgotten when its own turn comes: what was prepared anew meanwhile stays.
                if refusal.misses(statement.name) { statements.forget(statement.key, named: statement.name) }
                if refusal.sqlState != "26000" { statements.discard(statement.key, named: statement.name) }
            }
            throw .server(refusal)
        default:
            close()
            throw .unexpectedResult("a COPY is run with copyIn or copyOut; the connection is closed")
        }
    }

    /// Closes the connection and says why.
    mutating func lost(_ reason: String? = nil) -> PostgresError {
        let reason = reason ?? handle.pointer.map { Self.message(of: $0) } ?? "the connection is closed"
        close()
        return .connectionLost(reason.isEmpty ? "no reason given" : reason)
    }

    private static func message(of connection: OpaquePointer) -> String { trimmed(PQerrorMessage(connection)) }

    /// libpq ends its messages, and separates their parts, with line feeds.
    private static func trimmed(_ message: UnsafePointer<CChar>?) -> String {
        guard let message else { return "" }
        return String(cString: message).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
