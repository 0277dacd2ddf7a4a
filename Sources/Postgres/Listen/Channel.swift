/// The name of a channel that `NOTIFY` writes to and ``Listener`` listens on.
public struct Channel: Hashable, Sendable {
    public let name: String

    /// PostgreSQL's longest identifier, in bytes of UTF-8.
    private static let longest = 63

    /// Throws ``PostgresError/invalidConfiguration(_:)`` for a name that is empty, has a NUL character or more than 63 bytes: the server
    /// would listen on another one.
    public init(_ name: String) throws(PostgresError) {
        guard !name.isEmpty, name.utf8.count <= Self.longest, !name.utf8.contains(0) else {
            throw .invalidConfiguration("a channel's name has 1 to \(Self.longest) bytes and no NUL character")
        }
        self.name = name
    }

    /// As an identifier in a statement, whatever the name holds: LISTEN takes no parameter.
    var quoted: String { "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" }
}

extension Channel: CustomStringConvertible {
    public var description: String { name }
}

/// What `NOTIFY` said. A hint only: the table is the truth.
public struct Notification: Hashable, Sendable {
    public let channel: String
    /// At most 8,000 bytes, often empty.
    public let payload: String

    public init(channel: String, payload: String = "") {
        self.channel = channel
        self.payload = payload
    }
}
