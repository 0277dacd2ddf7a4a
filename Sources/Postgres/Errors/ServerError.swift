/// What PostgreSQL answered when it refused a statement.
///
/// `description` names the condition and never repeats data: `detail` (which quotes key values) stays a property, and the
/// message of a data exception (class 22, which quotes the offending value) is withheld too.
public struct ServerError: Error, Hashable, Sendable {
    /// Severity as the server names it, not localised: `ERROR`, `FATAL` or `PANIC`.
    public var severity: String
    /// The five-character SQLSTATE, for example `23505`.
    public var sqlState: String
    /// The primary message. May quote values for data exceptions: show it to the person who sent them, do not log it.
    public var message: String
    /// The detail line. Often quotes row values: never log it.
    public var detail: String?
    public var hint: String?
    /// Name of the violated constraint, the key from which a typed rule is found.
    public var constraint: String?
    public var table: String?
    public var column: String?
    public var schema: String?
    /// Where in the statement's text the error lies, in characters counted from 1.
    public var position: Int?
    /// The server's own function that reported the error: tells conditions apart that share a SQLSTATE, in any language.
    var routine: String?

    public init(
        severity: String = "ERROR", sqlState: String, message: String, detail: String? = nil, hint: String? = nil,
        constraint: String? = nil, table: String? = nil, column: String? = nil, schema: String? = nil, position: Int? = nil
    ) {
        self.severity = severity
        self.sqlState = sqlState
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.table = table
        self.column = column
        self.schema = schema
        self.position = position
    }

    /// True for exactly the two conditions that the same transaction, run again, may overcome: 40001 (serialization failure)
    /// and 40P01 (deadlock detected).
    public var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// True when a change was refused because the transaction, or the whole server, only reads (25006): ask the primary.
    public var isReadOnly: Bool { sqlState == "25006" }

    /// True when a statement that was prepared earlier no longer exists or no longer means the same on the server.
    var meansStalePlan: Bool {
        sqlState == "26000" || (sqlState == "0A000" && routine == "RevalidateCachedQuery")
    }

    /// True when what the server does not know is the prepared statement of this name, and not another that the statement speaks of. The name stands in the message
    /// in every language.
    func misses(_ name: String) -> Bool {
        sqlState == "26000" && message.split { !$0.isLetter && !$0.isNumber }.contains { $0 == name }
    }
}

extension ServerError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        var text = "\(severity) \(sqlState)"
        text += sqlState.hasPrefix("22") ? ": data exception (message withheld, it may quote data)" : ": \(message)"
        if let constraint { text += " [constraint \(constraint)]" }
        if let position { text += " [at character \(position)]" }
        return text
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
